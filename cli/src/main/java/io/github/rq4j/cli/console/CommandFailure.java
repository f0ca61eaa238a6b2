package io.github.rq4j.cli.console;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** Ends a command with a message of one line for its user and an exit code. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The command was called wrongly, or lacks something that its user has to provide: 2. */
  public static CommandFailure misuse(String message) {
    return new CommandFailure(ExitCode.USAGE, message, null);
  }

  /** The command was called wrongly, or lacks something that its user has to provide: 2. */
  public static CommandFailure misuse(String message, Throwable cause) {
    return new CommandFailure(ExitCode.USAGE, message, cause);
  }

  /** The command could not do what it was asked to: 1. */
  public static CommandFailure failure(String message) {
    return new CommandFailure(ExitCode.SOFTWARE, message, null);
  }

  /** The command could not do what it was asked to: 1. */
  public static CommandFailure failure(String message, Throwable cause) {
    return new CommandFailure(ExitCode.SOFTWARE, message, cause);
  }

  /** The exit code of the process. */
  public int exitCode() {
    return exitCode;
  }
}
