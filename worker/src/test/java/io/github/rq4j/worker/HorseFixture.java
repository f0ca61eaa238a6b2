package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.testservers.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/** Workers that run {@link HorseTasks} in horses, and a directory in which these tell of it. */
final class HorseFixture implements AutoCloseable {
  static final String TIMEOUT =
      "rq.timeouts.JobTimeoutException: Task exceeded maximum timeout value (1 seconds)\n";
  static final String KILLED =
      "Work-horse terminated unexpectedly; waitpid returned 9 (signal 9); ";

  final WorkerFixture worker;
  final TestRedis redis;
  final Path directory;

  HorseFixture(TestRedis redis) {
    this.redis = redis;
    this.directory = newDirectory();
    this.worker = new WorkerFixture(redis);
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("rq4j-horses-");
    } catch (IOException e) {
      throw new UncheckedIOException("there is no directory for what horses tell", e);
    }
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  ProcessIsolation horses() {
    return ProcessIsolation.of(HorseTasks.class)
        .spareHorses(0)
        .jvmOptions("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
        .output(Redirect.appendTo(file("out").toFile()), Redirect.appendTo(file("err").toFile()));
  }

  RqWorkerBuilder builder() {
    return builder(horses());
  }

  RqWorkerBuilder builder(ProcessIsolation isolation) {
    return RqWorker.builder(redis.uri().toString(), new HorseTasks().handlers())
        .name("w")
        .timeoutGrace(Duration.ofMillis(200))
        .isolation(isolation);
  }

  /** Runs all that is queued to its end. */
  void burst() throws InterruptedException {
    burst(horses());
  }

  void burst(ProcessIsolation isolation) throws InterruptedException {
    try (RqWorker burst = builder(isolation).burst(true).build()) {
      burst.runUntilShutdown();
    }
  }

  Job enqueue(String id, Call call) {
    return worker.enqueue(id, call);
  }

  Job enqueue(Call call, EnqueueOptions.Builder options) {
    return worker.enqueue("default", call, options);
  }

  /** The options of a job whose timeout is a second. */
  static EnqueueOptions.Builder shortly(String id) {
    return EnqueueOptions.builder().jobId(id).timeout(Duration.ofSeconds(1));
  }

  /** What is stored of the failure of a job. */
  static String text(Job job) {
    return Objects.requireNonNull(job.latestResult().orElseThrow().excString());
  }

  /** What the function {@code pid} returned, which is waited for. */
  static long pid(Job job) {
    return Objects.requireNonNull(job.resultAs(Long.class, Duration.ofSeconds(20)));
  }

  /** The process that runs a job which tells it in a file. */
  static ProcessHandle running(Path file) throws IOException {
    WorkerFixture.await().until(() -> Files.exists(file));
    return ProcessHandle.of(Long.parseLong(Files.readString(file))).orElseThrow();
  }

  static void awaitEnd(ProcessHandle process) {
    WorkerFixture.await().until(() -> !process.isAlive());
  }

  static void signal(String name, ProcessHandle process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Override
  public void close() throws IOException {
    worker.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
