package io.github.rq4j.cli.console;

import picocli.CommandLine.Option;

/** {@code --help} of a subcommand. */
public final class HelpOption {

  // Not private: only picocli reads it, and acts before the command is run.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help and ends.")
  boolean requested;

  /** The option, not given yet. */
  public HelpOption() {}
}
