package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Script;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Builds the calls of the client's scripts; each script's header says what the arguments mean. */
final class EnqueueScripts {
  static final String DUPLICATE = "duplicate";
  static final String MISSING = "missing";
  static final String UNREADABLE = "unreadable";

  private static final Script NEW_JOB =
      Script.load(EnqueueScripts.class, "enqueue.lua", "place.lua", "new_job.lua");
  private static final Script PLAIN_JOBS = Script.load(EnqueueScripts.class, "plain_jobs.lua");
  private static final Script STORED_JOB =
      Script.load(EnqueueScripts.class, "enqueue.lua", "place.lua", "stored_job.lua");
  private static final Script SYNCHRONOUS_END =
      Script.load(EnqueueScripts.class, "synchronous_end.lua");

  private EnqueueScripts() {}

  /** What is to become of a new job. */
  enum Purpose {
    ENQUEUE,
    SCHEDULE,
    SAVE,
    HAND_OUT;

    private String text() {
      return switch (this) {
        case ENQUEUE -> "enqueue";
        case SCHEDULE -> "schedule";
        case SAVE -> "save";
        case HAND_OUT -> "hand_out";
      };
    }
  }

  /** Makes the server know what {@link #newJob} calls. */
  static Command loadNewJob() {
    return NEW_JOB.load();
  }

  /**
   * Stores a job.
   *
   * @param due when a scheduled job is to be enqueued, in Unix seconds
   */
  static Command newJob(
      NewJob job, String queue, Purpose purpose, long due, Instant now, Dialect dialect) {
    EnqueueOptions options = job.options();
    RateLimit limit = options.rateLimit();
    Duration ttl = options.ttl();
    String group = options.group();
    List<String> parents = options.dependencyIds();
    Command command =
        NEW_JOB
            .call(List.of(Keys.job(job.id())))
            .add(job.id())
            .add(queue)
            .add(dialect.timestamp(now))
            .add(now.getEpochSecond())
            .add(purpose.text())
            .add(due)
            .add(ttl == null ? 0 : ttl.toSeconds())
            .add(flags(options))
            .add(limit == null ? "" : limit.key())
            .add(limit == null ? 0 : limit.concurrency())
            .add(group == null ? "" : group)
            .add(parents.size());
    parents.forEach(command::add);
    job.fields(now, dialect).forEach((field, value) -> command.add(field).add(value));
    return command;
  }

  /** Makes the server know what {@link #plainJobs} calls. */
  static Command loadPlainJobs() {
    return PLAIN_JOBS.load();
  }

  /**
   * Enqueues jobs.
   *
   * @param jobs up to a hundred that are {@linkplain NewJob#isPlain plain} and {@linkplain
   *     NewJob#isLike like} each other
   */
  static Command plainJobs(List<NewJob> jobs, String queue, Instant now, Dialect dialect) {
    NewJob first = jobs.get(0);
    boolean isAlone = jobs.size() == 1;
    Map<String, byte[]> common = isAlone ? first.fields() : first.common().values();
    List<String> own = isAlone ? List.of() : first.ownFields();
    Command command =
        PLAIN_JOBS
            .call(jobs.stream().map(job -> Keys.job(job.id())).toList())
            .add(queue)
            .add(dialect.timestamp(now))
            .add(common.size())
            .add(own.size());
    common.forEach((field, value) -> command.add(field).add(value));
    own.forEach(command::add);
    if (!isAlone) {
      jobs.forEach(job -> job.ownValues().forEach(command::add));
    }
    return command;
  }

  private static String flags(EnqueueOptions options) {
    return (options.atFront() ? "f" : "")
        + (options.unique() ? "u" : "")
        + (Boolean.TRUE.equals(options.allowDependencyFailures()) ? "a" : "");
  }

  /** Enqueues a job that is stored. */
  static Command storedJob(
      String id,
      String queue,
      boolean atFront,
      Duration queueTimeout,
      Instant now,
      Dialect dialect) {
    return STORED_JOB
        .call(List.of(Keys.job(id)))
        .add(id)
        .add(queue)
        .add(dialect.timestamp(now))
        .add(now.getEpochSecond())
        .add(atFront ? "1" : "0")
        .add(queueTimeout.toSeconds());
  }

  /**
   * Stores the end of a job that ran in this thread. To be appended are the hash's field of the
   * result and its value, and the further fields and values of the result's entry.
   */
  static Command synchronousEnd(
      String id,
      String queue,
      String status,
      Duration ttl,
      Instant started,
      Instant now,
      Dialect dialect) {
    return SYNCHRONOUS_END
        .call(List.of(Keys.job(id)))
        .add(id)
        .add(queue)
        .add(dialect.timestamp(now))
        .add(now.getEpochSecond())
        .add(dialect.timestamp(started))
        .add(status)
        .add(ttl.toSeconds());
  }
}
