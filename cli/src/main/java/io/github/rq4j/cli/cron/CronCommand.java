package io.github.rq4j.cli.cron;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.console.LogLevel;
import io.github.rq4j.cli.console.LogOutput;
import io.github.rq4j.cli.console.RedisAddress;
import io.github.rq4j.cli.console.Verbosity;
import io.github.rq4j.cli.worker.ShutdownRequests;
import io.github.rq4j.cli.worker.ShutdownSignals;
import io.github.rq4j.worker.cron.CronScheduler;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
  private static final Logger log = LoggerFactory.getLogger(CronCommand.class);

  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "The file with the jobs.")
  private @Nullable Path config;

  @Option(
      names = {"-u", "--url"},
      paramLabel = "URL",
      description = "Redis, as for 'rq4j worker'.")
  private @Nullable String url;

  @Option(
      names = {"-l", "--logging-level"},
      paramLabel = "LEVEL",
      description = "DEBUG, INFO, WARNING, ERROR or CRITICAL. Default: INFO.")
  private String loggingLevel = "INFO";

  @Option(
      names = {"-v", "--verbose"},
      description = "Says more: the level DEBUG.")
  private boolean verbose;

  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public CronCommand(Console console) {
    this.console = console;
  }

  @Override
  public boolean isVerbose() {
    return verbose;
  }

  @Override
  public Integer call() throws InterruptedException {
    LogOutput.configure(console.out(), console.err(), level());
    if (config == null) {
      throw CommandFailure.misuse("a configuration file is missing");
    }
    String redis = RedisAddress.find(url, console.environment());
    try (CronScheduler scheduler = CronFile.read(config, redis)) {
      scheduler.start();
      ShutdownRequests requests =
          new ShutdownRequests(scheduler::shutdown, scheduler::shutdown, System::nanoTime);
      try (ShutdownSignals signals = ShutdownSignals.to(requests)) {
        log.debug("CronScheduler {}: {}", scheduler.name(), signals);
        scheduler.awaitEnd();
      }
    }
    return ExitCode.OK;
  }

  private LogLevel level() {
    if (verbose) {
      return LogLevel.DEBUG;
    }
    return LogLevel.ofName(loggingLevel)
        .orElseThrow(
            () ->
                CommandFailure.misuse(
                    "--logging-level must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not '"
                        + loggingLevel
                        + "'"));
  }
}
