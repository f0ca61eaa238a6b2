package io.github.rq4j.cli.cron;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.cli.Main;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.local.LocalRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rq4j cron} at work, in a process of its own. */
final class CronCommandTest {
  private static final String FILE =
      """
      zone = "Europe/Berlin"
      serializer = "json"

      [[job]]
      func = "shop.tasks.report"  # enqueued at once
      name = "report"
      queue_name = "low"
      interval = 3600
      args = ["weekly", 2, 1.5, [true]]
      kwargs = { to = "ada" }
      job_timeout = 60
      result_ttl = 0
      ttl = 300
      failure_ttl = -1
      meta = { who = "cron" }
      webhooks = [{ url = "http://localhost/end", job_status = "failed", timeout = 5 }]

      [[job]]
      func = "shop.tasks.tidy"
      cron = "0 6 * * mon"
      """;

  @TempDir private Path directory;
  private LocalRedis local;
  private RedisServer server;

  @BeforeEach
  void start() {
    local = LocalRedis.start();
    server = new RedisServer(RedisSettings.parse(local.uri().toString()));
  }

  @AfterEach
  void stop() {
    server.close();
    local.close();
  }

  private Reply call(String name, String... arguments) {
    return server.with(redis -> redis.call(Command.of(name, arguments)));
  }

  private Process cron(Path file, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "cron",
                file.toString(),
                "--url",
                local.uri().toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @Test
  void it_enqueues_what_its_file_says_until_it_gets_a_signal() throws Exception {
    Path file = Files.writeString(directory.resolve("cron.toml"), FILE);
    Process process = cron(file);
    try (BufferedReader log = process.inputReader(StandardCharsets.UTF_8)) {
      String line = log.readLine();
      while (line != null && !line.contains("enqueued report to low")) {
        line = log.readLine();
      }
      // The handle, since the process would close its streams as well.
      process.toHandle().destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(log.lines()).anyMatch(last -> last.endsWith("shutdown complete"));
    } finally {
      process.destroyForcibly();
    }
    String id = call("LINDEX", "rq:queue:low", "0").asText();
    assertThat(call("HMGET", "rq:job:" + id, "description", "timeout", "result_ttl").asTexts())
        .containsExactly("shop.tasks.report('weekly', 2, 1.5, [True], to='ada')", "60", "0");
    assertThat(call("HMGET", "rq:job:" + id, "ttl", "failure_ttl", "meta").asTexts())
        .containsExactly("300", "-1", "{\"who\": \"cron\"}");
    assertThat(call("HGET", "rq:job:" + id, "webhooks").asText())
        .isEqualTo(
            "[{\"url\": \"http://localhost/end\", \"job_status\": \"failed\", \"method\": \"GET\","
                + " \"headers\": null, \"timeout\": 5}]");
    assertThat(call("ZRANGE", "rq:cron_job:report:jobs", "0", "-1").asTexts()).containsExactly(id);
    assertThat(call("EXISTS", "rq:cron_schedulers").asLong()).isZero();
    assertThat(call("EXISTS", "rq:queue:default").asLong()).isZero();
  }

  @Test
  void a_serializer_of_the_command_line_wins_over_that_of_the_file() throws Exception {
    Process process =
        cron(Files.writeString(directory.resolve("cron.toml"), FILE), "--serializer", "pickle");
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> call("LLEN", "rq:queue:low").asLong() == 1);
    } finally {
      process.destroyForcibly();
    }
    String id = call("LINDEX", "rq:queue:low", "0").asText();
    byte[] data = Objects.requireNonNull(call("HGET", "rq:job:" + id, "data").asBytes());

    JobDataFormat format = new JobDataFormat(PickleSerializer.defaults(), CodecLimits.defaults());

    assertThat(format.decode(data).functionName()).isEqualTo("shop.tasks.report");
  }

  @Test
  void a_signal_during_the_start_ends_it_in_order() throws Exception {
    Path file = Files.writeString(directory.resolve("cron.toml"), FILE);
    call("CLIENT", "PAUSE", "30000", "WRITE");
    Process process = cron(file);
    try {
      // Its registration, a transaction, is the first thing that it writes.
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> String.valueOf(call("CLIENT", "LIST").asText()).contains("flags=xb"));
      process.destroy();
      call("CLIENT", "UNPAUSE");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertThat(call("EXISTS", "rq:cron_schedulers").asLong()).isZero();
  }
}
