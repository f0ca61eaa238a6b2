package io.github.rq4j.interop.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code rq4j worker} in a JVM of its own, which can be killed. */
final class WorkerProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Process process;
  private final Path output;

  private WorkerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a worker with the functions of {@link LedgerTasks}. */
  static WorkerProcess start(URI redis, URI ledger, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--handlers", LedgerTasks.class.getName()));
    all.addAll(List.of(arguments));
    return command(List.of("-Xmx64m"), "worker", redis, ledger, all);
  }

  /** Starts a cron scheduler. */
  static WorkerProcess cron(URI redis, Path file) {
    return command(List.of("-Xmx64m"), "cron", redis, redis, List.of(file.toString()));
  }

  static WorkerProcess command(
      List<String> jvm, String name, URI redis, URI ledger, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.github.rq4j.cli.Main", name, "--url", redis.toString()));
    command.addAll(arguments);
    return start(command, Map.of(Ledger.VARIABLE, ledger.toString()));
  }

  static WorkerProcess start(List<String> command, Map<String, String> environment) {
    try {
      Path output = Files.createTempFile("rq4j-worker-", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      return new WorkerProcess(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it listens on its queues. */
  WorkerProcess awaitReady() {
    return awaitOutput("*** Listening on");
  }

  WorkerProcess awaitOutput(String text) {
    try {
      Awaitility.await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> output().contains(text) || !process.isAlive());
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError("the worker did not print '" + text + "' but: " + output(), e);
    }
    if (!output().contains(text)) {
      throw new AssertionError("the worker ended before it printed '" + text + "': " + output());
    }
    return this;
  }

  String output() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends a signal such as {@code STOP} or {@code CONT}. */
  void signal(String name) throws InterruptedException {
    try {
      int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
      if (exit != 0) {
        throw new AssertionError("kill -" + name + " exits with " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM; returns the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  /** Returns the exit code. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the worker does not end; it printed: " + output());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    try {
      kill();
      Files.deleteIfExists(output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
