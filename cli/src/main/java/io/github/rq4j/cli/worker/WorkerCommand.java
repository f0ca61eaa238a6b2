package io.github.rq4j.cli.worker;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.console.LogOptions;
import io.github.rq4j.cli.console.Verbosity;
import io.github.rq4j.cli.settings.SharedOptions;
import io.github.rq4j.cli.settings.WorkerDefaults;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rq4j worker}: takes jobs from queues and runs Java functions for them. */
@picocli.CommandLine.Command(
    name = "worker",
    description = {
      "Takes jobs that Python RQ enqueued and runs Java functions for them.",
      "Named like the options of 'rq worker' where RQ has them."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Functions are methods annotated with @RqFunction(\"tasks.add\"), in classes that --handlers"
          + " names, or what a HandlerProvider listed in META-INF/services registers.",
      "",
      "Signals: the first SIGTERM or SIGINT lets running jobs come to their end; another one, at"
          + " least a second later, or the end of --shutdown-timeout interrupts them.",
      "Exit codes: 0 ended as asked; 1 could not start; 2 called wrongly; 3 its process is worn out"
          + " and has to be replaced.",
      "",
      "Example:",
      "  rq4j worker --classpath 'build/tasks.jar:lib/*' --handlers shop.Tasks high default"
    })
public final class WorkerCommand implements Callable<Integer>, Verbosity {
  private static final Logger log = LoggerFactory.getLogger(WorkerCommand.class);
  // Neither of RQ's codes nor one that a shell or a JVM gives by itself.
  private static final int WORN_OUT = 3;

  private final Console console;

  @Parameters(
      paramLabel = "QUEUE",
      arity = "0..*",
      description =
          "Queues to take jobs from, the most important first. Default: QUEUES of the settings file,"
              + " else default.")
  private String[] queues = {};

  @Mixin private final HandlerOptions handlers = new HandlerOptions();

  @Mixin private final SharedOptions shared = new SharedOptions();

  @Mixin private final WorkerSettings settings = new WorkerSettings();

  @Mixin private final IsolationSettings isolation = new IsolationSettings();

  @Option(names = "--pid", paramLabel = "FILE", description = "Writes the process id to this file.")
  private @Nullable Path pidFile;

  @Mixin private final LogOptions logging = new LogOptions();

  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public WorkerCommand(Console console) {
    this.console = console;
  }

  @Override
  public boolean isVerbose() {
    return logging.isVerbose();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    logging.configure(console);
    RedisSettings redis = shared.redis(console);
    WorkerDefaults defaults = shared.workerDefaults(console);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (HandlerClassPath classes = handlers.open()) {
      // Job threads inherit it, and with it libraries that look for their services there.
      thread.setContextClassLoader(classes.loader());
      Handlers found = handlers.find(classes);
      RqWorkerBuilder builder = RqWorker.builder(redis, found).serializer(shared.serializer());
      isolation.isolation(toldToHorses()).ifPresent(builder::isolation);
      try (RqWorker worker = settings.worker(builder, defaults, queues)) {
        refuseIfSuspended(worker);
        writePid();
        run(worker, found);
        return worker.needsNewProcess() ? WORN_OUT : ExitCode.OK;
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private List<String> toldToHorses() {
    return CommandHandlers.jvmOptions(
        handlers.classPath(), handlers.classNames(), shared.serializerName(), logging.level());
  }

  private static void refuseIfSuspended(RqWorker worker) {
    if (worker.isRqSuspended()) {
      throw CommandFailure.failure(
          "RQ is suspended, to resume job execution run `rq resume`; no worker was started");
    }
  }

  private void writePid() {
    if (pidFile == null) {
      return;
    }
    try {
      Files.writeString(pidFile, Long.toString(ProcessHandle.current().pid()));
    } catch (IOException e) {
      throw CommandFailure.failure("cannot write the process id to " + pidFile + ": " + e, e);
    }
  }

  private void run(RqWorker worker, Handlers handlers) throws InterruptedException {
    log.info("Worker {}: functions: {}", worker.name(), String.join(", ", handlers.names()));
    new SignalledRun("Worker " + worker.name(), settings.warmShutdown(worker), worker::shutdownNow)
        .run(worker::start, worker::awaitEnd);
  }
}
