package io.github.rq4j.cli.demo;

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

/** Real Python RQ in its virtualenv, with the demo's scripts beside it. */
final class PythonSide implements AutoCloseable {
  private static final List<String> SCRIPTS =
      List.of("enqueue.py", "look.py", "reports.py", "tidy.py");
  private static final Duration SCRIPT_LIMIT = Duration.ofMinutes(1);
  private static final Duration TIDY_LIMIT = Duration.ofSeconds(20);

  private final Narrator narrator;
  private final Cleanup cleanup;
  private final PythonEnvironment environment;
  private final String redis;
  private final boolean keep;
  private final Path scripts;

  PythonSide(
      Narrator narrator, Cleanup cleanup, PythonEnvironment environment, String redis, boolean keep)
      throws IOException {
    this.narrator = narrator;
    this.cleanup = cleanup;
    this.redis = redis;
    this.keep = keep;
    this.scripts = Files.createTempDirectory("rq4j-demo-");
    this.environment = environment.withModules(scripts);
    for (String script : SCRIPTS) {
      try (InputStream source = PythonSide.class.getResourceAsStream(script)) {
        if (source == null) {
          throw new IllegalStateException(script + " is missing in the build");
        }
        Files.copy(source, scripts.resolve(script));
      }
    }
  }

  Path scripts() {
    return scripts;
  }

  /** Runs one of the demo's scripts and tells what it prints. */
  void script(String name, String... arguments) throws InterruptedException {
    narrator.say("$ python " + name);
    narrator.line("");
    String[] all = new String[arguments.length + 1];
    all[0] = scripts.resolve(name).toString();
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    tell("python", command("python", all));
  }

  /** Runs RQ's own command and tells what it prints. */
  void rq(String actor, String... arguments) throws InterruptedException {
    narrator.say("$ rq " + String.join(" ", arguments));
    narrator.line("");
    tell(actor, command("rq", arguments));
  }

  private ProcessBuilder command(String program, String... arguments) {
    ProcessBuilder command = environment.command(program, arguments).directory(scripts.toFile());
    // In the environment, where RQ looks for it, a password is not seen by other users.
    command.environment().put("RQ_REDIS_URL", redis);
    // A killed process must not leave a half written file in the directory that is deleted.
    command.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    // Without it macOS kills the forked children of a Python that has used system libraries.
    command.environment().put("OBJC_DISABLE_INITIALIZE_FORK_SAFETY", "YES");
    return command;
  }

  private void tell(String actor, ProcessBuilder command) throws InterruptedException {
    try (LineStream voice = narrator.voice(actor);
        ToldProcess process = cleanup.add(ToldProcess.start(command, voice))) {
      int exitCode = process.await(SCRIPT_LIMIT);
      if (exitCode != 0) {
        throw CommandFailure.failure(
            "'" + String.join(" ", command.command()) + "' ended with exit code " + exitCode);
      }
    } catch (IOException e) {
      throw CommandFailure.failure("cannot run " + command.command().get(0) + ": " + e, e);
    }
  }

  /** Deletes queues and jobs; tells whether that worked. */
  boolean tidy(List<String> queues, List<String> jobs) {
    List<String> arguments = new ArrayList<>(queues);
    arguments.add("--");
    arguments.addAll(jobs);
    arguments.add(0, scripts.resolve("tidy.py").toString());
    try (LineStream voice = narrator.voice("python");
        ToldProcess process =
            ToldProcess.start(command("python", arguments.toArray(new String[0])), voice)) {
      return process.await(TIDY_LIMIT) == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (keep) {
      return;
    }
    try (Stream<Path> files = Files.list(scripts)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(scripts);
  }
}
