package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.local.LocalRedis;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that reaches its server by other ways than a URL with host and port. */
class ConnectionSettingsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void a_worker_waits_and_works_over_a_unix_socket(@TempDir Path directory)
      throws InterruptedException {
    Path socket = directory.resolve("redis.sock");
    Handlers handlers = Handlers.builder().register("ping", () -> "pong").build();
    try (LocalRedis redis =
        LocalRedis.builder().arguments("--unixsocket", socket.toString()).start()) {
      assertThat(redis.isRunning()).isTrue();
      RedisSettings settings =
          RedisSettings.builder("unix://" + socket + "?db=3").clientName("shop").build();
      try (RqClient client = RqClient.builder(settings).build();
          RqWorker worker = RqWorker.builder(settings, handlers).build()) {
        worker.start();
        for (int i = 0; i < 3; i++) {
          Job job = client.queue("default").enqueue(Call.of("ping"));
          assertThat(job.result(PATIENCE)).isEqualTo("pong");
        }
      }
    }
  }
}
