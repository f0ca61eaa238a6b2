package io.github.rq4j.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The streams and the environment of a command. Immutable; the streams are shared.
 *
 * @param out standard output
 * @param err standard error
 * @param environment the environment variables
 * @param terminal what standard output leads to
 */
public record Console(
    PrintStream out, PrintStream err, Map<String, String> environment, Terminal terminal) {

  /** Copies the environment. */
  public Console {
    environment = Map.copyOf(environment);
  }

  /** Streams that lead to no terminal. */
  public Console(PrintStream out, PrintStream err, Map<String, String> environment) {
    this(out, err, environment, Terminal.NONE);
  }

  /** This process's own, written as UTF-8 whatever the locale says, as Python does. */
  public static Console ofThisProcess() {
    Map<String, String> environment = System.getenv();
    return new Console(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        environment,
        Terminal.ofThisProcess(environment));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
