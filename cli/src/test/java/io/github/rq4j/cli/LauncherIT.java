package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.cli.demo.DemoTasks;
import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.local.LocalRedis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, as its user starts it. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class LauncherIT {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("rq4j.launcher", "../rq4j")).toAbsolutePath().normalize();
  private static final Duration WAIT = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void it_runs_from_any_directory_and_through_links() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("rq4j"), LAUNCHER);
    Path second = Files.createSymbolicLink(directory.resolve("again"), Path.of("rq4j"));

    CommandRun run = run(launcher(second, "--version"));
    Files.delete(second);
    Files.delete(link);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("rq4j, version ");
  }

  @Test
  void exit_codes_come_through() throws Exception {
    CommandRun run = run(launcher(LAUNCHER, "worker", "--no-such-option"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("rq4j worker: Unknown option: '--no-such-option'");
  }

  @Test
  void a_java_home_without_java_is_told_in_a_sentence() throws Exception {
    ProcessBuilder command = launcher(LAUNCHER, "--version");
    command.environment().put("JAVA_HOME", directory.toString());

    CommandRun run = run(command);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains("JAVA_HOME", "JDK 17");
  }

  @Test
  void a_java_that_is_too_old_is_told_in_a_sentence() throws Exception {
    Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"1.8.0_412\"' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    ProcessBuilder command = launcher(LAUNCHER, "--version");
    command.environment().put("JAVA_HOME", directory.toString());

    CommandRun run = run(command);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains("Java 8", "JDK 17");
  }

  @Test
  void sigterm_lets_the_running_job_end() throws Exception {
    try (LocalRedis redis = LocalRedis.start();
        RqClient client = RqClient.connect(redis.uri().toString())) {
      Job job = client.queue("default").enqueue(Call.of("tasks.nap").args(2));
      Process worker = worker(redis);
      awaitStarted(job);

      worker.destroy();
      CommandRun run = finish(worker);

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("warm shut down requested", "stopping on request");
      assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    }
  }

  @Test
  void sigterm_during_the_start_ends_the_worker_in_order() throws Exception {
    try (LocalRedis redis = LocalRedis.start();
        RedisServer server = new RedisServer(RedisSettings.parse(redis.uri().toString()))) {
      server.with(connection -> connection.call(Command.of("CLIENT", "PAUSE", "30000", "WRITE")));
      Process worker = worker(redis, "--name", "w1");
      // Its registration is the first thing that it writes.
      Command clients = Command.of("CLIENT", "LIST");
      await()
          .until(
              () -> server.with(connection -> connection.call(clients)).asText(),
              list -> list != null && list.contains("flags=b"));

      worker.destroy();
      server.with(connection -> connection.call(Command.of("CLIENT", "UNPAUSE")));
      CommandRun run = finish(worker);

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("warm shut down requested", "stopping on request");
      Command death = Command.of("HEXISTS", Keys.worker("w1"), "death");
      assertThat(server.with(connection -> connection.call(death)).asLong()).isEqualTo(1);
    }
  }

  @Test
  void a_second_signal_interrupts_the_running_job() throws Exception {
    try (LocalRedis redis = LocalRedis.start();
        RqClient client = RqClient.connect(redis.uri().toString())) {
      Job job = client.queue("default").enqueue(Call.of("tasks.nap").args(60));
      Process worker = worker(redis);
      awaitStarted(job);

      worker.destroy();
      assertThat(worker.waitFor(1200, TimeUnit.MILLISECONDS)).isFalse();
      worker.destroy();
      CommandRun run = finish(worker);

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("cold shut down");
      assertThat(job.status()).isEqualTo(JobStatus.STARTED);
    }
  }

  @Test
  void a_job_that_outlives_the_shutdown_timeout_is_left_started_by_default() throws Exception {
    assertThat(afterShutdown("--shutdown-timeout", "1")).isEqualTo(JobStatus.STARTED);
  }

  @Test
  void a_job_that_outlives_the_shutdown_timeout_can_be_failed() throws Exception {
    assertThat(afterShutdown("--shutdown-timeout", "1", "--on-shutdown", "fail"))
        .isEqualTo(JobStatus.FAILED);
  }

  @Test
  void a_job_that_outlives_the_shutdown_timeout_can_be_requeued() throws Exception {
    assertThat(afterShutdown("--shutdown-timeout", "1", "--on-shutdown", "requeue"))
        .isEqualTo(JobStatus.QUEUED);
  }

  /** The state of a long job after its worker was sent SIGTERM once. */
  private JobStatus afterShutdown(String... options) throws Exception {
    try (LocalRedis redis = LocalRedis.start();
        RqClient client = RqClient.connect(redis.uri().toString())) {
      Job job = client.queue("default").enqueue(Call.of("tasks.nap").args(60));
      Process worker = worker(redis, options);
      awaitStarted(job);

      worker.destroy();
      CommandRun run = finish(worker);

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("warm shut down requested", "cold shut down");
      return job.status();
    }
  }

  @Test
  void the_name_of_a_killed_worker_is_free_when_its_registration_has_expired() throws Exception {
    try (LocalRedis redis = LocalRedis.start();
        RedisServer server = new RedisServer(RedisSettings.parse(redis.uri().toString()));
        RqClient client = RqClient.connect(redis.uri().toString())) {
      Process killed = worker(redis, "--name", "w1");
      Command question = Command.of("HEXISTS", Keys.worker("w1"), "birth");
      await().until(() -> server.with(connection -> connection.call(question)).asLong() == 1);
      killed.destroyForcibly().waitFor();

      CommandRun refused = finish(worker(redis, "--name", "w1"));
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).contains("There exists an active worker named 'w1' already");

      server.with(connection -> connection.call(Command.of("PEXPIRE", Keys.worker("w1"), "1")));
      Job job = client.queue("default").enqueue(Call.of("tasks.nap").args(0));
      assertThat(finish(worker(redis, "--name", "w1", "--burst")).exitCode()).isZero();
      assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    }
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(WAIT).pollInterval(Duration.ofMillis(20));
  }

  @Test
  void the_demo_ends_well() throws Exception {
    CommandRun run = run(launcher(LAUNCHER, "demo"));

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("11 of 11 jobs ended as expected.");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void the_demo_without_python_is_told_in_a_sentence() throws Exception {
    ProcessBuilder command = launcher(LAUNCHER, "demo");
    command.environment().put("RQ4J_PYTHON", directory.resolve("no-python").toString());

    CommandRun run = run(command);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains("needs Python 3");
  }

  @Test
  void bench_starts_workers_as_their_users_do() throws Exception {
    CommandRun run =
        run(launcher(LAUNCHER, "bench", "--quick", "--skip-python", "--scenario", "start"));

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern("start \\| --burst \\| rq4j 1 slot \\| [0-9,]+ first job milliseconds");
    assertThat(run.exitCode()).isZero();
  }

  private Process worker(LocalRedis redis, String... options) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "worker",
                "--url",
                redis.uri().toString(),
                "--handlers",
                DemoTasks.class.getName()));
    args.addAll(List.of(options));
    return start(launcher(LAUNCHER, args.toArray(new String[0])));
  }

  private static void awaitStarted(Job job) {
    await().until(job::status, JobStatus.STARTED::equals);
  }

  private ProcessBuilder launcher(Path script, String... args) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  private Process start(ProcessBuilder command) throws IOException {
    return command
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  private CommandRun run(ProcessBuilder command) throws IOException, InterruptedException {
    return finish(start(command));
  }

  private CommandRun finish(Process process) throws IOException, InterruptedException {
    try {
      assertThat(process.waitFor(8, TimeUnit.MINUTES)).as("the command ends").isTrue();
      return new CommandRun(process.exitValue(), read("out"), read("err"));
    } finally {
      process.destroyForcibly();
    }
  }

  private String read(String stream) throws IOException {
    try (InputStream bytes = Files.newInputStream(directory.resolve(stream))) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
