package io.github.rq4j.cli.worker;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.GivenOption;
import io.github.rq4j.cli.settings.WorkerDefaults;
import io.github.rq4j.worker.DequeueStrategy;
import io.github.rq4j.worker.JobThreads;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import io.github.rq4j.worker.UnfinishedJobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that the worker itself is built with. What is not given stays as the library has it;
 * what the library refuses is reported under the option's name.
 */
final class WorkerSettings {
  private static final int CRASHES = 3;

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "The worker's name. Default: NAME of the settings file, else random.")
  private @Nullable String name;

  @Option(
      names = {"-b", "--burst"},
      description = "Ends when the queues are empty.")
  private boolean burst;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description =
          "How many jobs to run at once; each is shown as a worker of its own, NAME-1, NAME-2 ..."
              + " Default: 1.")
  private @Nullable Integer concurrency;

  @Option(
      names = "--threads",
      paramLabel = "KIND",
      description =
          "What runs the functions: platform, or virtual for many slots that mostly wait, from Java"
              + " 21 on. Default: platform.")
  private @Nullable String threads;

  @Option(
      names = "--max-jobs",
      paramLabel = "N",
      description = "Ends after so many jobs. Default: never.")
  private @Nullable Long maxJobs;

  @Option(
      names = "--results-ttl",
      paramLabel = "SECONDS",
      description =
          "How long results are kept where the job does not say; 0: not at all, -1: for ever."
              + " Default: 500.")
  private @Nullable Long resultsTtl;

  @Option(
      names = "--worker-ttl",
      paramLabel = "SECONDS",
      description = "How long a silent worker stays registered, at least 60. Default: 420.")
  private @Nullable Long workerTtl;

  @Option(
      names = "--job-monitoring-interval",
      paramLabel = "SECONDS",
      description = "How often heartbeats are sent, 1 to 60. Default: 30.")
  private @Nullable Long jobMonitoringInterval;

  @Option(
      names = "--timeout-grace",
      paramLabel = "SECONDS",
      description =
          "How long an interrupted job may take to come back before its end is recorded without it."
              + " Default: 5.")
  private @Nullable Long timeoutGrace;

  @Option(
      names = "--max-abandoned-threads",
      paramLabel = "N",
      description =
          "How many threads that did not come back may still run; with one more the worker ends"
              + " with exit code 3. Default: 10.")
  private @Nullable Integer maxAbandonedThreads;

  @Option(
      names = "--shutdown-timeout",
      paramLabel = "SECONDS",
      description =
          "How long running jobs may take to end after the first SIGTERM or SIGINT, before they are"
              + " interrupted. Default: until they end or another signal comes.")
  private @Nullable Long shutdownTimeout;

  @Option(
      names = "--on-shutdown",
      paramLabel = "WHAT",
      description =
          "What becomes of interrupted jobs: leave (they are declared abandoned later), fail or"
              + " requeue. Default: leave.")
  private @Nullable String onShutdown;

  @Option(
      names = "--on-crash",
      paramLabel = "WHAT",
      description =
          "What becomes of jobs without retries left whose worker has vanished: fail or requeue."
              + " Default: fail.")
  private @Nullable String onCrash;

  @Option(
      names = "--max-crashes",
      paramLabel = "N",
      description =
          "How often --on-crash requeue enqueues a job before it fails, at least 1. Default: 3.")
  private @Nullable Integer maxCrashes;

  @Option(
      names = "--maintenance-interval",
      paramLabel = "SECONDS",
      description = "How often the queues' registries are put in order. Default: 600.")
  private @Nullable Long maintenanceInterval;

  @Option(
      names = {"-s", "--with-scheduler"},
      description = "Enqueues scheduled jobs of the queues when their time has come.")
  private boolean withScheduler;

  @Option(
      names = "--max-idle-time",
      paramLabel = "SECONDS",
      description = "Ends after so long without a job. Default: never.")
  private @Nullable Long maxIdleTime;

  @Option(
      names = {"-ds", "--dequeue-strategy"},
      paramLabel = "NAME",
      description =
          "In which order queues are asked: default (as given), round_robin or random."
              + " Default: default.")
  private @Nullable String dequeueStrategy;

  @Option(
      names = "--only-registered",
      description = "Takes only jobs that it has a function for; leaves all others to Python.")
  private boolean onlyRegistered;

  @Option(
      names = "--unknown-to",
      paramLabel = "QUEUE",
      description = "Moves jobs that it has no function for to this queue. Default: they fail.")
  private @Nullable String unknownTo;

  @Option(
      names = "--disable-job-desc-logging",
      description = "Leaves descriptions of jobs, which show their arguments, out of the log.")
  private boolean disableJobDescLogging;

  @Option(
      names = "--exception-handler",
      paramLabel = "NAME",
      description =
          "An exception handler that a HandlerProvider registers under this name; can be repeated.")
  private List<String> exceptionHandlers = new ArrayList<>();

  @Option(
      names = {"-d", "--disable-default-exception-handler"},
      description = "Gives a failed job its status and nothing else.")
  private boolean disableDefaultExceptionHandler;

  @Option(
      names = "--callback-queue",
      paramLabel = "NAME",
      description =
          "Where Python workers take the callbacks that no Java function is registered for. Default:"
              + " none, such a callback fails its job.")
  private @Nullable String callbackQueue;

  /**
   * The worker.
   *
   * @param builder what is settled already
   * @param defaults what the settings file says
   * @param queues those of the command line
   */
  RqWorker worker(RqWorkerBuilder builder, WorkerDefaults defaults, String... queues) {
    nameAndQueues(builder, defaults, queues);
    builder.burst(burst);
    GivenOption.set("--concurrency", concurrency, builder::concurrency);
    GivenOption.set("--threads", threads == null ? null : jobThreads(threads), builder::threads);
    GivenOption.set("--max-jobs", maxJobs, builder::maxJobs);
    GivenOption.set("--results-ttl", seconds(resultsTtl), builder::resultTtl);
    GivenOption.set("--worker-ttl", seconds(workerTtl), builder::workerTtl);
    GivenOption.set(
        "--job-monitoring-interval", seconds(jobMonitoringInterval), builder::monitoringInterval);
    GivenOption.set("--timeout-grace", seconds(timeoutGrace), builder::timeoutGrace);
    GivenOption.set("--max-abandoned-threads", maxAbandonedThreads, builder::maxAbandonedThreads);
    GivenOption.set("--shutdown-timeout", seconds(shutdownTimeout), builder::shutdownTimeout);
    if (onShutdown != null) {
      builder.unfinishedJobs(unfinishedJobs(onShutdown));
    }
    if (onCrash != null || maxCrashes != null) {
      builder.requeueAfterCrash(crashRequeues());
    }
    GivenOption.set(
        "--maintenance-interval", seconds(maintenanceInterval), builder::maintenanceInterval);
    builder.withScheduler(withScheduler);
    for (String handler : exceptionHandlers) {
      GivenOption.set("--exception-handler", handler, name -> builder.exceptionHandler(name));
    }
    builder.disableDefaultExceptionHandler(disableDefaultExceptionHandler);
    GivenOption.set("--callback-queue", callbackQueue, builder::callbackQueue);
    GivenOption.set("--max-idle-time", seconds(maxIdleTime), builder::maxIdleTime);
    GivenOption.set("--unknown-to", unknownTo, builder::unknownTo);
    if (dequeueStrategy != null) {
      builder.dequeueStrategy(strategy(dequeueStrategy));
    }
    builder.onlyRegistered(onlyRegistered).logJobDescription(!disableJobDescLogging);
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.misuse("--unknown-to: " + e.getMessage(), e);
    }
  }

  private void nameAndQueues(RqWorkerBuilder builder, WorkerDefaults defaults, String... queues) {
    String file = defaults.source() + ": ";
    List<String> listed = defaults.queues();
    if (queues.length > 0) {
      GivenOption.set("QUEUE", queues, builder::queues);
    } else if (listed != null) {
      GivenOption.set(file + "QUEUES", listed.toArray(new String[0]), builder::queues);
    }
    GivenOption.set(
        name == null ? file + "NAME" : "--name",
        name == null ? defaults.name() : name,
        builder::name);
  }

  private static DequeueStrategy strategy(String name) {
    return switch (name) {
      case "default" -> DequeueStrategy.DEFAULT;
      case "round_robin" -> DequeueStrategy.ROUND_ROBIN;
      case "random" -> DequeueStrategy.RANDOM;
      default ->
          // RQ's words and its exit code.
          throw CommandFailure.failure(
              "ERROR: Dequeue Strategy can only be one of `default`, `random` or `round_robin`.");
    };
  }

  private static @Nullable Duration seconds(@Nullable Long number) {
    return number == null ? null : Duration.ofSeconds(number);
  }

  /** What the first signal does. */
  Runnable warmShutdown(RqWorker worker) {
    // Each signal has a thread of its own, which may wait.
    return shutdownTimeout == null ? worker::shutdown : worker::close;
  }

  private static JobThreads jobThreads(String name) {
    return switch (name) {
      case "platform" -> JobThreads.PLATFORM;
      case "virtual" -> JobThreads.VIRTUAL;
      default ->
          throw CommandFailure.misuse("--threads must be platform or virtual, not '" + name + "'");
    };
  }

  private static UnfinishedJobs unfinishedJobs(String name) {
    return switch (name) {
      case "leave" -> UnfinishedJobs.LEAVE_STARTED;
      case "fail" -> UnfinishedJobs.FAIL;
      case "requeue" -> UnfinishedJobs.REQUEUE;
      default ->
          throw CommandFailure.misuse(
              "--on-shutdown must be leave, fail or requeue, not '" + name + "'");
    };
  }

  private int crashRequeues() {
    boolean requeue = "requeue".equals(onCrash);
    if (onCrash != null && !requeue && !onCrash.equals("fail")) {
      throw CommandFailure.misuse("--on-crash must be fail or requeue, not '" + onCrash + "'");
    }
    if (maxCrashes == null) {
      return requeue ? CRASHES : 0;
    }
    if (!requeue) {
      throw CommandFailure.misuse("--max-crashes has no meaning without --on-crash requeue");
    }
    if (maxCrashes < 1) {
      throw CommandFailure.misuse("--max-crashes must be at least 1, not " + maxCrashes);
    }
    return maxCrashes;
  }
}
