package io.github.rq4j.worker;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.redis.Script;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.Timestamps;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What maintenance does apart from lost jobs: forgets entries whose time is over, jobs and workers
 * that no longer exist, and enqueues what was about to be enqueued. Every round trip handles a
 * bounded number of entries.
 */
final class RegistryCleanup {
  private static final Script EXPIRE = Script.load(RqClient.class, "expire.lua");
  private static final Script READY = Script.load(RqClient.class, "enqueue.lua", "ready.lua");
  private static final Script LIMIT = Script.load(RqClient.class, "enqueue.lua", "limit.lua");
  private static final Script DEAD_WORKERS = Script.load(RegistryCleanup.class, "dead_workers.lua");
  private static final Script GROUP = Script.load(RegistryCleanup.class, "group.lua");
  private static final int BATCH = 200;

  private final Clock clock;
  private final BooleanSupplier goOn;

  /**
   * Prepares the steps.
   *
   * @param goOn asked between round trips
   */
  RegistryCleanup(Clock clock, BooleanSupplier goOn) {
    this.clock = clock;
    this.goOn = goOn;
  }

  /** Removes what has expired from the finished or the failed registry. */
  void expire(RedisConnection redis, String registry) {
    long removed = BATCH;
    while (removed == BATCH && goOn.getAsBoolean()) {
      Command expire =
          EXPIRE.call(List.of(registry)).add(clock.instant().getEpochSecond()).add(BATCH);
      removed = redis.call(expire).asLong();
    }
  }

  /** Enqueues the jobs of the ready registry. */
  void enqueueReady(RedisConnection redis, String queue) {
    long handled = BATCH;
    while (handled == BATCH && goOn.getAsBoolean()) {
      Instant now = clock.instant();
      Command ready =
          READY
              .call(List.of(Keys.ready(queue)))
              .add(queue)
              .add(Timestamps.text(now))
              .add(now.getEpochSecond())
              .add(BATCH);
      handled = redis.call(ready).asList().get(0).asLong();
    }
  }

  /** Frees the places of jobs that ended under every rate limit, and lets waiting jobs through. */
  void cleanRateLimits(RedisConnection redis) {
    scan(redis, Keys.RATE_LIMITS, limits -> limits.forEach(limit -> cleanRateLimit(redis, limit)));
  }

  private void cleanRateLimit(RedisConnection redis, String limit) {
    List<String> keys =
        List.of(
            Keys.rateLimitAllowed(limit),
            Keys.rateLimitWaiting(limit),
            Keys.rateLimit(limit),
            Keys.RATE_LIMITS);
    long needed = 0;
    while (needed >= 0 && goOn.getAsBoolean()) {
      Instant now = clock.instant();
      Command clean =
          LIMIT
              .call(keys)
              .add(limit)
              .add(Timestamps.text(now))
              .add(now.getEpochSecond())
              .add(needed)
              .add(BATCH);
      needed = redis.call(clean).asLong();
    }
  }

  /** Takes workers whose hash has expired off the lists of workers. */
  void forgetDeadWorkers(RedisConnection redis, String queue) {
    String workers = Keys.workersOf(queue);
    scan(
        redis,
        workers,
        keys -> {
          Command forget = DEAD_WORKERS.call(List.of(workers, Keys.WORKERS));
          keys.forEach(forget::add);
          redis.call(forget).orThrow();
        });
  }

  /** Takes jobs that no longer exist out of all groups, and forgets groups that have none left. */
  void cleanGroups(RedisConnection redis) {
    scan(redis, Keys.GROUPS, names -> names.forEach(name -> cleanGroup(redis, name)));
  }

  private void cleanGroup(RedisConnection redis, String name) {
    List<String> keys = List.of(Keys.group(name), Keys.GROUPS);
    redis.call(GROUP.call(keys).add(name)).orThrow();
    scan(
        redis,
        Keys.group(name),
        ids -> {
          Command clean = GROUP.call(keys).add(name);
          ids.forEach(clean::add);
          redis.call(clean).orThrow();
        });
  }

  /** Walks through a set. */
  private void scan(RedisConnection redis, String key, Consumer<List<String>> batch) {
    String cursor = "0";
    do {
      Command scan = Command.of("SSCAN", key, cursor, "COUNT").add(BATCH);
      List<Reply> reply = redis.call(scan).asList();
      cursor = String.valueOf(reply.get(0).asText());
      List<String> members = reply.get(1).asTexts();
      for (int i = 0; i < members.size() && goOn.getAsBoolean(); i += BATCH) {
        batch.accept(members.subList(i, Math.min(i + BATCH, members.size())));
      }
    } while (!cursor.equals("0") && goOn.getAsBoolean());
  }
}
