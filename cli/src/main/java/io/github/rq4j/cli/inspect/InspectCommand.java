package io.github.rq4j.cli.inspect;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.console.JsonOption;
import io.github.rq4j.cli.console.JsonOutput;
import io.github.rq4j.cli.settings.SharedOptions;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rq4j inspect}: shows all that Redis holds of a job, decoded. */
@Command(
    name = "inspect",
    description = {
      "Shows all that Redis holds of a job, decoded: call, state, results, where it is now.",
      "Nothing that the job names is loaded or called."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 shown; 1 there is no such job, or Redis cannot be reached; 2 called wrongly."
    })
public final class InspectCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "JOB", description = "The job's id.")
  private String id = "";

  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final SharedOptions shared = new SharedOptions();
  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    RedisSettings settings = shared.redis(console);
    SerializerDetection detection =
        shared.namesSerializer()
            ? new SerializerDetection(shared.serializer())
            : new SerializerDetection();
    try (RedisServer server = new RedisServer(settings)) {
      Map<String, @Nullable Object> report = new JobReport(settings, server, detection).of(id);
      if (report == null) {
        throw CommandFailure.failure("there is no job " + id);
      }
      if (json.isRequested()) {
        JsonOutput.print(console, report);
      } else {
        new ReportText(console.out()).print(report);
      }
    }
    return ExitCode.OK;
  }
}
