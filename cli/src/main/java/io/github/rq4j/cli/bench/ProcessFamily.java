package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.console.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A program that was started, with all the processes that it has started in turn. One thread. */
final class ProcessFamily implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);
  private static final int QUOTED = 2_000;

  private final Process process;
  private final Path output;
  private final long startedAt;
  // Nobody else ends them when this JVM is told to end before its time.
  private final Thread hook = new Thread(this::kill, "rq4j-bench-kill");
  private long peakBytes;

  private ProcessFamily(Process process, Path output, long startedAt) {
    this.process = process;
    this.output = output;
    this.startedAt = startedAt;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Starts the program; what it prints is kept for error messages. */
  static ProcessFamily start(ProcessBuilder command) {
    try {
      Path output = Files.createTempFile("rq4j-bench-", ".log");
      command.redirectErrorStream(true).redirectOutput(output.toFile());
      long now = System.nanoTime();
      Process process = command.start();
      process.getOutputStream().close();
      return new ProcessFamily(process, output, now);
    } catch (IOException e) {
      throw CommandFailure.failure("cannot run " + command.command().get(0) + ": " + e, e);
    }
  }

  /** When it was started, by {@link System#nanoTime}. */
  long startedAt() {
    return startedAt;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end of the program; tells whether it came in time and was a good one. */
  boolean await(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
  }

  /** Processor seconds of all processes so far, also ended ones; 0 where that is not known. */
  double cpuSeconds() {
    return usages().stream().mapToDouble(ProcessUsage::cpuSeconds).sum();
  }

  /** Looks at the memory of the processes that there are now. */
  void noteMemory() {
    long bytes = usages().stream().mapToLong(ProcessUsage::peakBytes).sum();
    peakBytes = Math.max(peakBytes, bytes);
  }

  /**
   * The greatest sum of the peaks of processes that were there together when somebody looked; 0
   * where that is not known.
   */
  long peakBytes() {
    return peakBytes;
  }

  private List<ProcessUsage> usages() {
    return members().stream()
        .map(member -> ProcessUsage.of(member.pid()))
        .flatMap(Optional::stream)
        .toList();
  }

  private List<ProcessHandle> members() {
    List<ProcessHandle> members = new ArrayList<>();
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      descendants.forEach(members::add);
    }
    members.add(process.toHandle());
    return members;
  }

  /** The end of what the program printed. */
  String lastWords() {
    try {
      String text = Files.readString(output, StandardCharsets.ISO_8859_1).strip();
      return text.substring(Math.max(0, text.length() - QUOTED));
    } catch (IOException e) {
      return "(its output cannot be read: " + e.getMessage() + ")";
    }
  }

  private List<ProcessHandle> kill() {
    List<ProcessHandle> members = members();
    members.forEach(ProcessHandle::destroyForcibly);
    return members;
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook does the same.
    }
  }

  /** Kills all processes and waits until they are gone. */
  @Override
  public void close() {
    forgetHook();
    List<ProcessHandle> members = kill();
    CompletableFuture<?>[] ends =
        members.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
      Files.deleteIfExists(output);
    } catch (ExecutionException | TimeoutException | IOException e) {
      throw CommandFailure.failure("process " + process.pid() + " leaves something behind", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
