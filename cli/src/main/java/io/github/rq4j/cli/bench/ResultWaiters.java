package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Tells when results are there, to the moment: each job that is waited for has a connection that
 * blocks on its stream of results, opened before.
 */
final class ResultWaiters implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final RedisServer server;
  private final BlockingQueue<RedisConnection> connections = new LinkedBlockingQueue<>();
  private final List<RedisConnection> all = new ArrayList<>();
  private final ExecutorService threads;

  /** Opens the connections, one for each job that can be waited for at the same time. */
  ResultWaiters(String redis, int count) {
    server = new RedisServer(RedisSettings.parse(redis));
    for (int i = 0; i < count; i++) {
      all.add(server.open());
    }
    connections.addAll(all);
    threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "rq4j-bench-results");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** When the job's result is there, by {@link System#nanoTime}. */
  CompletableFuture<Long> await(String jobId) {
    return CompletableFuture.supplyAsync(() -> block(jobId), threads);
  }

  private long block(String jobId) {
    RedisConnection connection = connections.remove();
    try {
      Command read = Command.of("XREAD", "BLOCK", Long.toString(WAIT.toMillis()), "STREAMS");
      read.add(Keys.results(jobId)).add("0-0");
      boolean missing = connection.callBlocking(read, WAIT).isNil();
      long now = System.nanoTime();
      if (missing) {
        throw CommandFailure.failure(
            "a job had no result after " + WAIT.toSeconds() + " s of waiting");
      }
      return now;
    } finally {
      connections.add(connection);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    all.forEach(RedisConnection::abort);
    server.close();
  }
}
