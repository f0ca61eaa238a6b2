package io.github.rq4j.worker;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.redis.Script;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enqueues jobs whose time has come, as {@code rq worker --with-scheduler} does, for the queues
 * whose lock it holds. For one thread.
 */
final class Scheduler implements PeriodicThread.Duty {
  private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
  private static final Script DUE =
      Script.load(RqClient.class, "enqueue.lua").followedBy(Scheduler.class, "due.lua");
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration LOCK_TTL = INTERVAL.plusSeconds(60);
  private static final Duration ACQUIRE_INTERVAL = Duration.ofSeconds(10);
  private static final int BATCH = 200;
  // Between two heartbeats; at a few milliseconds each, far from the end of a lock.
  private static final int BATCHES_PER_TICK = 100;

  private final WorkerConfig config;
  private final RedisServer server;
  private final Registration registration;
  private final BooleanSupplier stopping;
  private final String name = newName();
  private final Instant createdAt;
  private final Set<String> held = new LinkedHashSet<>();
  private @Nullable Instant acquiredAt;
  private boolean troubled;

  Scheduler(
      WorkerConfig config,
      RedisServer server,
      Registration registration,
      BooleanSupplier stopping) {
    this.config = config;
    this.server = server;
    this.registration = registration;
    this.stopping = stopping;
    this.createdAt = config.clock().instant();
  }

  /**
   * What stands in the locks. RQ up to 2.9 and django-rq read a number there, later releases of RQ
   * a name that differs from all others: decimal digits that begin with the process id are both.
   */
  private static String newName() {
    long random = ThreadLocalRandom.current().nextLong(1_000_000_000_000L);
    return String.format(Locale.ROOT, "%d%012d", ProcessHandle.current().pid(), random);
  }

  String name() {
    return name;
  }

  /** The queues whose lock is held. */
  Set<String> held() {
    return Set.copyOf(held);
  }

  @Override
  public Duration perform() {
    try (RedisConnection redis = server.borrow()) {
      boolean more = tick(redis);
      if (troubled) {
        log.info("Scheduler {}: Redis is back", name);
      }
      troubled = false;
      return more ? Duration.ZERO : INTERVAL;
    } catch (RqException e) {
      if (!troubled) {
        log.warn("Scheduler {}: {}; trying again every second", name, e.getMessage());
      }
      troubled = true;
      return INTERVAL;
    }
  }

  /** Returns whether there may be more jobs that are due. */
  private boolean tick(RedisConnection redis) {
    Instant now = config.clock().instant();
    boolean acquire = held.size() < config.queues().size() && isTimeToAcquire(now);
    if (acquire) {
      acquiredAt = now;
    }
    keepLocks(redis, acquire ? config.queues() : List.copyOf(held), now);
    boolean more = false;
    for (String queue : List.copyOf(held)) {
      more |= enqueueDue(redis, queue);
    }
    return more;
  }

  private boolean isTimeToAcquire(Instant now) {
    Instant last = acquiredAt;
    return last == null || now.isBefore(last) || !now.isBefore(last.plus(ACQUIRE_INTERVAL));
  }

  /** Extends the locks that are ours, takes those that are free, and says that we are alive. */
  private void keepLocks(RedisConnection redis, List<String> queues, Instant now) {
    if (queues.isEmpty()) {
      return;
    }
    List<Command> commands = new ArrayList<>();
    queues.forEach(queue -> commands.add(lock(queue).acquireOrExtend()));
    List<Reply> replies = redis.pipeline(commands);
    for (int i = 0; i < queues.size(); i++) {
      note(queues.get(i), RedisLock.outcome(replies.get(i).asLong()));
    }
    if (!held.isEmpty()) {
      redis.transaction(heartbeat(now));
    }
  }

  private void note(String queue, RedisLock.Outcome outcome) {
    boolean before = held.contains(queue);
    switch (outcome) {
      case ACQUIRED -> {
        if (before) {
          log.warn("Scheduler lock for {} had expired; re-acquired", queue);
        } else {
          log.info("Acquired scheduler lock for {}", queue);
        }
        held.add(queue);
      }
      case EXTENDED -> held.add(queue);
      case TAKEN_BY_ANOTHER -> {
        if (before) {
          log.warn("Scheduler lock for {} was taken over by another scheduler", queue);
        }
        held.remove(queue);
      }
    }
  }

  private RedisLock lock(String queue) {
    return new RedisLock(Keys.schedulerLock(queue), name, LOCK_TTL);
  }

  /** The whole hash each time: it may have expired while Redis could not be reached. */
  private List<Command> heartbeat(Instant now) {
    Command hash =
        Command.of("HSET", Keys.scheduler(name))
            .add("name")
            .add(name)
            .add("hostname")
            .add(registration.hostname())
            .add("pid")
            .add(ProcessHandle.current().pid())
            .add("queues")
            .add(String.join(",", config.queues()))
            .add("created_at")
            .add(Timestamps.text(createdAt))
            .add("last_heartbeat")
            .add(Timestamps.text(now));
    return List.of(hash, Command.of("EXPIRE", Keys.scheduler(name)).add(LOCK_TTL.toSeconds()));
  }

  /** Returns whether there may be more. */
  private boolean enqueueDue(RedisConnection redis, String queue) {
    long handled = BATCH;
    long total = 0;
    for (int i = 0; i < BATCHES_PER_TICK && handled == BATCH && !stopping.getAsBoolean(); i++) {
      Instant now = config.clock().instant();
      Command due =
          DUE.call(List.of(Keys.schedulerLock(queue), Keys.scheduled(queue)))
              .add(name)
              .add(queue)
              .add(Timestamps.text(now))
              .add(now.getEpochSecond())
              .add(BATCH);
      handled = redis.call(due).asLong();
      total += Math.max(0, handled);
    }
    if (total > 0) {
      log.debug("Scheduler {}: {} due in {}", name, total, queue);
    }
    return handled == BATCH;
  }

  /** Takes the locks, enqueues what is due, and lets go: what a burst worker does at its start. */
  void runOnce() {
    Duration pause = Duration.ZERO;
    while (pause.isZero() && !stopping.getAsBoolean()) {
      pause = perform();
    }
    end();
  }

  @Override
  public void end() {
    if (held.isEmpty()) {
      return;
    }
    log.info("Scheduler stopping, releasing locks for {}...", String.join(", ", held));
    List<Command> commands = new ArrayList<>();
    held.forEach(queue -> commands.add(lock(queue).release()));
    commands.add(Command.of("DEL", Keys.scheduler(name)));
    held.clear();
    try (RedisConnection redis = server.borrow()) {
      redis.pipeline(commands).forEach(Reply::orThrow);
    } catch (RqException e) {
      log.debug("Scheduler {}: locks are left to expire", name, e);
    }
  }
}
