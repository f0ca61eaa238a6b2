package io.github.rq4j.cli.steer;

import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.settings.SharedOptions;
import io.github.rq4j.client.RqClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code rq4j resume}: lets workers start jobs again. */
@Command(
    name = "resume",
    description = "Lets workers start jobs again after 'rq4j suspend', as 'rq resume'.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {"", "Exit codes: 0 done; 1 Redis cannot be reached; 2 called wrongly."})
public final class ResumeCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final SharedOptions shared = new SharedOptions();
  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public ResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (RqClient client = shared.client(console)) {
      client.workers().resume();
    }
    console.out().println("Resuming workers.");
    return ExitCode.OK;
  }
}
