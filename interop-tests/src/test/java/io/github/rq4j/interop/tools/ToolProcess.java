package io.github.rq4j.interop.tools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** A tool that runs beside a test, most of them a web server, and ends with it. */
final class ToolProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private ToolProcess(Process process, Path log, URI address) {
    this.process = process;
    this.log = log;
    this.address = address;
  }

  /** Starts a program that serves nothing. */
  static ToolProcess start(ProcessBuilder command) {
    return start(command, 0);
  }

  /** Starts a web server, and waits until it answers. */
  static ToolProcess serve(ProcessBuilder command, int port) {
    ToolProcess tool = start(command, port);
    try {
      tool.await(() -> tool.status("") > 0);
      return tool;
    } catch (RuntimeException | Error e) {
      tool.close();
      throw e;
    }
  }

  private static ToolProcess start(ProcessBuilder command, int port) {
    try {
      Path log = Files.createTempFile("rq4j-tool-", ".log");
      Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      return new ToolProcess(process, log, URI.create("http://127.0.0.1:" + port + "/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for what the tool brings about, and quotes its output if that does not happen. */
  void await(Callable<Boolean> condition) {
    try {
      Awaitility.await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> condition.call() || !process.isAlive());
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError("the tool did not get that far; it printed: " + output(), e);
    }
    if (!process.isAlive()) {
      throw new AssertionError("the tool ended; it printed: " + output());
    }
  }

  /** The address of a page. */
  URI page(String path) {
    return address.resolve(path);
  }

  /** The text of a page that has to be there. */
  String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(HttpRequest.newBuilder(page(path)).GET());
    if (response.statusCode() != 200) {
      throw new AssertionError(
          path + " answers " + response.statusCode() + "; the tool printed: " + output());
    }
    return response.body();
  }

  /** The status of a page. */
  int status(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(page(path)).GET()).statusCode();
  }

  /** Sends a form with the token that Django wants to see twice; returns the answer's status. */
  int post(String path) throws IOException, InterruptedException {
    String token = "x".repeat(32);
    return send(HttpRequest.newBuilder(page(path))
            .header("Cookie", "csrftoken=" + token)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("csrfmiddlewaretoken=" + token)))
        .statusCode();
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** All that it has printed. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
      Files.deleteIfExists(log);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
