package io.github.rq4j.cli.doctor;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.console.JsonOption;
import io.github.rq4j.cli.console.JsonOutput;
import io.github.rq4j.cli.console.Terminal;
import io.github.rq4j.cli.inspect.SerializerDetection;
import io.github.rq4j.cli.settings.SharedOptions;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rq4j doctor}: looks for what keeps jobs from running, and says what to do. */
@Command(
    name = "doctor",
    description = {
      "Looks for what keeps jobs from running or may lose them, and says what to do about it.",
      "Changes nothing."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 all is well; 1 something needs to be done, or Redis cannot be reached; 2 called"
          + " wrongly."
    })
public final class DoctorCommand implements Callable<Integer> {
  private static final int WIDTH = 7;

  private final Console console;

  @Parameters(
      paramLabel = "QUEUE",
      arity = "0..*",
      description = "Queues to look at. Default: all.")
  private List<String> queues = List.of();

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Looks at so many jobs of each queue. Default: 200.")
  private int sample = 200;

  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final SharedOptions shared = new SharedOptions();
  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (sample < 1) {
      throw CommandFailure.misuse("--sample must be at least 1, not " + sample);
    }
    RedisSettings settings = shared.redis(console);
    List<Finding> findings = new ArrayList<>();
    try (RedisServer server = new RedisServer(settings);
        RqClient client = RqClient.builder(settings).build()) {
      Clock clock = Clock.systemUTC();
      findings.addAll(new ServerChecks(server, clock).run());
      findings.addAll(new PermissionChecks(server).run());
      findings.addAll(new WorkerChecks(client, server).run());
      List<Queue> given =
          queues.isEmpty() ? client.queues() : queues.stream().map(client::queue).toList();
      QueueChecks checks = new QueueChecks(client, server, detection(), sample, clock.instant());
      given.forEach(queue -> findings.addAll(checks.run(queue)));
    }
    if (json.isRequested()) {
      JsonOutput.print(console, findings.stream().map(Finding::asMap).toList());
    } else {
      findings.forEach(this::print);
    }
    return findings.stream().anyMatch(Finding::isBad) ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private SerializerDetection detection() {
    return shared.namesSerializer()
        ? new SerializerDetection(shared.serializer())
        : new SerializerDetection();
  }

  private void print(Finding finding) {
    Terminal terminal = console.terminal();
    String name = finding.grade().name().toLowerCase(Locale.ROOT);
    String padded = name + " ".repeat(WIDTH - name.length());
    String grade =
        switch (finding.grade()) {
          case OK -> terminal.green(padded);
          case NOTE -> padded;
          case WARNING -> terminal.yellow(padded);
          case PROBLEM -> terminal.red(padded);
        };
    console.out().println(grade + "  " + finding.check() + ": " + finding.text());
    if (finding.advice() != null) {
      console.out().println(" ".repeat(WIDTH + 2) + "-> " + finding.advice());
    }
  }
}
