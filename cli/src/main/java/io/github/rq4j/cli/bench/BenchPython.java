package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.local.PythonEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Real Python RQ in its virtualenv, with the benchmark's functions and scripts beside it. */
final class BenchPython implements AutoCloseable {
  private static final List<String> SCRIPTS = List.of("bench_tasks.py", "fill.py", "enqueue.py");
  private static final Duration SCRIPT_LIMIT = Duration.ofMinutes(5);

  private final PythonEnvironment environment;
  private final Path scripts;

  BenchPython(PythonEnvironment environment) throws IOException {
    this.scripts = Files.createTempDirectory("rq4j-bench-");
    this.environment = environment.withModules(scripts);
    for (String script : SCRIPTS) {
      try (InputStream source = BenchPython.class.getResourceAsStream(script)) {
        if (source == null) {
          throw new IllegalStateException(script + " is missing in the build");
        }
        Files.copy(source, scripts.resolve(script));
      }
    }
  }

  String pythonVersion() {
    return environment.interpreter().version();
  }

  String rqVersion() {
    return environment.versionOf("rq");
  }

  /** Enqueues the jobs of a workload. */
  void fill(String redis, Workload workload) throws InterruptedException {
    run(redis, "fill.py", workload.arguments());
  }

  /**
   * Runs one of the scripts to its end.
   *
   * @return what it printed
   */
  String run(String redis, String script, String... arguments) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of(scripts.resolve(script).toString()));
    all.addAll(List.of(arguments));
    try (ProcessFamily python = ProcessFamily.start(command(redis, "python", all))) {
      if (!python.await(SCRIPT_LIMIT)) {
        throw CommandFailure.failure(script + " did not end well: " + python.lastWords());
      }
      return python.lastWords();
    }
  }

  /** A command of RQ. */
  ProcessBuilder rq(String redis, List<String> arguments) {
    return command(redis, "rq", arguments);
  }

  private ProcessBuilder command(String redis, String program, List<String> arguments) {
    ProcessBuilder command =
        environment.command(program, arguments.toArray(String[]::new)).directory(scripts.toFile());
    // In the environment, where RQ looks for it, a password is not seen by other users.
    command.environment().put("RQ_REDIS_URL", redis);
    // Without it macOS kills the forked children of a Python that has used system libraries.
    command.environment().put("OBJC_DISABLE_INITIALIZE_FORK_SAFETY", "YES");
    return command;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(scripts)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
