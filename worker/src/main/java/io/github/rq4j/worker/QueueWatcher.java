package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until a queue has a job, without taking it: {@code BLMOVE} from the head of the list to the
 * head of the same list blocks while the list is empty and changes nothing when it is not. Servers
 * before 6.2 do not have it; there the list's length is asked for ten times a second.
 *
 * <p>A queue where jobs are left to others may never be empty. While it is not, its length and its
 * two ends are asked for, up to ten times a second at first, then less and less often down to once
 * a second.
 */
final class QueueWatcher {
  private static final Logger log = LoggerFactory.getLogger(QueueWatcher.class);
  // A dead connection that stays open is noticed when this and the socket timeout have passed.
  private static final Duration BLOCK = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);
  // A queue whose length and ends are as before may have another job in between, if somebody took
  // jobs out and put them back meanwhile.
  private static final Duration LOOK_ANYWAY = Duration.ofSeconds(10);

  private static final Duration STOP_PAUSE = Duration.ofMillis(50);
  private static final int STOP_ATTEMPTS = 100;

  private final RedisServer server;
  private final String queueKey;
  private final String queue;
  private final @Nullable SharedQueue shared;
  private final Runnable onJob;
  private final Thread thread;
  // A permit stands for "the queues were found empty": wait for the next job.
  private final Semaphore armed = new Semaphore(0);
  private boolean canBlock = true;
  private volatile boolean closed;
  private volatile @Nullable RedisConnection connection;

  /**
   * Prepares the watch.
   *
   * @param shared what was seen of the queue where some of its jobs are left to others, else null
   */
  QueueWatcher(
      RedisServer server,
      String workerName,
      String queue,
      @Nullable SharedQueue shared,
      Runnable onJob) {
    this.server = server;
    this.queue = queue;
    this.shared = shared;
    this.queueKey = Keys.queue(queue);
    this.onJob = onJob;
    this.thread = Threads.daemon("rq-worker-" + workerName + "-wait-" + queue, this::watch);
  }

  void start() {
    thread.start();
  }

  /** Asks to be told of the next job. */
  void arm() {
    if (armed.availablePermits() == 0) {
      armed.release();
    }
  }

  private void watch() {
    Backoff backoff = new Backoff();
    try {
      while (!closed) {
        armed.acquire();
        armed.drainPermits();
        try {
          awaitJob();
          backoff.reset();
        } catch (RqException e) {
          drop();
          if (closed) {
            return;
          }
          // The dispatcher meets the same trouble and says so.
          log.debug("waiting on {} failed", queueKey, e);
          Thread.sleep(backoff.next().toMillis());
        }
        if (shared != null) {
          shared.woken();
        }
        onJob.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop();
    }
  }

  private void awaitJob() throws InterruptedException {
    if (shared != null) {
      awaitChange(shared);
      return;
    }
    awaitAny();
  }

  /** Waits until the queue is not as it was seen, or its end has come to be looked at anyway. */
  private void awaitChange(SharedQueue lastLook) throws InterruptedException {
    Duration pause = lastLook.pause();
    long end = System.nanoTime() + LOOK_ANYWAY.toNanos();
    while (!closed) {
      Thread.sleep(pause.toMillis());
      QueueMark seen = lastLook.seen();
      if (!seen.equals(QueueMark.of(connection().pipeline(QueueMark.ask(queue))))) {
        return;
      }
      if (seen.isEmpty()) {
        awaitAny();
        return;
      }
      if (System.nanoTime() - end > 0) {
        return;
      }
      pause = SharedQueue.longer(pause);
    }
  }

  private void awaitAny() throws InterruptedException {
    boolean found = false;
    while (!found && !closed) {
      found = canBlock ? block() : poll();
    }
  }

  private boolean block() {
    Command wait = Command.of("BLMOVE", queueKey, queueKey, "LEFT", "LEFT").add(BLOCK.toSeconds());
    try {
      return !connection().callBlocking(wait, BLOCK).isNil();
    } catch (RedisCommandException e) {
      if (!e.hasCode("ERR unknown command")) {
        throw e;
      }
      log.debug("this server has no BLMOVE: {} is polled", queueKey);
      canBlock = false;
      return false;
    }
  }

  private boolean poll() throws InterruptedException {
    if (connection().call(Command.of("LLEN", queueKey)).asLong() > 0) {
      return true;
    }
    Thread.sleep(POLL.toMillis());
    return false;
  }

  private RedisConnection connection() {
    RedisConnection present = connection;
    if (present == null) {
      present = server.open();
      connection = present;
    }
    return present;
  }

  private void drop() {
    RedisConnection present = connection;
    connection = null;
    if (present != null) {
      present.close();
    }
  }

  /** Ends the wait and the thread, within a few seconds. */
  void stop() throws InterruptedException {
    closed = true;
    thread.interrupt();
    // The thread may be just about to connect and to wait: cut again until it has noticed.
    for (int attempt = 0; attempt < STOP_ATTEMPTS && thread.isAlive(); attempt++) {
      RedisConnection present = connection;
      if (present != null) {
        present.abort();
      }
      thread.join(STOP_PAUSE.toMillis());
    }
  }
}
