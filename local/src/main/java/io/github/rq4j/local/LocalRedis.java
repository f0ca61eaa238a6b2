package io.github.rq4j.local;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Redis server, run as a child process on a free port of the loopback address.
 *
 * <p>The server keeps nothing on disk unless the extra arguments say so, and works in a temporary
 * directory that goes when this object is closed. A JVM that ends without closing takes the server
 * along; only a JVM killed with SIGKILL leaves it behind. Thread-safe.
 *
 * <pre>{@code
 * try (LocalRedis redis = LocalRedis.start()) {
 *   connect(redis.uri());
 * }
 * }</pre>
 */
public final class LocalRedis implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LocalRedis.class);

  // Below the range from which operating systems take the ports of outgoing connections: a client
  // that retries while the server is down could otherwise be given that very port, and talk to
  // itself.
  private static final int FIRST_PORT = 10_000;
  private static final int LAST_PORT = 32_000;
  private static final int PORT_TRIES = 50;

  private final RedisProgram program;
  private final List<String> arguments;
  private final Duration startLimit;
  private final Path directory;
  private final int port;
  private final Thread shutdownHook;
  private RedisProcess process;
  private boolean closed;

  private LocalRedis(Builder builder, RedisProgram program, Path directory) throws IOException {
    this.program = program;
    this.arguments = builder.arguments;
    this.startLimit = builder.startLimit;
    this.directory = directory;
    Running running = runOnFreePort();
    this.port = running.port();
    this.process = running.process();
    this.shutdownHook = new Thread(this::end, "rq4j-local-redis-shutdown-" + port);
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  private record Running(RedisProcess process, int port) {}

  /**
   * Starts a server with the default options.
   *
   * @throws RedisUnavailableException if no server can be run here
   */
  public static LocalRedis start() {
    return builder().start();
  }

  /** Options for a server: the bundled binary before the one on PATH, no extra arguments. */
  public static Builder builder() {
    return new Builder();
  }

  private Running runOnFreePort() throws IOException {
    String failure = "no free port";
    for (int attempt = 0; attempt < PORT_TRIES; attempt++) {
      int candidate = RandomGenerator.getDefault().nextInt(FIRST_PORT, LAST_PORT);
      if (!isFree(candidate)) {
        continue;
      }
      RedisProcess started = RedisProcess.start(program, candidate, directory, arguments);
      if (ready(started)) {
        return new Running(started, candidate);
      }
      failure = started.logTail();
      if (!failure.contains("Address already in use")) {
        break;
      }
    }
    throw failedToStart(failure);
  }

  private boolean ready(RedisProcess started) {
    boolean ready = false;
    try {
      ready = started.awaitReady(startLimit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!ready) {
        started.kill();
      }
    }
    return ready;
  }

  private RedisUnavailableException failedToStart(String failure) {
    return new RedisUnavailableException(
        program.description()
            + " did not answer within "
            + startLimit.toMillis()
            + " ms of its start; its last words:"
            + System.lineSeparator()
            + failure);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, RedisProcess.loopback())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** The address for clients: {@code redis://127.0.0.1:<port>}, which means database 0. */
  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  /** The port, which stays the same over {@link #restart()}. */
  public int port() {
    return port;
  }

  /** The server's version, such as {@code 7.0.15}. */
  public String version() {
    return program.version();
  }

  /** What runs, for people: {@code redis-server 7.0.15 on PATH (/usr/bin/redis-server)}. */
  public String describe() {
    return program.description();
  }

  /** The directory in which the server works and keeps its log; it goes with {@link #close()}. */
  public Path directory() {
    return directory;
  }

  /** Whether the server process lives. */
  public synchronized boolean isRunning() {
    return process.isAlive();
  }

  /** Stops the server in good order (SIGTERM); it can be started again with {@link #restart()}. */
  public synchronized void stop() {
    process.stop();
  }

  /** Ends the server as a crash would (SIGKILL): nothing is saved, no client is told. */
  public synchronized void kill() {
    process.kill();
  }

  /**
   * Starts the server again on the same port and in the same directory, after stopping it if it
   * still runs. The data is gone unless the extra arguments made the server keep it.
   *
   * @throws RedisUnavailableException if it does not come back
   * @throws IllegalStateException after {@link #close()}
   */
  public synchronized void restart() {
    if (closed) {
      throw new IllegalStateException("this local Redis is closed");
    }
    process.stop();
    try {
      process = RedisProcess.start(program, port, directory, arguments);
    } catch (IOException e) {
      throw new RedisUnavailableException(
          "cannot start " + program.description() + " again: " + e.getMessage(), e);
    }
    if (!ready(process)) {
      throw failedToStart(process.logTail());
    }
  }

  /** Kills the server and removes its directory; a second call does nothing. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      log.trace("The JVM is shutting down; its hook finds nothing left to do");
    }
  }

  private synchronized void end() {
    if (closed) {
      return;
    }
    closed = true;
    process.kill();
    deleteQuietly(directory);
  }

  private static void deleteQuietly(@Nullable Path directory) {
    try {
      if (directory != null) {
        FileTree.delete(directory);
      }
    } catch (IOException e) {
      log.warn("Cannot remove {}: {}", directory, e.toString());
    }
  }

  /** Options for a {@link LocalRedis}. Not thread-safe. */
  public static final class Builder {

    private List<RedisSource> sources = List.of(RedisSource.BUNDLED, RedisSource.PATH);
    private List<String> arguments = List.of();
    private Duration startLimit = Duration.ofSeconds(15);
    private Path cache = CacheDirectory.ofThisUser();
    private @Nullable Path program = namedProgram();

    private Builder() {}

    /**
     * The program that the system property {@code rq4j.redis.program} names, or else the
     * environment variable {@code RQ4J_REDIS_PROGRAM}.
     */
    private static @Nullable Path namedProgram() {
      String program =
          System.getProperty(
              "rq4j.redis.program", System.getenv().getOrDefault("RQ4J_REDIS_PROGRAM", ""));
      return program.isBlank() ? null : Path.of(program.strip());
    }

    /**
     * Which programs to try, in this order. Where the system property {@code rq4j.redis.program} or
     * the variable {@code RQ4J_REDIS_PROGRAM} names a program, only that one is.
     */
    public Builder sources(RedisSource first, RedisSource... more) {
      sources = Stream.concat(Stream.of(first), Stream.of(more)).toList();
      return this;
    }

    /** The only program to try, whatever the sources and {@code rq4j.redis.program} say. */
    public Builder program(Path program) {
      this.program = program;
      return this;
    }

    /**
     * Arguments for the server after its own, which they override: {@code "--appendonly", "yes"}.
     */
    public Builder arguments(String... arguments) {
      this.arguments = List.of(arguments);
      return this;
    }

    /** How long the server may take to answer; more than zero, 15 seconds by default. */
    public Builder startLimit(Duration limit) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException("startLimit must be more than zero, not " + limit);
      }
      startLimit = limit;
      return this;
    }

    /**
     * Where the bundled binary is unpacked; by default {@code RQ4J_CACHE}, else {@code rq4j} in the
     * user's cache directory.
     */
    public Builder cache(Path cache) {
      this.cache = cache;
      return this;
    }

    /**
     * Starts the server and waits until it answers.
     *
     * @throws RedisUnavailableException if no server can be run here
     */
    public LocalRedis start() {
      RedisProgram program =
          RedisProgram.find(this.program, sources, SearchPath.ofThisProcess(), cache);
      Path directory = null;
      try {
        directory = Files.createTempDirectory("rq4j-redis-");
        return new LocalRedis(this, program, directory);
      } catch (IOException e) {
        deleteQuietly(directory);
        throw new RedisUnavailableException(
            "cannot start " + program.description() + ": " + e.getMessage(), e);
      } catch (RedisUnavailableException e) {
        deleteQuietly(directory);
        throw e;
      }
    }
  }
}
