package io.github.rq4j.cli.codec;

import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import java.io.InputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rq4j pickle}: turns pickles into text and back. */
@Command(
    name = "pickle",
    description = "Turns pickles into text and back, without Python and without running anything.",
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND")
public final class PickleCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin final HelpOption help = new HelpOption();

  private PickleCommand() {}

  /**
   * The command with its two subcommands.
   *
   * @param console where it writes
   * @param in standard input
   */
  public static CommandLine of(Console console, InputStream in) {
    return new CommandLine(new PickleCommand())
        .addSubcommand(new PickleDecodeCommand(console, in))
        .addSubcommand(new PickleEncodeCommand(console, in));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "decode or encode is missing");
  }
}
