package io.github.rq4j.cli.console;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much a command that runs for long says, by the options of {@code rq worker}. */
public final class LogOptions implements Verbosity {

  @Option(
      names = {"-l", "--logging-level", "--logging_level"},
      paramLabel = "LEVEL",
      description = "DEBUG, INFO, WARNING, ERROR or CRITICAL. Default: INFO.")
  private @Nullable String loggingLevel;

  @Option(
      names = {"-v", "--verbose"},
      description = "Says more: the level DEBUG.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Says less: the level WARNING.")
  private boolean quiet;

  /** The options, not given yet. */
  public LogOptions() {}

  @Override
  public boolean isVerbose() {
    return verbose;
  }

  /**
   * Sends the JVM's log messages to the console, from the level on that was asked for.
   *
   * @throws CommandFailure if the options are not understood
   */
  public void configure(Console console) {
    LogOutput.configure(console.out(), console.err(), level());
  }

  /**
   * The level that was asked for.
   *
   * @throws CommandFailure if the options are not understood
   */
  public LogLevel level() {
    if (verbose && quiet) {
      throw CommandFailure.misuse("--verbose and --quiet contradict each other");
    }
    if (loggingLevel != null) {
      return LogLevel.ofName(loggingLevel)
          .orElseThrow(
              () ->
                  CommandFailure.misuse(
                      "--logging-level must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not '"
                          + loggingLevel
                          + "'"));
    }
    return verbose ? LogLevel.DEBUG : quiet ? LogLevel.WARNING : LogLevel.INFO;
  }
}
