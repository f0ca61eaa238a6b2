package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.json.JsonSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What enqueues jobs at a time, as far as it shows in Redis: schedulers, {@code rq cron} and its
 * jobs. Immutable; safe for use by many threads. Obtained from {@link RqClient#schedulers}.
 */
public final class Schedulers {
  private final RqClient client;

  Schedulers(RqClient client) {
    this.client = client;
  }

  /** The schedulers that look after at least one of the queues that are known. */
  public List<SchedulerSnapshot> all() {
    Map<String, List<String>> heldQueues = new TreeMap<>();
    List<String> queues = client.queues().stream().map(Queue::name).toList();
    List<Reply> locks = ask(queues, queue -> Command.of("GET", Keys.schedulerLock(queue)));
    for (int i = 0; i < queues.size(); i++) {
      String holder = locks.get(i).asText();
      if (holder != null) {
        heldQueues.computeIfAbsent(holder, name -> new ArrayList<>()).add(queues.get(i));
      }
    }
    List<String> names = List.copyOf(heldQueues.keySet());
    List<Reply> hashes = ask(names, name -> Command.of("HGETALL", Keys.scheduler(name)));
    List<SchedulerSnapshot> schedulers = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      List<String> held = List.copyOf(heldQueues.getOrDefault(name, List.of()));
      StoredHash hash = new StoredHash(hashes.get(i).asHash());
      schedulers.add(SchedulerSnapshot.of(name, held, hash));
    }
    return List.copyOf(schedulers);
  }

  /** The processes of {@code rq cron} that were heard of lately, the longest silent first. */
  public List<CronSchedulerSnapshot> cronSchedulers() {
    List<String> entries =
        client.call(Command.of("ZRANGE", Keys.CRON_SCHEDULERS, "0", "-1", "WITHSCORES")).asTexts();
    List<CronSchedulerSnapshot> schedulers = new ArrayList<>();
    for (int i = 0; i + 1 < entries.size(); i += 2) {
      String name = entries.get(i);
      StoredHash hash =
          new StoredHash(client.call(Command.of("HGETALL", Keys.cronScheduler(name))).asHash());
      if (!hash.isEmpty()) {
        schedulers.add(
            new CronSchedulerSnapshot(
                name,
                hash.text("hostname"),
                hash.number("pid"),
                hash.text("config_file"),
                hash.instant("created_at"),
                Scores.instant(entries.get(i + 1)),
                cronJobs(hash)));
      }
    }
    return List.copyOf(schedulers);
  }

  private List<CronJobSnapshot> cronJobs(StoredHash hash) {
    byte[] json = hash.bytes("cron_jobs");
    try {
      if (json != null
          && JsonSerializer.withLimits(client.limits()).deserialize(json) instanceof List<?> list) {
        return list.stream()
            .filter(Map.class::isInstance)
            .map(job -> CronJobSnapshot.of((Map<?, ?>) job))
            .toList();
      }
    } catch (CodecException e) {
      // RQ, too, shows the process without jobs where they cannot be read.
      return List.of();
    }
    return List.of();
  }

  /** The names of the cron jobs that were enqueued within a year (RQ 3.0 on). */
  public List<String> cronJobNames() {
    return client.call(Command.of("ZRANGE", Keys.CRON_JOBS, "0", "-1")).asTexts();
  }

  /**
   * The ids of a page of the jobs that a cron job enqueued, the newest first (RQ 3.0 on).
   *
   * @param cronJob the cron job's name
   * @param offset how many to skip, not negative
   * @param limit how many at most, not negative
   */
  public List<String> cronJobIds(String cronJob, long offset, int limit) {
    Paging.check(offset, limit);
    if (limit == 0) {
      return List.of();
    }
    Command range = Command.of("ZREVRANGE", Keys.cronJobHistory(cronJob));
    return client.call(range.add(offset).add(offset + limit - 1)).asTexts();
  }

  private List<Reply> ask(List<String> names, Function<String, Command> question) {
    if (names.isEmpty()) {
      return List.of();
    }
    List<Command> questions = names.stream().map(question).toList();
    return client.server().with(connection -> connection.pipeline(questions));
  }
}
