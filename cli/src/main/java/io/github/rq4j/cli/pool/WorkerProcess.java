package io.github.rq4j.cli.pool;

import io.github.rq4j.cli.console.CommandFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM that runs a worker, started like this one.
 *
 * @param name the worker's name
 * @param process its process
 * @param startedAt when it started, by {@link System#nanoTime}
 */
record WorkerProcess(String name, Process process, long startedAt) {

  /**
   * Starts one. Its output goes where this JVM's goes.
   *
   * @param program the class with the method {@code main} of the command
   * @param arguments those of {@code rq4j worker} besides the name
   */
  static WorkerProcess start(Class<?> program, String name, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", classPath(), program.getName(), "worker", "--name", name));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    try {
      return new WorkerProcess(name, builder.start(), System.nanoTime());
    } catch (IOException e) {
      throw CommandFailure.failure("no worker can be started: " + e.getMessage(), e);
    }
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }
}
