package io.github.rq4j.cli.demo;

import io.github.rq4j.cli.console.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A child process whose output is passed on while it runs. */
final class ToldProcess implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Process process;
  private final Thread reader;

  private ToldProcess(Process process, Thread reader) {
    this.process = process;
    this.reader = reader;
  }

  static ToldProcess start(ProcessBuilder command, OutputStream output) throws IOException {
    Process process = command.redirectErrorStream(true).start();
    process.getOutputStream().close();
    Thread reader = new Thread(() -> copy(process.getInputStream(), output), "rq4j-demo-output");
    reader.setDaemon(true);
    reader.start();
    return new ToldProcess(process, reader);
  }

  private static void copy(InputStream from, OutputStream to) {
    try (from) {
      from.transferTo(to);
    } catch (IOException e) {
      // The process was killed while it wrote: there is nothing more to tell.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for the end of the process and of its output.
   *
   * @return its exit code
   * @throws CommandFailure if it takes longer than the limit
   */
  int await(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw CommandFailure.failure(
          "gave up after " + limit.toSeconds() + " s on process " + process.pid());
    }
    reader.join(LAST_WORDS.toMillis());
    return process.exitValue();
  }

  /** Kills the process and its children, if they still run, and waits until they are gone. */
  @Override
  public void close() {
    List<ProcessHandle> family = new ArrayList<>();
    try (Stream<ProcessHandle> children = process.descendants()) {
      children.forEach(family::add);
    }
    family.add(process.toHandle());
    family.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture<?>[] ends =
        family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("process " + process.pid() + " does not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
