package io.github.rq4j.cli;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.Verbosity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Says in one line why a command did not do what it was asked to. No lambdas: an archive of loaded
 * classes cannot hold those of interfaces with class files as old as the parser's.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Console console;

  Failures(Console console) {
    this.console = console;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    console.err().println(command + ": " + oneLine(failure) + " (try '" + command + " --help')");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, @Nullable ParseResult ignored) {
    String name = command.getCommandSpec().qualifiedName();
    console.err().println(name + ": " + oneLine(failure));
    if (command.getCommand() instanceof Verbosity verbosity && verbosity.isVerbose()) {
      failure.printStackTrace(console.err());
    }
    return failure instanceof CommandFailure known ? known.exitCode() : ExitCode.SOFTWARE;
  }

  private static String oneLine(Exception failure) {
    @Nullable String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getName() : message.strip();
  }
}
