package io.github.rq4j.testservers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rq4j.local.PythonEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Python process behind a {@link PythonRq}: one JSON line in, one out. Its standard error goes
 * to a file, whose end is quoted when something goes wrong. Thread-safe: requests take turns.
 */
final class PythonDriver implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PythonDriver.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TAIL_LINES = 40;
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final Process process;
  private final Writer requests;
  private final Path stderr;
  // An empty answer marks the end of the process.
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

  private PythonDriver(Process process, Path stderr) {
    this.process = process;
    this.stderr = stderr;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
  }

  static PythonDriver start(PythonEnvironment environment, URI redis) {
    try {
      Path stderr = Files.createTempFile("rq4j-python-", ".log");
      Process process =
          environment
              .command("python", "-m", "rq4j_fixtures.driver", redis.toString())
              .redirectError(stderr.toFile())
              .start();
      PythonDriver driver = new PythonDriver(process, stderr);
      Thread reader = new Thread(driver::readAnswers, "rq4j-python-answers-" + process.pid());
      reader.setDaemon(true);
      reader.start();
      return driver;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + environment.python(), e);
    }
  }

  private void readAnswers() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.add(Optional.of(line));
      }
    } catch (IOException e) {
      log.debug("The answers of Python process {} end: {}", process.pid(), e.toString());
    } finally {
      answers.add(Optional.empty());
    }
  }

  /**
   * Asks for one operation.
   *
   * @throws PythonErrorException if Python raised an exception
   * @throws IllegalStateException if the process has ended or does not answer within {@code limit}
   */
  synchronized JsonNode ask(String operation, ObjectNode fields, Duration limit) {
    fields.put("op", operation);
    try {
      requests.write(JSON.writeValueAsString(fields) + "\n");
      requests.flush();
    } catch (IOException e) {
      throw new IllegalStateException(
          "the Python process is gone, before " + operation + endOfStderr(), e);
    }
    JsonNode answer = parse(operation, nextLine(operation, limit));
    if (answer.has("error")) {
      throw new PythonErrorException(
          operation, answer.path("error").asText(), answer.path("trace").asText());
    }
    return answer.path("result");
  }

  private String nextLine(String operation, Duration limit) {
    try {
      Optional<String> line = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        kill(); // its late answer would be taken for the next one's
        throw new IllegalStateException(
            "Python took more than " + limit.toSeconds() + " s for " + operation + endOfStderr());
      }
      return line.orElseThrow(
          () ->
              new IllegalStateException(
                  "the Python process ended during " + operation + endOfStderr()));
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Python did " + operation, e);
    }
  }

  private JsonNode parse(String operation, String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Python's answer to " + operation + " is no JSON" + endOfStderr(), e);
    }
  }

  /** The end of what the process wrote to standard error, as error messages quote it. */
  String endOfStderr() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(stderr), StandardCharsets.UTF_8).lines().toList();
      List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
      String separator = System.lineSeparator();
      return "; its standard error ends with:" + separator + String.join(separator, tail);
    } catch (IOException e) {
      return "; its standard error cannot be read: " + e.getMessage();
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Kills the process and its children. */
  @Override
  public void close() {
    kill();
    try {
      if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Python process {} outlives its kill", process.pid());
      }
      Files.deleteIfExists(stderr);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.warn("Cannot remove {}: {}", stderr, e.toString());
    }
  }
}
