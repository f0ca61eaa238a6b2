package io.github.rq4j.client;

import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the results of many jobs with one thread and one connection, as {@link ResultReader}
 * says. The thread lives until the client is closed. Safe for use by many threads.
 */
final class ResultWatcher implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final long RECONNECT_MILLIS = 200;

  private final RedisServer server;
  private final ResultWaker waker;
  private final BlockingQueue<ResultWatch> arrivals = new LinkedBlockingQueue<>();
  // Only for the thread.
  private final ResultReader results;
  private @Nullable RedisUnavailableException lost;
  // Guarded by this.
  private @Nullable Thread thread;
  private @Nullable RedisConnection connection;
  private boolean closed;

  ResultWatcher(RedisServer server) {
    this.server = server;
    this.waker = new ResultWaker(server);
    this.results = new ResultReader(waker);
  }

  CompletableFuture<@Nullable Object> watch(RqClient reader, String jobId, Duration wait) {
    return watch(reader, jobId, wait, value -> value);
  }

  <T> CompletableFuture<@Nullable T> watch(
      RqClient reader,
      String jobId,
      Duration wait,
      Function<@Nullable Object, @Nullable T> conversion) {
    CompletableFuture<@Nullable T> future = new CompletableFuture<>();
    ResultWatch watch = new ResultWatch(reader, jobId, wait, conversion, future);
    synchronized (this) {
      if (closed) {
        watch.fail(closedException());
        return future;
      }
      arrivals.add(watch);
      waker.wake();
      if (thread == null) {
        thread = new Thread(this::run, "rq-results");
        thread.setDaemon(true);
        thread.start();
      }
    }
    return future;
  }

  private static RedisUnavailableException closedException() {
    return new RedisUnavailableException("the client was closed", null);
  }

  private void run() {
    try {
      while (!isClosed()) {
        takeArrivals();
        results.dropEnded(lost);
        if (!results.isIdle()) {
          round();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      disconnect();
      failAll(closedException());
      synchronized (this) {
        thread = null;
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void takeArrivals() throws InterruptedException {
    waker.seen();
    if (results.isIdle()) {
      ResultWatch first = arrivals.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
      if (first == null) {
        disconnect();
        return;
      }
      results.add(first);
    }
    for (ResultWatch next = arrivals.poll(); next != null; next = arrivals.poll()) {
      results.add(next);
    }
  }

  private void round() throws InterruptedException {
    try {
      RedisConnection redis = connect();
      results.readStreams(redis);
      lost = null;
      results.lookAtHashes(redis);
    } catch (RedisUnavailableException e) {
      disconnect();
      if (!isClosed()) {
        lost = e;
        Thread.sleep(RECONNECT_MILLIS);
      }
    } catch (RuntimeException e) {
      // Redis refuses what is asked: asking again will not help.
      disconnect();
      failAll(e);
    }
  }

  private RedisConnection connect() {
    RedisConnection present;
    synchronized (this) {
      present = connection;
    }
    if (present != null) {
      return present;
    }
    RedisConnection opened = server.open();
    synchronized (this) {
      connection = opened;
      if (closed) {
        opened.abort();
      }
    }
    waker.watch(opened);
    return opened;
  }

  private void disconnect() {
    RedisConnection present;
    synchronized (this) {
      present = connection;
      connection = null;
    }
    if (present != null) {
      present.close();
    }
  }

  private void failAll(RuntimeException failure) {
    for (ResultWatch arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
      results.add(arrival);
    }
    results.failAll(failure);
  }

  /** Fails all that still wait. */
  @Override
  public void close() {
    waker.close();
    synchronized (this) {
      closed = true;
      if (connection != null) {
        connection.abort();
      }
      if (thread != null) {
        thread.interrupt();
      }
    }
  }
}
