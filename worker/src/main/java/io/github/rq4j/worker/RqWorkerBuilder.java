package io.github.rq4j.worker;

import io.github.rq4j.client.Dialect;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Collects a worker's settings; each is checked where it is set. Not safe for use by many threads.
 */
public final class RqWorkerBuilder {
  final RedisSettings redis;
  final Handlers handlers;
  List<String> queues = List.of("default");
  String name = UUID.randomUUID().toString().replace("-", "");
  int concurrency = 1;
  JobThreads threadKind = JobThreads.PLATFORM;
  Threads.Maker jobThreads = Threads.of(threadKind);
  Optional<ProcessIsolation> isolation = Optional.empty();
  boolean burst;
  OptionalLong maxJobs = OptionalLong.empty();
  Duration resultTtl = Duration.ofSeconds(500);
  Duration workerTtl = Duration.ofMinutes(7);
  Duration monitoringInterval = Duration.ofSeconds(30);
  Duration maintenanceInterval = Duration.ofMinutes(10);
  boolean maintenance = true;
  boolean withScheduler;
  Duration timeoutGrace = Duration.ofSeconds(5);
  int maxAbandonedThreads = 10;
  Duration shutdownTimeout = Duration.ofSeconds(30);
  UnfinishedJobs unfinishedJobs = UnfinishedJobs.LEAVE_STARTED;
  int requeueAfterCrash;
  Serializer serializer = PickleSerializer.defaults();
  Dialect dialect = Dialect.SINCE_1_0;
  CodecLimits limits = CodecLimits.defaults();
  Clock clock = Clock.systemUTC();
  final List<ExceptionHandler> exceptionHandlers = new ArrayList<>();
  final List<String> exceptionHandlerNames = new ArrayList<>();
  boolean disableDefaultExceptionHandler;
  @Nullable String callbackQueue;
  Supplier<String> executionIds = () -> UUID.randomUUID().toString().replace("-", "");
  boolean onlyRegistered;
  Optional<String> unknownTo = Optional.empty();
  DequeueStrategy dequeueStrategy = DequeueStrategy.DEFAULT;
  Optional<Duration> maxIdleTime = Optional.empty();
  boolean logJobDescription = true;
  RandomGenerator random = new Random();

  RqWorkerBuilder(RedisSettings redis, Handlers handlers) {
    this.redis = redis;
    this.handlers = handlers;
  }

  /**
   * The queues to take jobs from, the most important first. Default: {@code default}.
   *
   * @throws IllegalArgumentException if there is none, one is empty, or one holds a comma, which RQ
   *     cannot tell apart in a worker's list of queues
   */
  public RqWorkerBuilder queues(String... names) {
    List<String> distinct = new ArrayList<>(new LinkedHashSet<>(Arrays.asList(names)));
    if (distinct.isEmpty()) {
      throw new IllegalArgumentException("a worker needs at least one queue");
    }
    distinct.forEach(RqWorkerBuilder::checkQueue);
    this.queues = List.copyOf(distinct);
    return this;
  }

  /**
   * The name to register under. Default: random. A stable name keeps metrics from growing.
   *
   * @throws IllegalArgumentException if it is blank or holds a colon
   */
  public RqWorkerBuilder name(String workerName) {
    if (workerName.isBlank() || workerName.contains(":")) {
      throw new IllegalArgumentException(
          "a worker's name must not be blank or hold a colon: '" + workerName + "'");
    }
    this.name = workerName;
    return this;
  }

  /** How many jobs to run at once, at least 1. Default: 1, as in RQ. */
  public RqWorkerBuilder concurrency(int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1, not " + slots);
    }
    this.concurrency = slots;
    return this;
  }

  /**
   * What kind of threads run the functions. Default: {@link JobThreads#PLATFORM}.
   *
   * @throws IllegalArgumentException if this Java has no such threads
   */
  public RqWorkerBuilder threads(JobThreads kind) {
    this.jobThreads = Threads.of(kind);
    this.threadKind = kind;
    return this;
  }

  /**
   * Runs jobs in child processes, which can be killed for good, instead of this one. Default: in
   * threads of this process.
   */
  public RqWorkerBuilder isolation(ProcessIsolation horses) {
    this.isolation = Optional.of(horses);
    return this;
  }

  /** Whether to end when the queues are empty. Default: false. */
  public RqWorkerBuilder burst(boolean endWhenEmpty) {
    this.burst = endWhenEmpty;
    return this;
  }

  /** After how many jobs, over all slots, to end; at least 1. Default: never. */
  public RqWorkerBuilder maxJobs(long jobs) {
    if (jobs < 1) {
      throw new IllegalArgumentException("maxJobs must be at least 1, not " + jobs);
    }
    this.maxJobs = OptionalLong.of(jobs);
    return this;
  }

  /**
   * How long results are kept where the job does not say: whole seconds, zero for not at all, minus
   * one second for ever. Default: 500 seconds.
   */
  public RqWorkerBuilder resultTtl(Duration time) {
    this.resultTtl = atLeast("resultTtl", time, -1);
    return this;
  }

  /**
   * After how long without a heartbeat RQ may forget the worker, less a minute: whole seconds, at
   * least 60. Default: 420 seconds.
   */
  public RqWorkerBuilder workerTtl(Duration time) {
    this.workerTtl = atLeast("workerTtl", time, 60);
    return this;
  }

  /**
   * How often heartbeats are sent: whole seconds, 1 to 60. Default: 30 seconds. A claim expires 60
   * seconds after the heartbeat that did not come.
   */
  public RqWorkerBuilder monitoringInterval(Duration time) {
    this.monitoringInterval = atLeast("monitoringInterval", time, 1);
    if (time.toSeconds() > 60) {
      throw new IllegalArgumentException("monitoringInterval must be at most 60 s, not " + time);
    }
    return this;
  }

  /**
   * How often the registries of the queues are put in order: whole seconds, at least 1. Default:
   * 600 seconds, and always at the start. Of all workers of a queue, Java's and Python's, one at a
   * time does it.
   */
  public RqWorkerBuilder maintenanceInterval(Duration time) {
    this.maintenanceInterval = atLeast("maintenanceInterval", time, 1);
    return this;
  }

  /**
   * Whether to enqueue scheduled jobs of the queues when their time has come, as {@code rq worker
   * --with-scheduler} does. Default: false. Of all schedulers of a queue, one at a time does it. A
   * burst worker does it once, before its first job.
   */
  public RqWorkerBuilder withScheduler(boolean schedules) {
    this.withScheduler = schedules;
    return this;
  }

  /**
   * How long a job that was interrupted, at its timeout or for another {@link Cancellation}, may
   * take to come back before its end is recorded without it: not negative. Default: 5 seconds.
   */
  public RqWorkerBuilder timeoutGrace(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("timeoutGrace must not be negative: " + time);
    }
    this.timeoutGrace = time;
    return this;
  }

  /**
   * How many threads may be lost to functions and callbacks that did not come back within {@link
   * #timeoutGrace} and still run: not negative. With one more the worker takes no more jobs, lets
   * the running ones come to their end, and ends; {@link RqWorker#needsNewProcess} is true from
   * then on. Default: 10.
   */
  public RqWorkerBuilder maxAbandonedThreads(int threads) {
    if (threads < 0) {
      throw new IllegalArgumentException("maxAbandonedThreads must not be negative: " + threads);
    }
    this.maxAbandonedThreads = threads;
    return this;
  }

  /**
   * How long running jobs may take to come to their end when the worker is closed: not negative.
   * Default: 30 seconds.
   */
  public RqWorkerBuilder shutdownTimeout(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("shutdownTimeout must not be negative: " + time);
    }
    this.shutdownTimeout = time;
    return this;
  }

  /**
   * What becomes of jobs that a cold shutdown interrupts. Default: {@link
   * UnfinishedJobs#LEAVE_STARTED}, as in RQ.
   */
  public RqWorkerBuilder unfinishedJobs(UnfinishedJobs policy) {
    this.unfinishedJobs = policy;
    return this;
  }

  /**
   * How often a job without retries left is put back to the front of its queue, rather than failed,
   * when its worker has vanished: at-least-once instead of at-most-once, for functions that may run
   * twice. Counted from the last run that came to an end, so that a job which ends its process each
   * time fails in the end. Default: 0, as in RQ.
   *
   * <p>It is the worker which cleans the queue that decides: all workers of a queue should agree,
   * and Python's among them fail such jobs.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public RqWorkerBuilder requeueAfterCrash(int times) {
    if (times < 0) {
      throw new IllegalArgumentException("requeueAfterCrash must be at least 0, not " + times);
    }
    this.requeueAfterCrash = times;
    return this;
  }

  /** What turns arguments and results into bytes. Default: pickle, as in RQ. */
  public RqWorkerBuilder serializer(Serializer jobSerializer) {
    this.serializer = jobSerializer;
    return this;
  }

  /**
   * Sets which releases of RQ are to read what the worker writes; {@link Dialect#SINCE_1_0} by
   * default. Needed for producers with RQ 0.10 to 0.13 only: jobs of older ones are known, and
   * answered, as such.
   */
  public RqWorkerBuilder dialect(Dialect chosen) {
    this.dialect = chosen;
    return this;
  }

  /** Bounds for what is read from Redis. Default: {@link CodecLimits#defaults}. */
  public RqWorkerBuilder limits(CodecLimits codecLimits) {
    this.limits = codecLimits;
    return this;
  }

  /** What time it is. Default: the system's clock. */
  public RqWorkerBuilder clock(Clock source) {
    this.clock = source;
    return this;
  }

  /**
   * Whether to take only jobs whose function is registered and to leave all others, also those that
   * cannot be read, where they are, for Python workers on the same queues. Default: false, such
   * jobs fail as they do in RQ.
   */
  public RqWorkerBuilder onlyRegistered(boolean leaveOthers) {
    this.onlyRegistered = leaveOthers;
    return this;
  }

  /**
   * The queue to which jobs go whose function is not registered, or that cannot be read; none of
   * this worker's. Default: none, such jobs fail as they do in RQ.
   *
   * @throws IllegalArgumentException if the name is empty or holds a comma
   */
  public RqWorkerBuilder unknownTo(String queue) {
    checkQueue(queue);
    this.unknownTo = Optional.of(queue);
    return this;
  }

  /** In which order the queues are asked. Default: {@link DequeueStrategy#DEFAULT}. */
  public RqWorkerBuilder dequeueStrategy(DequeueStrategy strategy) {
    this.dequeueStrategy = strategy;
    return this;
  }

  /**
   * After how long without a job to end: whole seconds, at least 1. The time while workers are
   * suspended does not count. Default: never.
   */
  public RqWorkerBuilder maxIdleTime(Duration time) {
    this.maxIdleTime = Optional.of(atLeast("maxIdleTime", time, 1));
    return this;
  }

  /**
   * Whether a job's description, which shows its arguments, is logged when it starts and when it
   * has succeeded. Default: true.
   */
  public RqWorkerBuilder logJobDescription(boolean shown) {
    this.logJobDescription = shown;
    return this;
  }

  RqWorkerBuilder random(RandomGenerator source) {
    this.random = source;
    return this;
  }

  /**
   * Adds an exception handler behind those that were added before.
   *
   * @param handler told of every run that fails
   */
  public RqWorkerBuilder exceptionHandler(ExceptionHandler handler) {
    this.exceptionHandlers.add(handler);
    return this;
  }

  /**
   * Adds an exception handler by its name behind those that were added before.
   *
   * @param dottedName what it was registered as by {@link Handlers.Builder#exceptionHandler}
   * @throws IllegalArgumentException if there is none of that name
   */
  public RqWorkerBuilder exceptionHandler(String dottedName) {
    exceptionHandler(
        handlers
            .exceptionHandler(dottedName)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no exception handler is registered as '" + dottedName + "'")));
    exceptionHandlerNames.add(dottedName);
    return this;
  }

  /**
   * Whether a job that failed gets the status {@code failed} and nothing else, as after RQ's option
   * of this name: no result, no entry in the failed registry, no expiry. Default: false.
   */
  public RqWorkerBuilder disableDefaultExceptionHandler(boolean disable) {
    this.disableDefaultExceptionHandler = disable;
    return this;
  }

  /**
   * Where Python workers take jobs that run callbacks without a Java function; they need the module
   * {@code rq4j_callbacks}. Default: none, and such a callback fails its job.
   *
   * @throws IllegalArgumentException if the name is empty or holds a comma
   */
  public RqWorkerBuilder callbackQueue(String queue) {
    checkQueue(queue);
    this.callbackQueue = queue;
    return this;
  }

  /** For tests that look at what a worker leaves when nobody else cleans up. */
  RqWorkerBuilder withoutMaintenance() {
    this.maintenance = false;
    return this;
  }

  RqWorkerBuilder executionIds(Supplier<String> source) {
    this.executionIds = source;
    return this;
  }

  private static void checkQueue(String queue) {
    if (queue.isEmpty() || queue.contains(",")) {
      throw new IllegalArgumentException(
          "a queue's name must not be empty or hold a comma: '" + queue + "'");
    }
  }

  private static Duration atLeast(String setting, Duration given, long seconds) {
    if (given.toSeconds() < seconds || given.toNanosPart() != 0) {
      throw new IllegalArgumentException(
          setting + " must be whole seconds, at least " + seconds + ", not " + given);
    }
    return given;
  }

  /**
   * The worker; nothing is sent to Redis yet.
   *
   * @throws IllegalArgumentException if {@link #unknownTo} names one of the worker's own queues, or
   *     {@link #onlyRegistered} is on as well; if several jobs are to run at once in the one thread
   *     of {@link JobThreads#CALLER}; or if there is {@link #isolation} and an exception handler
   *     without a name, which a work horse could not call
   */
  public RqWorker build() {
    if (threadKind == JobThreads.CALLER && concurrency > 1) {
      throw new IllegalArgumentException(
          "the thread of the caller runs one job at a time: concurrency must be 1, not "
              + concurrency);
    }
    if (unknownTo.filter(queues::contains).isPresent()) {
      throw new IllegalArgumentException(
          "unknownTo must not be one of the worker's own queues: '" + unknownTo.get() + "'");
    }
    if (unknownTo.isPresent() && onlyRegistered) {
      throw new IllegalArgumentException(
          "onlyRegistered leaves jobs where they are, unknownTo moves them: choose one");
    }
    if (isolation.isPresent() && exceptionHandlers.size() > exceptionHandlerNames.size()) {
      throw new IllegalArgumentException(
          "work horses call exception handlers by their names only: register them with Handlers");
    }
    return new RqWorker(new WorkerConfig(this));
  }
}
