package io.github.rq4j.cli.steer;

import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.settings.SharedOptions;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rq4j empty}: deletes the jobs that wait in queues. */
@Command(
    name = "empty",
    description = "Deletes the jobs that wait in queues, as 'rq empty'.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 done, or nothing to do; 1 Redis cannot be reached; 2 called wrongly."
    })
public final class EmptyCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "QUEUE", arity = "0..*", description = "Queues to empty.")
  private List<String> queues = List.of();

  @Option(
      names = {"-a", "--all"},
      description = "Empties all queues.")
  private boolean all;

  @Mixin private final SharedOptions shared = new SharedOptions();
  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public EmptyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (RqClient client = shared.client(console)) {
      List<Queue> given = all ? client.queues() : queues.stream().map(client::queue).toList();
      if (given.isEmpty()) {
        console.out().println("Nothing to do");
      }
      for (Queue queue : given) {
        console.out().println(queue.empty() + " jobs removed from " + queue.name() + " queue");
      }
    }
    return ExitCode.OK;
  }
}
