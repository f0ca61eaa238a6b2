package io.github.rq4j.cli.cron;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.console.LogOptions;
import io.github.rq4j.cli.console.Verbosity;
import io.github.rq4j.cli.settings.SharedOptions;
import io.github.rq4j.cli.worker.SignalledRun;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.worker.cron.CronScheduler;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rq4j cron}: enqueues jobs at intervals and at the times of cron expressions. */
@Command(
    name = "cron",
    description = "Enqueues jobs at intervals and at the times of cron expressions, as 'rq cron'.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "The file is in TOML, each job with the names that rq.cron.register has:",
      "  [[job]]",
      "  func = \"shop.tasks.report\"",
      "  queue_name = \"low\"",
      "  cron = \"0 6 * * mon\"      # or: interval = 300",
      "  args = [\"weekly\"]",
      "",
      "Exit codes: 0 ended by a signal; 1 Redis cannot be reached; 2 called wrongly, or the file is"
          + " wrong."
    })
public final class CronCommand implements Callable<Integer>, Verbosity {
  private final Console console;

  @Parameters(paramLabel = "JOBS", description = "The file with the jobs.")
  private @Nullable Path jobs;

  @Mixin private final SharedOptions shared = new SharedOptions();

  @Mixin private final LogOptions logging = new LogOptions();

  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public CronCommand(Console console) {
    this.console = console;
  }

  @Override
  public boolean isVerbose() {
    return logging.isVerbose();
  }

  @Override
  public Integer call() throws InterruptedException {
    logging.configure(console);
    if (jobs == null) {
      throw CommandFailure.misuse("a configuration file is missing");
    }
    RedisSettings redis = shared.redis(console);
    Serializer serializer = shared.namesSerializer() ? shared.serializer() : null;
    try (CronScheduler scheduler = CronFile.read(jobs, redis, serializer)) {
      new SignalledRun(
              "CronScheduler " + scheduler.name(), scheduler::shutdown, scheduler::shutdown)
          .run(scheduler::start, scheduler::awaitEnd);
    }
    return ExitCode.OK;
  }
}
