package io.github.rq4j.cli.steer;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.settings.SharedOptions;
import io.github.rq4j.client.RqClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rq4j suspend}: lets no worker start another job. */
@Command(
    name = "suspend",
    description = "Lets no worker start another job until 'rq4j resume', as 'rq suspend'.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 done; 1 a duration below 1, or Redis cannot be reached; 2 called wrongly."
    })
public final class SuspendCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "Only for so long. Default: for ever.")
  private @Nullable Long duration;

  @Mixin private final SharedOptions shared = new SharedOptions();
  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public SuspendCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (duration != null && duration < 1) {
      // RQ's words and its exit code; the smallest that it takes is 1.
      throw CommandFailure.failure("Duration must be an integer greater than 1");
    }
    try (RqClient client = shared.client(console)) {
      if (duration == null) {
        client.workers().suspend();
        console
            .out()
            .println(
                "Suspending workers.  No new jobs will be started.  But current jobs will be"
                    + " completed");
      } else {
        client.workers().suspend(Duration.ofSeconds(duration));
        console
            .out()
            .println(
                "Suspending workers for "
                    + duration
                    + " seconds. No new jobs will be started during that time, but then will\n"
                    + "        automatically resume");
      }
    }
    return ExitCode.OK;
  }
}
