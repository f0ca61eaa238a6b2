package io.github.rq4j.cli.steer;

import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.settings.SharedOptions;
import io.github.rq4j.client.InvalidJobOperationException;
import io.github.rq4j.client.JobRegistry;
import io.github.rq4j.client.NoSuchJobException;
import io.github.rq4j.client.RqClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rq4j requeue}: puts failed jobs back into their queues. */
@Command(
    name = "requeue",
    description = "Puts failed jobs back into their queues, as 'rq requeue'.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 all done, or nothing to do; 1 some could not be, or Redis cannot be reached;"
          + " 2 called wrongly."
    })
public final class RequeueCommand implements Callable<Integer> {
  private static final int PAGE = 1_000;

  private final Console console;

  @Parameters(paramLabel = "JOB", arity = "0..*", description = "Ids of jobs that failed.")
  private List<String> jobs = List.of();

  @Option(
      names = "--queue",
      paramLabel = "QUEUE",
      required = true,
      description = "The queue whose failed jobs they are.")
  private String queue = "";

  @Option(
      names = {"-a", "--all"},
      description = "All failed jobs of the queue.")
  private boolean all;

  @Mixin private final SharedOptions shared = new SharedOptions();
  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public RequeueCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (RqClient client = shared.client(console)) {
      JobRegistry failed = client.queue(queue).registry(JobRegistry.Kind.FAILED);
      List<String> ids = all ? allOf(failed) : jobs;
      if (ids.isEmpty()) {
        console.out().println("Nothing to do");
        return ExitCode.OK;
      }
      console.out().println("Requeueing " + ids.size() + " jobs from failed queue");
      int refused = requeue(failed, ids);
      if (refused > 0) {
        console
            .out()
            .println(
                console
                    .terminal()
                    .red("Unable to requeue " + refused + " jobs from failed job registry"));
      }
      return refused > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }
  }

  private static List<String> allOf(JobRegistry registry) {
    List<String> ids = new ArrayList<>();
    while (true) {
      List<String> page = registry.jobIds(ids.size(), PAGE);
      ids.addAll(page);
      if (page.size() < PAGE) {
        return ids;
      }
    }
  }

  private int requeue(JobRegistry failed, List<String> ids) {
    ProgressBar progress = new ProgressBar(console, ids.size(), System::nanoTime);
    int refused = 0;
    for (String id : ids) {
      try {
        failed.requeue(id);
      } catch (NoSuchJobException | InvalidJobOperationException e) {
        refused++;
      }
      progress.advance();
    }
    progress.end();
    return refused;
  }
}
