package io.github.rq4j.cli.codec;

import io.github.rq4j.cli.console.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where a command reads from: a file, standard input, or the command line itself. */
final class PickleInput {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "What to read. Default: standard input, as for '-'.")
  private @Nullable Path file;

  @Option(
      names = {"-d", "--data"},
      paramLabel = "TEXT",
      description = "The input itself, instead of a file.")
  private @Nullable String data;

  /**
   * Reads it all.
   *
   * @throws CommandFailure if it is given twice, or cannot be read
   */
  byte[] read(InputStream standardInput) {
    if (data != null && file != null) {
      throw CommandFailure.misuse("--data and FILE contradict each other");
    }
    if (data != null) {
      return data.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return file == null || file.toString().equals("-")
          ? standardInput.readAllBytes()
          : Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw CommandFailure.failure("there is no file " + file, e);
    } catch (IOException e) {
      throw CommandFailure.failure(
          (file == null ? "standard input" : file) + " cannot be read: " + e, e);
    }
  }
}
