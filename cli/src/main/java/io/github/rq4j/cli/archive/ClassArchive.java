package io.github.rq4j.cli.archive;

import io.github.rq4j.cli.console.CommandFailure;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes an archive of classes as HotSpot's class data sharing reads it (JEP 310). */
final class ClassArchive {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path file;
  private final String classPath;

  ClassArchive(Path file, String classPath) {
    this.file = file;
    this.classPath = classPath;
  }

  /**
   * Makes it of the classes that a rehearsal loads, in place of one that is there.
   *
   * @param rehearsal the arguments for java behind the class path: a main class and its arguments
   * @throws CommandFailure if a JVM fails or takes too long
   */
  void make(List<String> rehearsal) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("rq4j-class-archive");
    Path names = directory.resolve("classes");
    Path made = directory.resolve("archive");
    try {
      List<String> dumping = new ArrayList<>(List.of("-XX:DumpLoadedClassList=" + names));
      dumping.addAll(List.of("-cp", classPath));
      dumping.addAll(rehearsal);
      run("the rehearsal", dumping);
      run(
          "the dump",
          List.of(
              // Of the collectors that workers may run with, the others read what this one left.
              "-XX:+UseG1GC",
              "-Xshare:dump",
              "-XX:SharedClassListFile=" + names,
              "-XX:SharedArchiveFile=" + made,
              "-cp",
              classPath));
      moveIntoPlace(made);
    } finally {
      Files.deleteIfExists(names);
      Files.deleteIfExists(made);
      Files.deleteIfExists(directory);
    }
  }

  /** Commands that start meanwhile find the old one, or the new one, and no half of it. */
  private void moveIntoPlace(Path made) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.copy(made, beside);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void run(String what, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw CommandFailure.failure(what + " took longer than " + PATIENCE.toMinutes() + " min");
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw CommandFailure.failure(what + " ended with exit code " + process.exitValue());
    }
  }
}
