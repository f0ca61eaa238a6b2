package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the registries of the worker's queues in order, as RQ's workers do, under RQ's locks: of
 * all workers of a queue, one at a time does it. For one thread.
 */
final class Maintenance implements PeriodicThread.Duty {
  private static final Logger log = LoggerFactory.getLogger(Maintenance.class);
  private static final Duration LOCK_TTL = Duration.ofSeconds(899);
  private static final Duration LOCK_RENEWAL = Duration.ofMinutes(5);

  private final WorkerConfig config;
  private final RedisServer server;
  private final BooleanSupplier stopping;
  private final LostJobs lostJobs;
  private final String owner = UUID.randomUUID().toString();
  private boolean troubled;

  Maintenance(
      WorkerConfig config,
      RedisServer server,
      BooleanSupplier stopping,
      LostJobs.Listener listener) {
    this.config = config;
    this.server = server;
    this.stopping = stopping;
    this.lostJobs = new LostJobs(config, listener);
  }

  /** One step for one queue. */
  private interface Step {
    void run(RedisConnection redis);
  }

  @Override
  public Duration perform() {
    try (RedisConnection redis = server.borrow()) {
      for (String queue : config.queues()) {
        cleanQueue(redis, queue);
      }
      cleanGroups(redis);
      troubled = false;
    } catch (RqException e) {
      if (troubled) {
        log.debug("Worker {}: maintenance failed again", config.name(), e);
      } else {
        log.warn(
            "Worker {}: maintenance failed, next attempt in {} seconds: {}",
            config.name(),
            config.maintenanceInterval().toSeconds(),
            e.getMessage());
      }
      troubled = true;
    }
    return config.maintenanceInterval();
  }

  private void cleanQueue(RedisConnection redis, String queue) {
    RedisLock lock = new RedisLock(Keys.maintenanceLock(queue), owner, LOCK_TTL);
    if (stopping.getAsBoolean() || !lock.isOurs(redis)) {
      return;
    }
    log.info("Worker {}: cleaning registries for queue: {}", config.name(), queue);
    try {
      Hold hold = new Hold(redis, lock);
      RegistryCleanup cleanup = new RegistryCleanup(config.clock(), hold);
      step(redis, hold, "finished", r -> cleanup.expire(r, Keys.finished(queue)));
      step(redis, hold, "started", r -> lostJobs.handleAbandoned(r, queue, hold));
      step(redis, hold, "failed", r -> cleanup.expire(r, Keys.failed(queue)));
      step(redis, hold, "ready", r -> cleanup.enqueueReady(r, queue));
      step(redis, hold, "rate limits", cleanup::cleanRateLimits);
      step(redis, hold, "workers", r -> cleanup.forgetDeadWorkers(r, queue));
      step(redis, hold, "intermediate", r -> lostJobs.handleStuck(r, queue, hold));
    } finally {
      releaseQuietly(redis, lock);
    }
  }

  /** The lock expires by itself where it cannot be released. */
  private static void releaseQuietly(RedisConnection redis, RedisLock lock) {
    try {
      redis.call(lock.release()).orThrow();
    } catch (RqException e) {
      log.debug("{} could not be released", lock.key(), e);
    }
  }

  /** Runs a step; what Redis refuses in one keeps none of the others from being done. */
  private void step(RedisConnection redis, BooleanSupplier goOn, String what, Step step) {
    try {
      if (goOn.getAsBoolean()) {
        step.run(redis);
      }
    } catch (RedisCommandException e) {
      log.error("Worker {}: maintenance of {}: {}", config.name(), what, e.getMessage());
    }
  }

  /** Groups belong to no queue: one worker in all cleans them, once per interval. */
  private void cleanGroups(RedisConnection redis) {
    long window = Math.max(1, config.maintenanceInterval().toSeconds() - 1);
    Command lock = Command.of("SET", Keys.GROUPS_LOCK, "1", "NX", "EX").add(window);
    if (stopping.getAsBoolean() || redis.call(lock).isNil()) {
      return;
    }
    BooleanSupplier goOn = () -> !stopping.getAsBoolean();
    RegistryCleanup cleanup = new RegistryCleanup(config.clock(), goOn);
    step(redis, goOn, "groups", cleanup::cleanGroups);
  }

  /** Whether to go on with a queue: nobody stops us and the lock, renewed in time, is ours. */
  private final class Hold implements BooleanSupplier {
    private final RedisConnection redis;
    private final RedisLock lock;
    private long renewedAt = System.nanoTime();
    private boolean ours = true;

    Hold(RedisConnection redis, RedisLock lock) {
      this.redis = redis;
      this.lock = lock;
    }

    @Override
    public boolean getAsBoolean() {
      if (ours && System.nanoTime() - renewedAt > LOCK_RENEWAL.toNanos()) {
        ours = lock.isOurs(redis);
        renewedAt = System.nanoTime();
      }
      return ours && !stopping.getAsBoolean();
    }
  }
}
