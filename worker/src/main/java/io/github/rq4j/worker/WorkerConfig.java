package io.github.rq4j.worker;

import io.github.rq4j.client.Dialect;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.Serializer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The settings that a worker was built with, checked. Immutable. */
final class WorkerConfig {
  /** RQ adds a minute to the TTL that a worker was given. */
  private static final long HASH_TTL_MARGIN = 60;

  private final RedisSettings redis;
  private final List<String> queues;
  private final String name;
  private final int concurrency;
  private final Threads.Maker jobThreads;
  private final JobThreads threadKind;
  private final Optional<ProcessIsolation> isolation;
  private final HorseSetup horseSetup;
  private final boolean burst;
  private final OptionalLong maxJobs;
  private final Duration resultTtl;
  private final Duration workerTtl;
  private final Duration monitoringInterval;
  private final Duration maintenanceInterval;
  private final boolean maintenance;
  private final boolean withScheduler;
  private final Duration timeoutGrace;
  private final int maxAbandonedThreads;
  private final Duration shutdownTimeout;
  private final UnfinishedJobs unfinishedJobs;
  private final int requeueAfterCrash;
  private final Handlers handlers;
  private final Serializer serializer;
  private final Dialect dialect;
  private final CodecLimits limits;
  private final Clock clock;
  private final Supplier<String> executionIds;
  private final boolean onlyRegistered;
  private final Optional<String> unknownTo;
  private final DequeueStrategy dequeueStrategy;
  private final Optional<Duration> maxIdleTime;
  private final boolean logJobDescription;
  private final RandomGenerator random;
  private final List<ExceptionHandler> exceptionHandlers;
  private final boolean disableDefaultExceptionHandler;
  private final JobDataFormat dataFormat;
  private final CallbackJobs callbackJobs;

  WorkerConfig(RqWorkerBuilder settings) {
    redis = settings.redis;
    queues = settings.queues;
    name = settings.name;
    concurrency = settings.concurrency;
    jobThreads = settings.jobThreads;
    threadKind = settings.threadKind;
    isolation = settings.isolation;
    horseSetup =
        new HorseSetup(
            settings.timeoutGrace,
            settings.threadKind,
            List.copyOf(settings.exceptionHandlerNames),
            settings.callbackQueue,
            settings.limits == CodecLimits.defaults() ? null : settings.limits);
    burst = settings.burst;
    maxJobs = settings.maxJobs;
    resultTtl = settings.resultTtl;
    workerTtl = settings.workerTtl;
    monitoringInterval = settings.monitoringInterval;
    maintenanceInterval = settings.maintenanceInterval;
    maintenance = settings.maintenance;
    withScheduler = settings.withScheduler;
    timeoutGrace = settings.timeoutGrace;
    maxAbandonedThreads = settings.maxAbandonedThreads;
    shutdownTimeout = settings.shutdownTimeout;
    unfinishedJobs = settings.unfinishedJobs;
    requeueAfterCrash = settings.requeueAfterCrash;
    handlers = settings.handlers;
    serializer = settings.serializer;
    dialect = settings.dialect;
    limits = settings.limits;
    clock = settings.clock;
    executionIds = settings.executionIds;
    onlyRegistered = settings.onlyRegistered;
    unknownTo = settings.unknownTo;
    dequeueStrategy = settings.dequeueStrategy;
    maxIdleTime = settings.maxIdleTime;
    logJobDescription = settings.logJobDescription;
    random = settings.random;
    exceptionHandlers = List.copyOf(settings.exceptionHandlers);
    disableDefaultExceptionHandler = settings.disableDefaultExceptionHandler;
    dataFormat = new JobDataFormat(serializer, limits);
    callbackJobs = new CallbackJobs(settings.callbackQueue, dataFormat, clock);
  }

  RedisSettings redis() {
    return redis;
  }

  List<String> queues() {
    return queues;
  }

  String name() {
    return name;
  }

  int concurrency() {
    return concurrency;
  }

  Threads.Maker jobThreads() {
    return jobThreads;
  }

  JobThreads threadKind() {
    return threadKind;
  }

  /** Whether jobs run in the thread that runs the worker. */
  boolean callersThread() {
    return threadKind == JobThreads.CALLER;
  }

  /** Empty where jobs run in this process. */
  Optional<ProcessIsolation> isolation() {
    return isolation;
  }

  /** What work horses are told of these settings. */
  HorseSetup horseSetup() {
    return horseSetup;
  }

  boolean burst() {
    return burst;
  }

  OptionalLong maxJobs() {
    return maxJobs;
  }

  Duration resultTtl() {
    return resultTtl;
  }

  Duration workerTtl() {
    return workerTtl;
  }

  Duration monitoringInterval() {
    return monitoringInterval;
  }

  Duration maintenanceInterval() {
    return maintenanceInterval;
  }

  boolean maintenance() {
    return maintenance;
  }

  boolean withScheduler() {
    return withScheduler;
  }

  Duration timeoutGrace() {
    return timeoutGrace;
  }

  int maxAbandonedThreads() {
    return maxAbandonedThreads;
  }

  Duration shutdownTimeout() {
    return shutdownTimeout;
  }

  UnfinishedJobs unfinishedJobs() {
    return unfinishedJobs;
  }

  int requeueAfterCrash() {
    return requeueAfterCrash;
  }

  Handlers handlers() {
    return handlers;
  }

  Serializer serializer() {
    return serializer;
  }

  Dialect dialect() {
    return dialect;
  }

  CodecLimits limits() {
    return limits;
  }

  Clock clock() {
    return clock;
  }

  Supplier<String> executionIds() {
    return executionIds;
  }

  /** Whether jobs are looked at before they are taken, because not all are for this worker. */
  boolean isSelective() {
    return onlyRegistered || unknownTo.isPresent();
  }

  Optional<String> unknownTo() {
    return unknownTo;
  }

  DequeueStrategy dequeueStrategy() {
    return dequeueStrategy;
  }

  Optional<Duration> maxIdleTime() {
    return maxIdleTime;
  }

  boolean logJobDescription() {
    return logJobDescription;
  }

  RandomGenerator random() {
    return random;
  }

  /** In the order in which they are called. */
  List<ExceptionHandler> exceptionHandlers() {
    return exceptionHandlers;
  }

  /** Whether failures leave nothing but a status. */
  boolean disableDefaultExceptionHandler() {
    return disableDefaultExceptionHandler;
  }

  JobDataFormat dataFormat() {
    return dataFormat;
  }

  CallbackJobs callbackJobs() {
    return callbackJobs;
  }

  /** The name under which a slot is registered as a worker of its own. */
  String slotName(int slot) {
    return concurrency == 1 ? name : name + "-" + (slot + 1);
  }

  /** Seconds until an idle worker's hash expires unless a heartbeat comes. */
  long hashTtl() {
    return workerTtl.toSeconds() + HASH_TTL_MARGIN;
  }
}
