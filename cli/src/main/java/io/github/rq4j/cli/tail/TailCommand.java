package io.github.rq4j.cli.tail;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.console.JsonOption;
import io.github.rq4j.cli.console.JsonOutput;
import io.github.rq4j.cli.console.Terminal;
import io.github.rq4j.cli.settings.SharedOptions;
import io.github.rq4j.cli.worker.UntilSignal;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rq4j tail}: shows what happens to the jobs of queues. */
@Command(
    name = "tail",
    description = {
      "Shows what happens to the jobs of queues, as it happens, until interrupted.",
      "Looks at the queues at intervals and changes nothing; the server needs no special settings."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {"", "Exit codes: 0 ended as asked; 1 Redis cannot be reached; 2 called wrongly."})
public final class TailCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final Console console;
  private final Clock clock = Clock.systemUTC();

  @Parameters(
      paramLabel = "QUEUE",
      arity = "0..*",
      description = "Queues to watch. Default: all, also those to come.")
  private List<String> queues = List.of();

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "SECONDS",
      description = "How often to look. Default: 1.")
  private double interval = 1;

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "Looks at so many jobs of each queue and registry. Default: 500.")
  private int most = 500;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "Ends after so long. Default: never.")
  private @Nullable Long duration;

  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final SharedOptions shared = new SharedOptions();
  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public TailCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!(interval >= 0.01 && interval <= 3_600) || most < 1) {
      throw CommandFailure.misuse(
          "--interval must be from 0.01 to 3600 seconds, and --most at least 1");
    }
    Duration pause = Duration.ofMillis(Math.round(interval * 1_000));
    Instant end = duration == null ? Instant.MAX : clock.instant().plusSeconds(duration);
    Map<String, QueueWatch> watches = new LinkedHashMap<>();
    try (RqClient client = shared.client(console);
        UntilSignal signal = new UntilSignal()) {
      Instant start = clock.instant();
      for (Queue queue : queues(client)) {
        watches.put(queue.name(), QueueWatch.from(client, queue, most, start));
      }
      do {
        for (Queue queue : queues(client)) {
          watches.computeIfAbsent(
              queue.name(), name -> QueueWatch.since(client, queue, most, start));
        }
        show(watches);
      } while (clock.instant().isBefore(end) && !signal.await(pause));
    }
    return ExitCode.OK;
  }

  private List<Queue> queues(RqClient client) {
    return queues.isEmpty() ? client.queues() : queues.stream().map(client::queue).toList();
  }

  private void show(Map<String, QueueWatch> watches) {
    List<Event> events = new ArrayList<>();
    watches.values().forEach(watch -> events.addAll(watch.events(clock.instant())));
    events.sort(Comparator.comparing(Event::time));
    for (Event event : events) {
      if (json.isRequested()) {
        JsonOutput.print(console, event.asMap());
      } else {
        console.out().println(line(event));
      }
    }
  }

  private String line(Event event) {
    Terminal terminal = console.terminal();
    String padded = "%-9s".formatted(event.what());
    String what =
        switch (event.what()) {
          case "finished" -> terminal.green(padded);
          case "failed" -> terminal.red(padded);
          case "started" -> terminal.yellow(padded);
          default -> padded;
        };
    String time = TIME.format(event.time().atZone(ZoneId.systemDefault()));
    String detail = event.detail() == null ? "" : " " + event.detail();
    return "%s %s: %s %s (%s)%s"
        .formatted(time, event.queue(), what, event.description(), event.jobId(), detail);
  }
}
