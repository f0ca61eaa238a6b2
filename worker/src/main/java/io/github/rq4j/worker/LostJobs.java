package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.redis.Script;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.client.wire.Timestamps;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the jobs whose worker is gone, and fails or retries them: those whose entry in the started
 * registry has expired, and those that a Python worker took off its queue and never started.
 */
final class LostJobs {
  /** Is told, once, of each job that was failed or retried because its worker is gone. */
  interface Listener {
    void tookOver(LostJob lost);
  }

  private static final Logger log = LoggerFactory.getLogger(LostJobs.class);
  private static final Script TAKEOVER =
      Script.load(RqClient.class, "enqueue.lua", "dependents.lua")
          .followedBy(LostJobs.class, "delete_job.lua", "takeover.lua");
  private static final Script ABANDONED =
      TAKEOVER.followedBy(LostJobs.class, "hand_over.lua", "abandoned.lua");
  private static final Script STUCK = TAKEOVER.followedBy(LostJobs.class, "stuck.lua");
  private static final String STUCK_TEXT = "Job was stuck in intermediate queue.";
  private static final int BATCH = 50;
  private static final List<String> FIELDS =
      Stream.concat(TakeOver.FIELDS.stream(), LostJob.FIELDS.stream()).toList();

  private final WorkerConfig config;
  private final Listener listener;

  LostJobs(WorkerConfig config, Listener listener) {
    this.config = config;
    this.listener = listener;
  }

  /** An entry of a registry or list, and the job behind it as it was read. */
  private record Candidate(String entry, String executionId, StoredJob job) {}

  /** Handles the entries of the started registry whose time is over. */
  void handleAbandoned(RedisConnection redis, String queue, BooleanSupplier goOn) {
    long left = 0;
    while (goOn.getAsBoolean()) {
      Instant now = config.clock().instant();
      Command expired =
          Command.of("ZRANGEBYSCORE", Keys.started(queue), "0")
              .add(now.getEpochSecond())
              .add("LIMIT")
              .add(left)
              .add(BATCH);
      List<String> members = redis.call(expired).asTexts();
      if (members.isEmpty()) {
        return;
      }
      left += abandon(redis, queue, started(redis, members), now);
    }
  }

  private long abandon(
      RedisConnection redis, String queue, List<Candidate> candidates, Instant now) {
    String text = abandonedText(now);
    TakeOver takeOver =
        new TakeOver(queue, "", "started", text, now, config.requeueAfterCrash(), config.dialect());
    List<LostJob> jobs = new ArrayList<>();
    List<Command> commands = new ArrayList<>();
    for (Candidate candidate : candidates) {
      LostJob lost = new LostJob(candidate.job(), candidate.executionId(), takeOver, true, config);
      Command call =
          takeOver
              .addTo(ABANDONED.call(List.of(Keys.job(lost.id()))), candidate.job())
              .add(candidate.entry())
              .add(candidate.executionId());
      handedOver(lost).ifPresent(job -> job.addTo(call));
      jobs.add(lost);
      commands.add(call);
    }
    return carryOut(redis, takeOver, jobs, commands);
  }

  /** The job that runs a failure callback in Python which has no Java function. */
  private Optional<CallbackJob> handedOver(LostJob lost) {
    String name = lost.failureCallback();
    if (name == null || config.handlers().onFailure(name).isPresent()) {
      return Optional.empty();
    }
    return config
        .callbackJobs()
        .failure(lost.executed(), name, lost.failureCallbackSeconds(), lost.failure());
  }

  /** As RQ writes it, with the time as Python prints it: no fraction where that is zero. */
  static String abandonedText(Instant now) {
    boolean whole = now.get(ChronoField.MICRO_OF_SECOND) == 0;
    String pattern = whole ? "uuuu-MM-dd HH:mm:ss" : "uuuu-MM-dd HH:mm:ss.SSSSSS";
    String time =
        DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC).format(now);
    return "Moved to FailedJobRegistry, due to AbandonedJobError, at " + time + "+00:00";
  }

  /** Handles what Python's workers took off the queue and have not started. */
  void handleStuck(RedisConnection redis, String queue, BooleanSupplier goOn) {
    String list = Keys.intermediate(queue);
    // From the end to the beginning: removing does not move what is still to be looked at.
    long end = redis.call(Command.of("LLEN", list)).asLong();
    while (end > 0 && goOn.getAsBoolean()) {
      long begin = Math.max(0, end - BATCH);
      List<String> ids = redis.call(Command.of("LRANGE", list).add(begin).add(end - 1)).asTexts();
      settleStuck(redis, queue, ids, config.clock().instant());
      end = begin;
    }
  }

  private void settleStuck(RedisConnection redis, String queue, List<String> ids, Instant now) {
    TakeOver takeOver =
        new TakeOver(
            queue,
            config.slotName(0),
            "queued",
            STUCK_TEXT,
            now,
            config.requeueAfterCrash(),
            config.dialect());
    List<StoredJob> jobs = read(redis, ids);
    List<LostJob> lost = new ArrayList<>();
    List<Command> commands = new ArrayList<>();
    for (StoredJob job : jobs) {
      lost.add(new LostJob(job, "", takeOver, false, config));
      List<String> keys =
          List.of(
              Keys.job(job.id()),
              Keys.intermediate(queue),
              Keys.firstSeen(queue, job.id()),
              Keys.queue(queue));
      commands.add(
          takeOver
              .addTo(STUCK.call(keys), job)
              .add(Timestamps.epochSeconds(now))
              .add(enqueuedAt(job)));
    }
    carryOut(redis, takeOver, lost, commands);
  }

  private static String enqueuedAt(StoredJob job) {
    try {
      Instant enqueuedAt = job.instant(JobFields.ENQUEUED_AT);
      return enqueuedAt == null ? "" : Timestamps.epochSeconds(enqueuedAt);
    } catch (UnreadableJobException e) {
      return "";
    }
  }

  /** Returns how many entries are still where they were. */
  private long carryOut(
      RedisConnection redis, TakeOver takeOver, List<LostJob> jobs, List<Command> commands) {
    List<Reply> replies = redis.pipeline(commands);
    long left = 0;
    for (int i = 0; i < replies.size(); i++) {
      LostJob lost = jobs.get(i);
      switch (answer(replies.get(i), lost.id(), takeOver.queue())) {
        case "failed", "retried" -> tookOver(lost, takeOver.queue());
        case "requeued" ->
            log.warn(
                "Worker {}: {}: job {}: its worker is gone, it is enqueued again",
                config.name(),
                takeOver.queue(),
                lost.id());
        case "dropped" -> log.debug("{}: a stale entry of job {}", takeOver.queue(), lost.id());
        default -> left++;
      }
    }
    return left;
  }

  private static String answer(Reply reply, String jobId, String queue) {
    try {
      return String.valueOf(reply.asText());
    } catch (RedisCommandException e) {
      log.error("{}: job {} cannot be cleaned up: {}", queue, jobId, e.getMessage());
      return "left";
    }
  }

  private void tookOver(LostJob lost, String queue) {
    log.warn(
        "Worker {}: {}: job {}: {}",
        config.name(),
        queue,
        lost.id(),
        lost.isRetried() ? "its worker is gone, it is retried" : lost.failureText());
    listener.tookOver(lost);
  }

  /**
   * The jobs behind entries of the started registry: {@code job:execution}, or {@code job} as RQ
   * 1.x writes it. Ids of old releases may hold colons themselves.
   */
  private static List<Candidate> started(RedisConnection redis, List<String> members) {
    List<StoredJob> split = read(redis, members.stream().map(LostJobs::beforeColon).toList());
    List<StoredJob> whole = read(redis, members);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      String member = members.get(i);
      boolean plain = whole.get(i).bytes(JobFields.CREATED_AT) != null;
      candidates.add(
          plain || !member.contains(":")
              ? new Candidate(member, "", whole.get(i))
              : new Candidate(member, member.substring(member.lastIndexOf(':') + 1), split.get(i)));
    }
    return candidates;
  }

  private static String beforeColon(String member) {
    int colon = member.lastIndexOf(':');
    return colon < 0 ? member : member.substring(0, colon);
  }

  private static List<StoredJob> read(RedisConnection redis, List<String> ids) {
    List<Command> commands = new ArrayList<>();
    for (String id : ids) {
      Command command = Command.of("HMGET", Keys.job(id));
      FIELDS.forEach(command::add);
      commands.add(command);
    }
    List<Reply> replies = redis.pipeline(commands);
    List<StoredJob> jobs = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      jobs.add(new StoredJob(ids.get(i), fields(replies.get(i))));
    }
    return jobs;
  }

  /** Empty where the key is no hash. */
  private static Map<String, byte[]> fields(Reply reply) {
    Map<String, byte[]> fields = new LinkedHashMap<>();
    if (reply.value() instanceof RedisCommandException) {
      return fields;
    }
    List<Reply> values = reply.asList();
    for (int i = 0; i < values.size(); i++) {
      byte[] value = values.get(i).asBytes();
      if (value != null) {
        fields.put(FIELDS.get(i), value);
      }
    }
    return fields;
  }
}
