package io.github.rq4j.worker;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.testservers.TestRedis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A keyspace as workers and clients of RQ leave it, and maintenance that is run by hand. */
final class UpkeepFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-22T03:00:55.054295Z");
  static final long NOW_SECONDS = NOW.getEpochSecond();

  final WorkerFixture worker;
  final TestRedis redis;
  final MovableClock clock = new MovableClock(NOW);
  final RedisServer server;
  final List<String> tookOver = new ArrayList<>();

  UpkeepFixture(TestRedis redis) {
    this.redis = redis;
    this.worker = new WorkerFixture(redis);
    this.server = new RedisServer(RedisSettings.parse(redis.uri().toString()));
  }

  WorkerConfig config(String... queues) {
    RqWorkerBuilder builder = worker.worker().clock(clock);
    if (queues.length > 0) {
      builder.queues(queues);
    }
    return new WorkerConfig(builder);
  }

  void maintain(String... queues) {
    Maintenance maintenance =
        new Maintenance(
            config(queues),
            server,
            () -> false,
            lost -> tookOver.add(lost.id() + (lost.isRetried() ? " retried" : " failed")));
    var unused = maintenance.perform();
  }

  /** A job whose worker vanished while it ran. */
  void abandoned(String id, String... fields) {
    waiting(id);
    redis.command("LREM", "rq:queue:default", "0", id);
    set(id, "status", "started", "worker_name", "gone");
    if (fields.length > 0) {
      set(id, fields);
    }
    execution(id, "x1", NOW_SECONDS - 5);
  }

  void execution(String id, String execution, long expiry) {
    String member = id + ":" + execution;
    redis.command("HSET", "rq:execution:" + member, "id", execution, "worker_name", "gone");
    redis.command("ZADD", "rq:executions:" + id, Long.toString(NOW_SECONDS + 1000), execution);
    redis.command("ZADD", "rq:wip:default", Long.toString(expiry), member);
    redis.command("SADD", "rq:worker:gone:executions", member);
  }

  /** A job in its queue. */
  void waiting(String id) {
    worker.enqueue("default", Call.of("note").args(id), EnqueueOptions.builder().jobId(id));
  }

  /** A job that a Python worker took off its queue and did not start. */
  void taken(String id, String... fields) {
    waiting(id);
    redis.command("LREM", "rq:queue:default", "0", id);
    set(id, "enqueued_at", "2026-11-22T02:00:00.000000Z");
    if (fields.length > 0) {
      set(id, fields);
    }
    redis.command("RPUSH", "rq:queue:default:intermediate", id);
  }

  /** A job in the scheduled registry. */
  void scheduled(String id, long due) {
    waiting(id);
    redis.command("LREM", "rq:queue:default", "0", id);
    set(id, "status", "scheduled");
    redis.command("ZADD", "rq:scheduled:default", Long.toString(due), id);
  }

  void set(String id, String... fields) {
    String[] arguments = new String[fields.length + 1];
    arguments[0] = "rq:job:" + id;
    System.arraycopy(fields, 0, arguments, 1, fields.length);
    redis.command("HSET", arguments);
  }

  String status(String id) {
    return String.valueOf(redis.command("HGET", "rq:job:" + id, "status"));
  }

  String members(String zset) {
    return String.valueOf(redis.command("ZRANGE", zset, "0", "-1"));
  }

  String scores(String zset) {
    return String.valueOf(redis.command("ZRANGE", zset, "0", "-1", "WITHSCORES"));
  }

  String queued() {
    return list("rq:queue:default");
  }

  String list(String key) {
    return String.valueOf(redis.command("LRANGE", key, "0", "-1"));
  }

  boolean exists(String key) {
    return worker.number("EXISTS", key) == 1;
  }

  @Override
  public void close() {
    server.close();
    worker.close();
  }
}
