package io.github.rq4j.worker;

import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps the registrations of all slots, and the claims of those that run a job, from expiring: one
 * thread, one round trip per interval.
 */
final class Heartbeats implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);

  private final WorkerConfig config;
  private final RedisServer server;
  private final WorkerScripts scripts;
  private final Registration registration;
  private final List<Slot> slots;
  private final Runnable onBeat;
  private final ScheduledExecutorService timer;
  private boolean troubled;

  Heartbeats(
      WorkerConfig config,
      RedisServer server,
      WorkerScripts scripts,
      Registration registration,
      List<Slot> slots,
      Runnable onBeat) {
    this.config = config;
    this.server = server;
    this.scripts = scripts;
    this.registration = registration;
    this.slots = new ArrayList<>(slots);
    this.onBeat = onBeat;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Threads.daemons("rq-worker-" + config.name() + "-heartbeat"));
  }

  void start() {
    long millis = config.monitoringInterval().toMillis();
    var unused = timer.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Sends no more heartbeats for a slot; none is on its way when this returns. */
  synchronized void remove(Slot slot) {
    slots.remove(slot);
  }

  private synchronized void beat() {
    onBeat.run();
    try (RedisConnection redis = server.borrow()) {
      Instant now = config.clock().instant();
      List<Command> commands = new ArrayList<>();
      slots.forEach(slot -> commands.add(registration.isKnown(slot.name())));
      slots.forEach(slot -> addHeartbeat(slot, now, commands));
      List<Reply> replies = redis.pipeline(commands);
      replies.forEach(Reply::orThrow);
      for (int i = 0; i < slots.size(); i++) {
        if (replies.get(i).asLong() == 0) {
          redis.pipeline(registration.birthAgain(slots.get(i).name()));
        }
      }
      troubled = false;
    } catch (RqException e) {
      log.atLevel(troubled ? Level.DEBUG : Level.WARN)
          .log("Worker {}: heartbeat failed: {}", config.name(), e.getMessage());
      troubled = true;
    } catch (RuntimeException e) {
      // A scheduled task that throws is never run again: log and carry on.
      log.error("Worker {}: heartbeat failed", config.name(), e);
    }
  }

  private void addHeartbeat(Slot slot, Instant now, List<Command> commands) {
    Execution execution = slot.current();
    if (execution != null) {
      commands.add(scripts.heartbeat(slot.name(), execution, now));
      return;
    }
    String key = Keys.worker(slot.name());
    commands.add(Command.of("HSET", key, "last_heartbeat", Timestamps.text(now)));
    commands.add(Command.of("EXPIRE", key).add(config.hashTtl()));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
