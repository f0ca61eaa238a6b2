package io.github.rq4j.cli;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rq4j completion}: prints what lets a shell complete commands and options. */
@Command(
    name = "completion",
    description = "Prints a script that lets bash or zsh complete commands and options.",
    usageHelpAutoWidth = true,
    footer = {"", "Example, in ~/.bashrc or ~/.zshrc:", "  source <(rq4j completion bash)"})
final class CompletionCommand implements Callable<Integer> {
  private final Console console;
  private final Supplier<CommandLine> all;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String shell = "";

  @Mixin final HelpOption help = new HelpOption();

  /**
   * A command that writes to this console.
   *
   * @param all gives the command line with all commands
   */
  CompletionCommand(Console console, Supplier<CommandLine> all) {
    this.console = console;
    this.all = all;
  }

  @Override
  public Integer call() {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw CommandFailure.misuse("SHELL must be bash or zsh, not '" + shell + "'");
    }
    // The script finds out which of the two reads it.
    console.out().println(AutoComplete.bash("rq4j", all.get()));
    return ExitCode.OK;
  }
}
