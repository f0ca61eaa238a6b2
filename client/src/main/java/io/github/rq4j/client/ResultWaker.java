package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the wait of a connection that blocks on the server when there is more to wait for, by {@code
 * CLIENT UNBLOCK} over another connection. Its thread ends when it is idle, so that nobody who asks
 * for a result waits for Redis. Where the server does not allow it, the wait ends by itself.
 *
 * <p>The time of the server is spared: behind a wait that was ended comes one that is not, and that
 * is the longer the more is waited for. Safe for use by many threads.
 */
final class ResultWaker implements AutoCloseable {
  private static final Duration SHORTEST_REST = Duration.ofMillis(2);
  // Some ten times as long as the server takes for one stream.
  private static final Duration REST_PER_STREAM = Duration.ofNanos(5_000);
  private static final int MOST_ATTEMPTS = 5;
  private static final long ATTEMPT_MILLIS = 1;
  private static final long IDLE_SECONDS = 1;

  private final RedisServer server;
  private final ThreadPoolExecutor executor;
  // Guarded by this.
  private @Nullable Long connectionId;
  private boolean isWaiting;
  private boolean wasEnded;
  private boolean hasMore;
  private long wait;

  ResultWaker(RedisServer server) {
    this.server = server;
    this.executor =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), ResultWaker::thread);
    executor.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "rq-results-wake");
    thread.setDaemon(true);
    return thread;
  }

  /** Learns which connection will wait. */
  void watch(RedisConnection connection) {
    Long id = null;
    try {
      id = connection.call(Command.of("CLIENT", "ID")).asLong();
    } catch (RedisCommandException e) {
      // Not allowed, or unknown to an old server.
    }
    synchronized (this) {
      connectionId = id;
    }
  }

  /** All that there is to wait for has been seen. */
  synchronized void seen() {
    hasMore = false;
  }

  /**
   * Says that a wait begins.
   *
   * @param usual how long it is to be
   * @param streams for how many streams
   * @return how long it may be: short if there is more to wait for by now, or there was just before
   */
  synchronized Duration begin(Duration usual, int streams) {
    wait++;
    if (connectionId != null && (hasMore || wasEnded)) {
      wasEnded = false;
      Duration rest = REST_PER_STREAM.multipliedBy(streams);
      return rest.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : rest;
    }
    isWaiting = true;
    return usual;
  }

  /** Says that the wait is over. */
  synchronized void end() {
    isWaiting = false;
  }

  /** Says that there is more to wait for. Does not block. */
  synchronized void wake() {
    hasMore = true;
    Long id = connectionId;
    if (isWaiting && !wasEnded && id != null && !executor.isShutdown()) {
      wasEnded = true;
      long present = wait;
      executor.execute(() -> unblock(id, present));
    }
  }

  private void unblock(long id, long which) {
    Command unblock = Command.of("CLIENT", "UNBLOCK").add(id);
    try {
      for (int i = 0; i < MOST_ATTEMPTS && isPresent(which); i++) {
        if (server.with(connection -> connection.call(unblock)).asLong() == 1) {
          return;
        }
        // It overtook the command that is to be ended.
        Thread.sleep(ATTEMPT_MILLIS);
      }
    } catch (RedisCommandException e) {
      forget(id);
    } catch (RedisUnavailableException e) {
      // Then the one that waits will notice, too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isPresent(long which) {
    return isWaiting && wait == which && connectionId != null;
  }

  private synchronized void forget(long id) {
    if (connectionId != null && connectionId == id) {
      connectionId = null;
    }
  }

  /** Ends the thread. */
  @Override
  public synchronized void close() {
    executor.shutdownNow();
  }
}
