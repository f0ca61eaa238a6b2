package io.github.rq4j.cli.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How users start {@code rq4j}: by the launcher script that started this JVM, or where there was
 * none, by {@code java} alone. Immutable.
 *
 * @param command the words before the subcommand
 */
record JavaProgram(List<String> command) {
  /** How the launcher script tells where it is. */
  private static final String LAUNCHER = "rq4j.launcher.path";

  JavaProgram {
    command = List.copyOf(command);
  }

  /**
   * The one of this JVM.
   *
   * @param main the class with the method {@code main} of the command
   */
  static JavaProgram ofThisProcess(Class<?> main) {
    String launcher = System.getProperty(LAUNCHER);
    if (launcher != null) {
      return new JavaProgram(List.of(launcher));
    }
    return ofClass(main);
  }

  /** A class with a method {@code main}, run by the Java of this JVM. */
  static JavaProgram ofClass(Class<?> main) {
    return new JavaProgram(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
  }

  /** The program with these arguments, on this Redis. */
  ProcessBuilder command(String redis, List<String> arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().put("RQ_REDIS_URL", redis);
    return builder;
  }
}
