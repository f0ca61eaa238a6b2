package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.local.LocalRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * A server that was started for the benchmark. The jobs that were enqueued are kept as the file
 * that Redis itself saves them to: each worker gets a freshly started server with the very same
 * content.
 */
final class OwnRedis implements BenchRedis {
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final long LOADING_POLL_MILLIS = 20;
  private static final Duration SAVE_LIMIT = Duration.ofMinutes(1);

  private final LocalRedis server = LocalRedis.builder().startLimit(START_LIMIT).start();
  private final Producers producers;

  OwnRedis(Producers producers) {
    this.producers = producers;
  }

  @Override
  public String url() {
    return server.uri().toString();
  }

  @Override
  public String describe() {
    return server.describe();
  }

  @Override
  public void fill(Workload workload) throws IOException, InterruptedException {
    Path saved = server.directory().resolve(workload.name() + ".rdb");
    if (!Files.exists(saved)) {
      empty();
      producers.enqueue(url(), workload);
      call(Command.of("SAVE"));
      Files.move(current(), saved);
    }
    Files.copy(saved, current(), StandardCopyOption.REPLACE_EXISTING);
    server.restart();
    awaitLoaded();
  }

  /** A server takes connections while it still reads its file. */
  private void awaitLoaded() throws InterruptedException {
    try (RedisServer redis = new RedisServer(RedisSettings.parse(url()))) {
      long limit = System.nanoTime() + START_LIMIT.toNanos();
      while (isLoading(redis)) {
        if (System.nanoTime() - limit > 0) {
          throw CommandFailure.failure("Redis does not come to an end with loading " + current());
        }
        Thread.sleep(LOADING_POLL_MILLIS);
      }
    }
  }

  private static boolean isLoading(RedisServer redis) {
    Command info = Command.of("INFO", "persistence");
    String answer = String.valueOf(redis.with(connection -> connection.call(info)).asText());
    return ServerFigures.parse(answer).number("loading").orElse(0.0) > 0;
  }

  private Path current() {
    return server.directory().resolve("dump.rdb");
  }

  @Override
  public void empty() {
    call(Command.of("FLUSHALL"));
  }

  private void call(Command command) {
    try (RedisServer redis = new RedisServer(RedisSettings.parse(url()))) {
      redis.with(connection -> connection.callBlocking(command, SAVE_LIMIT));
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
