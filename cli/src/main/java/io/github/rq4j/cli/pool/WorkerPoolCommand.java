package io.github.rq4j.cli.pool;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.console.LogLevel;
import io.github.rq4j.cli.console.LogOutput;
import io.github.rq4j.cli.worker.ShutdownRequests;
import io.github.rq4j.cli.worker.ShutdownSignals;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code rq4j worker-pool}: several worker processes, kept alive. */
@Command(
    name = "worker-pool",
    description = {
      "Keeps several processes of 'rq4j worker' alive, as 'rq worker-pool'.",
      "For many jobs at once in one process, 'rq4j worker --concurrency' takes less memory."
    },
    customSynopsis = "rq4j worker-pool [-b] [-l LEVEL] [-n N] [options of worker] [QUEUE...]",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "All other options and the queues are handed on to each 'rq4j worker', with --with-scheduler.",
      "Of a settings file, --config FILE, they read QUEUES and where Redis is; its NAME does not"
          + " count.",
      "",
      "Signals: the first SIGTERM or SIGINT lets running jobs come to their end, another one"
          + " interrupts them.",
      "Exit codes: 0 ended as asked; 1 no worker can be started; 2 called wrongly.",
      "",
      "Example:",
      "  rq4j worker-pool -n 4 --classpath shop.jar --handlers shop.Tasks high default"
    })
public final class WorkerPoolCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(WorkerPoolCommand.class);

  private final Console console;
  private final Class<?> program;

  @Option(
      names = {"-b", "--burst"},
      description = "Ends when the queues are empty.")
  private boolean burst;

  @Option(
      names = {"-l", "--logging-level"},
      paramLabel = "LEVEL",
      description = "DEBUG, INFO, WARNING, ERROR or CRITICAL, of pool and workers. Default: INFO.")
  private String loggingLevel = "INFO";

  @Option(
      names = {"-n", "--num-workers"},
      paramLabel = "N",
      description = "How many workers. Default: 1.")
  private int size = 1;

  @Unmatched private final List<String> handedOn = new ArrayList<>();

  @Mixin final HelpOption help = new HelpOption();

  /**
   * A command that writes to this console.
   *
   * @param program the class with the method {@code main} of which {@code worker} is a command
   */
  public WorkerPoolCommand(Console console, Class<?> program) {
    this.console = console;
    this.program = program;
  }

  @Override
  public Integer call() throws InterruptedException {
    LogLevel level =
        LogLevel.ofName(loggingLevel)
            .orElseThrow(
                () ->
                    CommandFailure.misuse(
                        "--logging-level must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not '"
                            + loggingLevel
                            + "'"));
    if (size < 1) {
      throw CommandFailure.misuse("--num-workers must be at least 1, not " + size);
    }
    if (handedOn.contains("--name")) {
      throw CommandFailure.misuse("--name: each worker of a pool has a name of its own");
    }
    LogOutput.configure(console.out(), console.err(), level);
    List<String> arguments = arguments(level);
    WorkerPool pool =
        new WorkerPool(
            size,
            burst,
            () -> UUID.randomUUID().toString().replace("-", ""),
            name -> WorkerProcess.start(program, name, arguments));
    ShutdownRequests requests =
        new ShutdownRequests(pool::shutdown, pool::shutdown, System::nanoTime);
    try (ShutdownSignals signals = ShutdownSignals.to(requests)) {
      log.debug("Worker pool: {}", signals);
      pool.run();
    }
    return ExitCode.OK;
  }

  private List<String> arguments(LogLevel level) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--with-scheduler", "--logging-level", level.name()));
    if (burst) {
      arguments.add("--burst");
    }
    arguments.addAll(handedOn);
    return arguments;
  }
}
