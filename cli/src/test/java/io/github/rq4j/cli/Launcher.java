package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts programs as their user does, with their output in files of a directory. */
record Launcher(Path directory) {
  private static final Path SCRIPT =
      Path.of(System.getProperty("rq4j.launcher", "../rq4j")).toAbsolutePath().normalize();

  /** The launcher script of the checkout. */
  ProcessBuilder command(String... args) {
    return program(SCRIPT.toString(), args);
  }

  ProcessBuilder program(String program, String... args) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  Process start(ProcessBuilder command) throws IOException {
    return command
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  CommandRun run(ProcessBuilder command) throws IOException, InterruptedException {
    return finish(start(command));
  }

  CommandRun finish(Process process) throws IOException, InterruptedException {
    try {
      assertThat(process.waitFor(8, TimeUnit.MINUTES)).as("the command ends").isTrue();
      return new CommandRun(process.exitValue(), output(), read("err"));
    } finally {
      process.destroyForcibly();
    }
  }

  /** What a process has written so far. */
  String output() throws IOException {
    return read("out");
  }

  private String read(String stream) throws IOException {
    return Files.readString(directory.resolve(stream));
  }
}
