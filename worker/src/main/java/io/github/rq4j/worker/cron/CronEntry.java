package io.github.rq4j.worker.cron;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cron job while a scheduler works: when it was enqueued, and when it will be. For one thread.
 */
final class CronEntry {
  private final CronJob job;
  private final ZoneId zone;
  private Instant next;
  private @Nullable Instant latest;
  private String nextId = newId();
  private boolean attempted;

  CronEntry(CronJob job, Instant start, ZoneId zone) {
    this.job = job;
    this.zone = zone;
    this.next = job.first(start, zone);
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  CronJob job() {
    return job;
  }

  Instant next() {
    return next;
  }

  @Nullable Instant latest() {
    return latest;
  }

  boolean isDue(Instant now) {
    return !now.isBefore(next);
  }

  /** The id of the job to be enqueued next; the same until that has succeeded. */
  String nextId() {
    return nextId;
  }

  /** Tells whether an attempt was made whose outcome is not known, and notes another one. */
  boolean attempt() {
    boolean before = attempted;
    attempted = true;
    return before;
  }

  /** Notes that the attempt certainly failed. */
  void refused() {
    attempted = false;
  }

  /** Notes that it was enqueued. However many times have passed meanwhile, that was once. */
  void enqueued(Instant now) {
    latest = now;
    next = job.next(now, zone);
    nextId = newId();
    attempted = false;
  }
}
