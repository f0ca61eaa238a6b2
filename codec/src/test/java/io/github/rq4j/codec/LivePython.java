package io.github.rq4j.codec;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A {@code python3} process that answers one line with one line, so that properties can be checked
 * against Python itself. Without a {@code python3} on the path, tests fail.
 */
public final class LivePython implements AutoCloseable {
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private LivePython(Process process) {
    this.process = process;
    questions = process.outputWriter(StandardCharsets.US_ASCII);
    answers = process.inputReader(StandardCharsets.US_ASCII);
  }

  /** Starts Python with a script from the test resources beside this class. */
  public static LivePython start(String script) {
    try (InputStream source = LivePython.class.getResourceAsStream(script)) {
      String code =
          new String(Objects.requireNonNull(source, script).readAllBytes(), StandardCharsets.UTF_8);
      return new LivePython(
          new ProcessBuilder("python3", "-c", code)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new IllegalStateException(
          "these tests compare with a live Python: put a python3 (3.10 or later) on the PATH", e);
    }
  }

  /** Asks one question: a line of ASCII. The answer is a line of hex over UTF-8. */
  public String ask(String question) {
    try {
      questions.write(question);
      questions.write('\n');
      questions.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("python3 ended, see its error output");
      }
      return new String(HexFormat.of().parseHex(answer), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("python3 does not answer", e);
    }
  }

  @Override
  public void close() {
    try {
      questions.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
