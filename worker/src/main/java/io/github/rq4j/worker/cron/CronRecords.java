package io.github.rq4j.worker.cron;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.Timestamps;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.json.JsonSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What RQ's readers see of a cron scheduler and of what it has enqueued. For one thread. */
final class CronRecords {
  private static final long HASH_TTL_SECONDS = 120;
  private static final long HISTORY_LENGTH = 1000;
  private static final long HISTORY_TTL_SECONDS = 31_536_000;
  private static final String NO_JSON = "<not JSON serializable>";

  private final RedisServer server;
  private final Clock clock;
  private final String name;
  private final String hostname;
  private final String configFile;
  private final Instant createdAt;

  CronRecords(RedisServer server, Clock clock, String name, String hostname, String configFile) {
    this.server = server;
    this.clock = clock;
    this.name = name;
    this.hostname = hostname;
    this.configFile = configFile;
    this.createdAt = clock.instant();
  }

  void birth(List<CronEntry> entries) {
    List<Command> commands = new ArrayList<>();
    commands.add(registration());
    commands.addAll(hash(entries));
    transaction(commands);
  }

  void save(List<CronEntry> entries) {
    transaction(hash(entries));
  }

  private void transaction(List<Command> commands) {
    try (RedisConnection redis = server.borrow()) {
      redis.transaction(commands);
    }
  }

  /** Keeps the entry and the hash alive, and writes what was lost. */
  void heartbeat(List<CronEntry> entries) {
    try (RedisConnection redis = server.borrow()) {
      Command expire = Command.of("EXPIRE", Keys.cronScheduler(name)).add(HASH_TTL_SECONDS);
      List<Reply> replies = redis.pipeline(List.of(registration(), expire));
      replies.forEach(Reply::orThrow);
      if (replies.get(1).asLong() == 0) {
        redis.transaction(hash(entries));
      }
    }
  }

  void death() {
    try (RedisConnection redis = server.borrow()) {
      redis.call(Command.of("ZREM", Keys.CRON_SCHEDULERS, name)).orThrow();
    }
  }

  private Command registration() {
    return Command.of("ZADD", Keys.CRON_SCHEDULERS, Timestamps.epochSeconds(clock.instant()), name);
  }

  private List<Command> hash(List<CronEntry> entries) {
    List<Object> jobs = new ArrayList<>();
    entries.forEach(entry -> jobs.add(description(entry)));
    String key = Keys.cronScheduler(name);
    Command hash =
        Command.of("HSET", key)
            .add("hostname")
            .add(hostname)
            .add("pid")
            .add(ProcessHandle.current().pid())
            .add("name")
            .add(name)
            .add("created_at")
            .add(Timestamps.text(createdAt))
            .add("config_file")
            .add(configFile)
            .add("cron_jobs")
            .add(JsonSerializer.defaults().serialize(jobs));
    return List.of(hash, Command.of("EXPIRE", key).add(HASH_TTL_SECONDS));
  }

  private static Map<String, @Nullable Object> description(CronEntry entry) {
    CronJob job = entry.job();
    Duration interval = job.interval();
    CronExpression cron = job.cron();
    Instant latest = entry.latest();
    Map<String, @Nullable Object> description = new LinkedHashMap<>();
    description.put("func_name", job.functionName());
    description.put("name", job.name());
    description.put("queue_name", job.queue());
    description.put("args", job.args().isEmpty() ? null : json(job.args()));
    description.put("kwargs", job.kwargs().isEmpty() ? null : json(job.kwargs()));
    description.put("interval", interval == null ? null : interval.toSeconds());
    description.put("cron", cron == null ? null : cron.toString());
    description.put("latest_enqueue_time", latest == null ? null : Timestamps.text(latest));
    description.put("next_enqueue_time", Timestamps.text(entry.next()));
    job.givenOptions()
        .forEach(
            (option, value) ->
                description.put(option, value instanceof Number ? value : json(value)));
    return description;
  }

  private static String json(Object value) {
    try {
      return new String(JsonSerializer.defaults().serialize(value), StandardCharsets.UTF_8);
    } catch (CodecException e) {
      return NO_JSON;
    }
  }

  /** What belongs to the enqueuing of a job. */
  List<Command> history(CronJob job, String jobId) {
    String now = Timestamps.epochSeconds(clock.instant());
    String history = Keys.cronJobHistory(job.name());
    return List.of(
        Command.of("ZADD", history, now, jobId),
        Command.of("ZREMRANGEBYRANK", history, "0").add(-HISTORY_LENGTH - 1),
        Command.of("EXPIRE", history).add(HISTORY_TTL_SECONDS),
        Command.of("ZADD", Keys.CRON_JOBS, now, job.name()));
  }

  /** Tells whether the job was enqueued by an attempt whose reply was lost. */
  boolean isEnqueued(CronJob job, String jobId) {
    Command score = Command.of("ZSCORE", Keys.cronJobHistory(job.name()), jobId);
    return !server.with(redis -> redis.call(score)).isNil();
  }
}
