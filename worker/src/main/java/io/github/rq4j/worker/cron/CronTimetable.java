package io.github.rq4j.worker.cron;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.RqException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of a scheduler with their times: enqueues what is due. For one thread. */
final class CronTimetable {
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private static final Logger log = LoggerFactory.getLogger(CronScheduler.class);

  private final String scheduler;
  private final List<CronJob> jobs;
  private final ZoneId zone;
  private final Clock clock;
  private final RqClient client;
  private final CronRecords records;
  private final BooleanSupplier isStopping;
  private final List<CronEntry> entries = new ArrayList<>();

  /**
   * A timetable that has not begun.
   *
   * @param scheduler the name for log lines
   * @param isStopping whether nothing is to be enqueued any more
   */
  CronTimetable(
      String scheduler,
      List<CronJob> jobs,
      ZoneId zone,
      Clock clock,
      RqClient client,
      CronRecords records,
      BooleanSupplier isStopping) {
    this.scheduler = scheduler;
    this.jobs = List.copyOf(jobs);
    this.zone = zone;
    this.clock = clock;
    this.client = client;
    this.records = records;
    this.isStopping = isStopping;
  }

  /** How many jobs it has. */
  int size() {
    return jobs.size();
  }

  /** Lets all times count from now, and registers. */
  void begin() {
    Instant now = clock.instant();
    jobs.forEach(job -> entries.add(new CronEntry(job, now, zone)));
    records.birth(entries);
  }

  /**
   * Enqueues what is due and shows that the scheduler is alive.
   *
   * @return how long to pause
   * @throws RqException if Redis is in trouble; what was not enqueued stays due
   */
  Duration turn() {
    Instant now = clock.instant();
    @Nullable RedisCommandException refused = null;
    boolean enqueued = false;
    for (CronEntry entry : entries) {
      if (entry.isDue(now) && !isStopping.getAsBoolean()) {
        try {
          enqueue(entry, now);
          enqueued = true;
        } catch (RedisCommandException e) {
          // An answer, not a lost one; and the other jobs need not suffer.
          entry.refused();
          refused = e;
        }
      }
    }
    if (enqueued) {
      records.save(entries);
    }
    records.heartbeat(entries);
    if (refused != null) {
      throw refused;
    }
    return pause();
  }

  private void enqueue(CronEntry entry, Instant now) {
    CronJob job = entry.job();
    String id = entry.nextId();
    if (!entry.attempt() || !records.isEnqueued(job, id)) {
      client.queue(job.queue()).enqueue(job.call(), job.options(id), records.history(job, id));
    }
    entry.enqueued(now);
    log.info("CronScheduler {}: enqueued {} to {} ({})", scheduler, job.name(), job.queue(), id);
  }

  private Duration pause() {
    Instant now = clock.instant();
    Duration pause = LONGEST_PAUSE;
    for (CronEntry entry : entries) {
      if (entry.next().isBefore(now.plus(pause))) {
        pause = Duration.between(now, entry.next());
      }
    }
    return pause.isNegative() ? Duration.ZERO : pause;
  }
}
