package io.github.rq4j.worker;

import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSubscription;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Receives the commands for all slots of a worker: one connection, one thread. Subscribes anew
 * where the connection is lost, with the same waits as everybody else; never stops the worker. As
 * in RQ, what is published while nobody is subscribed is lost.
 */
final class CommandListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CommandListener.class);
  // How long after the interval of pings a pong may take.
  private static final Duration PONG_WAIT = Duration.ofSeconds(10);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  private final WorkerConfig config;
  private final RedisServer server;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final BiConsumer<Slot, byte[]> onCommand;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable RedisSubscription subscription;
  // Of the thread that starts, and then of its own.
  private boolean deaf;

  CommandListener(
      WorkerConfig config,
      RedisServer server,
      List<Slot> slots,
      BiConsumer<Slot, byte[]> onCommand) {
    this.config = config;
    this.server = server;
    this.onCommand = onCommand;
    slots.forEach(slot -> this.slots.put(Keys.commands(slot.name()), slot));
    this.thread = Threads.daemon("rq-worker-" + config.name() + "-commands", this::listen);
  }

  /**
   * Subscribes, so that no command is lost from here on, and starts to listen. Where Redis refuses,
   * as under an access list without channels, it says so and tries again later.
   */
  void start() {
    boolean unused = trySubscribe();
    thread.start();
  }

  /** Has the server show that it is there; to be called once per monitoring interval. */
  void ping() {
    RedisSubscription present = subscription;
    if (present != null) {
      present.ping();
    }
  }

  private void listen() {
    Backoff backoff = new Backoff();
    try {
      while (!isClosed()) {
        RedisSubscription present = subscription;
        if (present != null) {
          receive(present, backoff);
        } else if (!trySubscribe()) {
          pause(backoff);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop();
    }
  }

  private void pause(Backoff backoff) throws InterruptedException {
    boolean unused = closed.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
  }

  private boolean trySubscribe() {
    try {
      Duration silence = config.monitoringInterval().plus(PONG_WAIT);
      subscription = server.subscribe(new ArrayList<>(slots.keySet()), silence);
      if (deaf) {
        log.info("Worker {}: remote commands are received again", config.name());
      }
      deaf = false;
      return true;
    } catch (RqException e) {
      log.atLevel(deaf ? Level.DEBUG : Level.WARN)
          .log(
              "Worker {}: remote commands are not received, trying again: {}",
              config.name(),
              e.getMessage());
      deaf = true;
      return false;
    }
  }

  /** Receives until the connection is lost; waits only where it was of no use at all. */
  private void receive(RedisSubscription present, Backoff backoff) throws InterruptedException {
    boolean heard = false;
    try {
      while (!isClosed()) {
        present.next().ifPresent(this::pass);
        heard = true;
        backoff.reset();
      }
    } catch (RqException e) {
      drop();
      if (!isClosed()) {
        log.debug("Worker {}: subscribing to commands anew", config.name(), e);
      }
      if (!heard) {
        pause(backoff);
      }
    }
  }

  private void pass(RedisSubscription.Message message) {
    Slot slot = slots.get(message.channel());
    if (slot == null) {
      return;
    }
    try {
      onCommand.accept(slot, message.payload());
    } catch (RuntimeException e) {
      log.error("Worker {}: a command could not be carried out", slot.name(), e);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void drop() {
    RedisSubscription present = subscription;
    subscription = null;
    if (present != null) {
      present.close();
    }
  }

  /** Ends the subscription and the thread, within a few seconds. */
  @Override
  public void close() {
    closed.countDown();
    drop();
    if (thread == Thread.currentThread()) {
      return;
    }
    try {
      thread.join(CLOSE_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
