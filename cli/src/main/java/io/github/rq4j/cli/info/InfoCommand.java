package io.github.rq4j.cli.info;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.console.JsonOption;
import io.github.rq4j.cli.console.JsonOutput;
import io.github.rq4j.cli.settings.SharedOptions;
import io.github.rq4j.cli.worker.UntilSignal;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rq4j info}: queues and workers, line for line as {@code rq info} shows them. */
@Command(
    name = "info",
    description = "Shows queues and workers, as 'rq info'. Changes nothing.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {"", "Exit codes: 0 shown; 1 Redis cannot be reached; 2 called wrongly."})
public final class InfoCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "QUEUE",
      arity = "0..*",
      description = "Queues to show, and the workers on them. Default: all.")
  private List<String> queues = List.of();

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "SECONDS",
      description = "Shows it again and again, every so many seconds, until interrupted.")
  private double interval;

  @Option(
      names = {"-r", "--raw"},
      description = "Only the figures: no charts, no sums.")
  private boolean raw;

  @Option(
      names = {"-Q", "--only-queues"},
      description = "Only the queues.")
  private boolean onlyQueues;

  @Option(
      names = {"-W", "--only-workers"},
      description = "Only the workers.")
  private boolean onlyWorkers;

  @Option(
      names = {"-R", "--by-queue"},
      description = "The workers by queue.")
  private boolean byQueue;

  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final SharedOptions shared = new SharedOptions();
  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public InfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!(interval >= 0 && interval <= Integer.MAX_VALUE)) {
      throw CommandFailure.misuse("--interval must be a number of seconds, not " + interval);
    }
    RedisSettings settings = shared.redis(console);
    try (RqClient client = RqClient.builder(settings).build();
        RedisServer server = new RedisServer(settings)) {
      if (interval == 0) {
        show(Overview.read(client, server, queues));
      } else {
        repeat(client, server);
      }
    }
    return ExitCode.OK;
  }

  private void repeat(RqClient client, RedisServer server) throws InterruptedException {
    Duration pause = Duration.ofMillis(Math.round(interval * 1_000));
    try (UntilSignal end = new UntilSignal()) {
      do {
        Overview overview = Overview.read(client, server, queues);
        console.out().print(json.isRequested() ? "" : console.terminal().cleared());
        show(overview);
      } while (!end.await(pause));
      console.out().println();
    }
  }

  private void show(Overview overview) {
    if (json.isRequested()) {
      JsonOutput.print(console, overview.asMap(!onlyWorkers || onlyQueues, !onlyQueues));
      return;
    }
    InfoText text = new InfoText(console.terminal(), raw, byQueue);
    List<String> lines =
        onlyQueues
            ? text.queues(overview)
            : onlyWorkers ? text.workers(overview) : text.both(overview);
    lines.forEach(console.out()::println);
  }
}
