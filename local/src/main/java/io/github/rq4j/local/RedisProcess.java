package io.github.rq4j.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a Redis server on a given loopback port, from its start to its end. */
final class RedisProcess {

  private static final int CONNECT_MILLIS = 500;
  private static final int POLL_MILLIS = 5;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final Process process;
  private final int port;
  private final Path log;

  private RedisProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts the server without waiting for it. */
  static RedisProcess start(RedisProgram program, int port, Path directory, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.executable().toString());
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", directory.toString(), "--daemonize", "no"));
    command.addAll(List.of("--save", "", "--appendonly", "no"));
    command.addAll(arguments);
    Path log = directory.resolve("redis.log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    process.getOutputStream().close();
    return new RedisProcess(process, port, log);
  }

  /**
   * Waits until this very process answers on its port.
   *
   * @return false if it has ended or {@code limit} has passed
   */
  boolean awaitReady(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    do {
      if (answers()) {
        return true;
      }
    } while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < deadline);
    return false;
  }

  /**
   * Another server may have taken the port in the meantime, so a PONG would prove nothing: INFO
   * names the process. A server that wants a password is taken at its word.
   */
  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(loopback(), port), CONNECT_MILLIS);
      socket.setSoTimeout(CONNECT_MILLIS);
      socket.getOutputStream().write("INFO server\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return answer.contains("process_id:" + process.pid() + "\r\n")
          || (answer.startsWith("-NOAUTH") && process.isAlive());
    } catch (IOException e) {
      return false;
    }
  }

  /** Not {@link InetAddress#getLoopbackAddress()}, which may be the IPv6 one. */
  static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks the server to end, and kills it when it does not obey. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Ends the server at once, as a crash would. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The last lines of the server's log. */
  String logTail() {
    try {
      return BoundedCommand.tail(new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "(its log cannot be read: " + e.getMessage() + ")";
    }
  }
}
