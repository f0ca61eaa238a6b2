package io.github.rq4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rq4j} without a subcommand. */
@Command(
    name = RootCommand.NAME,
    description = "Runs jobs of Python RQ on the JVM, and the other way round.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    subcommands = CommandLine.HelpCommand.class,
    synopsisSubcommandLabel = "COMMAND")
final class RootCommand implements Runnable {
  static final String NAME = "rq4j";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
