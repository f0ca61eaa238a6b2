package io.github.rq4j.interop.examples;

import io.github.rq4j.local.CommandResult;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** The Python module that the examples call, and a worker of RQ that knows it. */
final class PythonTasks {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private PythonTasks() {}

  /** Runs what is queued in a worker of its own: {@code rq worker --burst}. */
  static CommandResult workBurst(PythonRq python, TestRedis redis, Path directory)
      throws IOException {
    try (InputStream tasks =
        Objects.requireNonNull(PythonTasks.class.getResourceAsStream("tasks.py"))) {
      Files.write(directory.resolve("tasks.py"), tasks.readAllBytes());
    }
    return python
        .environment()
        .withModules(directory)
        .withVariable("RQ_REDIS_URL", redis.uri().toString())
        .run(LIMIT, "rq", "worker", "--burst");
  }
}
