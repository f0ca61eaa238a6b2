package io.github.rq4j.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program to its end within a limit. Output goes through files: no pipe can fill up, and a
 * grandchild that keeps the stream open cannot hold up the reader.
 */
final class BoundedCommand {

  private static final int TAIL_LINES = 30;

  private BoundedCommand() {}

  /**
   * Runs the program without standard input.
   *
   * @throws LocalToolException if it cannot be started or outlives {@code limit} (it is killed with
   *     its children), or if the calling thread is interrupted (the flag is restored)
   */
  static CommandResult run(ProcessBuilder command, Duration limit) {
    String program = command.command().get(0);
    try {
      Path directory = Files.createTempDirectory("rq4j-command-");
      try {
        return run(command, limit, directory);
      } finally {
        FileTree.delete(directory);
      }
    } catch (IOException e) {
      throw new LocalToolException("cannot run " + program + ": " + e.getMessage(), e);
    }
  }

  private static CommandResult run(ProcessBuilder command, Duration limit, Path directory)
      throws IOException {
    Path stdout = directory.resolve("stdout");
    Path stderr = directory.resolve("stderr");
    Process process =
        command
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile())
            .start();
    process.getOutputStream().close();
    String program = String.join(" ", command.command());
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LocalToolException(
            "gave up after "
                + limit.toSeconds()
                + " s on: "
                + program
                + System.lineSeparator()
                + tail(read(stdout) + read(stderr)));
      }
      return new CommandResult(process.exitValue(), read(stdout), read(stderr));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalToolException("interrupted while waiting for: " + program, e);
    } finally {
      kill(process);
    }
  }

  /** Ends the process and all that it started; harmless when it has ended already. */
  static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** The last lines of a program's output, as error messages quote them. */
  static String tail(String output) {
    String[] lines = output.stripTrailing().split("\\R", -1);
    int from = Math.max(0, lines.length - TAIL_LINES);
    return String.join(System.lineSeparator(), Arrays.asList(lines).subList(from, lines.length));
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
