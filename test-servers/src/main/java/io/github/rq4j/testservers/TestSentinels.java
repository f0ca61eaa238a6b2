package io.github.rq4j.testservers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three sentinels that agree on a failover after a second, run by the program of the primary. */
public final class TestSentinels implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int POLL_MILLIS = 50;

  private final Path directory;
  private final List<Integer> ports = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();
  private final String program;

  private TestSentinels(Path directory, String program) {
    this.directory = directory;
    this.program = program;
  }

  /** Starts them; returns when they know each other. The primary is called {@code mymaster}. */
  public static TestSentinels watch(int primaryPort) throws IOException, InterruptedException {
    TestSentinels sentinels =
        new TestSentinels(Files.createTempDirectory("rq4j-sentinel-"), programOf(primaryPort));
    for (int i = 0; i < 3; i++) {
      sentinels.start(primaryPort);
    }
    for (int port : sentinels.ports) {
      awaitField(port, "num-other-sentinels", 2);
    }
    return sentinels;
  }

  private static String programOf(int port) {
    String field = "executable:";
    return String.valueOf(server(port).command("INFO", "server"))
        .lines()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length()).strip())
        .findFirst()
        .orElseThrow();
  }

  private static TestRedis server(int port) {
    return TestRedis.at(URI.create("redis://127.0.0.1:" + port));
  }

  private void start(int primaryPort) throws IOException {
    int port = FreePorts.next();
    Path config = directory.resolve(port + ".conf");
    Files.writeString(
        config,
        String.join(
            "\n",
            "port " + port,
            "bind 127.0.0.1",
            "dir " + directory,
            "logfile " + directory.resolve(port + ".log"),
            "sentinel monitor mymaster 127.0.0.1 " + primaryPort + " 2",
            "sentinel down-after-milliseconds mymaster 1000",
            "sentinel failover-timeout mymaster 5000",
            ""));
    ports.add(port);
    ProcessBuilder sentinel =
        new ProcessBuilder(program, config.toString(), "--sentinel")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(port + ".out").toFile());
    processes.add(sentinel.start());
  }

  /** The URL of a primary for clients, such as {@code mymaster}. */
  public String url(String primary) {
    return "redis+sentinel://"
        + ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","))
        + "/"
        + primary;
  }

  /** Waits until all of them know that many replicas of the primary. */
  public void awaitReplicas(int count) throws InterruptedException {
    for (int port : ports) {
      awaitField(port, "num-slaves", count);
    }
  }

  private static void awaitField(int port, String field, int value) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    String last = field(port, field);
    while (!last.equals(Integer.toString(value))) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(field + " of sentinel " + port + " stays " + last);
      }
      Thread.sleep(POLL_MILLIS);
      last = field(port, field);
    }
  }

  private static String field(int port, String field) {
    try {
      Object answer = server(port).command("SENTINEL", "MASTER", "mymaster");
      List<?> fields = (List<?>) Objects.requireNonNull(answer);
      return String.valueOf(fields.get(fields.indexOf(field) + 1));
    } catch (RuntimeException e) {
      return "unknown: " + e.getMessage();
    }
  }

  @Override
  public void close() throws IOException {
    processes.forEach(Process::destroyForcibly);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(directory);
  }
}
