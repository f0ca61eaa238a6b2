package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisUrl;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from RQ's queues and runs Java functions for them. To RQ it looks like one worker per
 * slot: {@code rq info}, dashboards and monitoring show each with its state and its job.
 *
 * <p>A worker runs once: {@link #start} or {@link #runUntilShutdown}, then {@link #close}. Its
 * methods may be called from any thread.
 *
 * <pre>{@code
 * Handlers handlers =
 *     Handlers.builder()
 *         .register(
 *             "tasks.add",
 *             Parameter.of("x", Long.class),
 *             Parameter.of("y", Long.class),
 *             (x, y) -> x + y)
 *         .build();
 * try (RqWorker worker =
 *     RqWorker.builder("redis://localhost:6379", handlers).queues("default").build()) {
 *   worker.runUntilShutdown();
 * }
 * }</pre>
 */
public final class RqWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RqWorker.class);
  // How long a cold shutdown may take: the goodbye to Redis, with its timeouts.
  private static final Duration COLD_WAIT = Duration.ofSeconds(5);

  private final WorkerConfig config;
  private final RedisServer server;
  private final Registration registration;
  private final WorkerLog workerLog;
  private final Watchdog watchdog;
  private final JobExchange exchange;
  private final Dispatcher dispatcher;
  private final Heartbeats heartbeats;
  private final List<Slot> slots = new ArrayList<>();
  private final List<String> slotNames = new ArrayList<>();
  private final List<QueueWatcher> watchers = new ArrayList<>();
  private final Thread loop;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean shutdownRequested = new AtomicBoolean();
  private final AtomicBoolean coldShutdownRequested = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  private RqWorker(WorkerConfig config) {
    this.config = config;
    this.server = new RedisServer(config.url());
    this.registration = new Registration(config);
    this.workerLog = new WorkerLog(config);
    this.watchdog = new Watchdog(config.name(), config.timeoutGrace());
    WorkerScripts scripts = new WorkerScripts(config);
    this.exchange = new JobExchange(config, server, scripts, registration);
    this.dispatcher =
        new Dispatcher(config, exchange, workerLog, () -> watchers.forEach(QueueWatcher::arm));
    JobRunner runner = new JobRunner(config);
    for (int i = 0; i < config.concurrency(); i++) {
      String threadName = "rq-worker-" + config.name() + "-job-" + (i + 1);
      Slot slot = new Slot(config.slotName(i), threadName, runner, watchdog, dispatcher);
      slots.add(slot);
      slotNames.add(slot.name());
      dispatcher.add(slot);
    }
    if (!config.burst()) {
      for (String queue : config.queues()) {
        watchers.add(new QueueWatcher(server, config.name(), queue, dispatcher::workArrived));
      }
    }
    this.heartbeats = new Heartbeats(config, server, scripts, registration, slots);
    this.loop = Threads.daemon("rq-worker-" + config.name() + "-dispatch", this::work);
  }

  /**
   * Starts a worker's settings.
   *
   * @param url {@code redis[s]://[[user]:password@]host[:port][/database]}
   * @param handlers the functions that it can run
   */
  public static Builder builder(String url, Handlers handlers) {
    return new Builder(url, handlers);
  }

  /** The worker's name; its slots are {@code name-1}, {@code name-2} ... if there are several. */
  public String name() {
    return config.name();
  }

  /**
   * Registers the worker and begins to work in threads of its own.
   *
   * @throws RedisUnavailableException if Redis cannot be reached
   * @throws RedisCommandException if Redis refuses the login or a command
   * @throws WorkerNameTakenException if a living worker has the name
   * @throws IllegalStateException if the worker was started before
   */
  public void start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("worker " + name() + " was started before");
    }
    try (RedisConnection redis = server.borrow()) {
      registration.register(redis, slotNames);
      registration.setState(redis, slotNames, "idle");
    } catch (RqException e) {
      ended.countDown();
      throw e;
    }
    workerLog.started();
    slots.forEach(Slot::start);
    watchers.forEach(QueueWatcher::start);
    heartbeats.start();
    loop.start();
  }

  /**
   * Starts, unless it was done before, and waits until the worker has ended: by {@link #shutdown},
   * because it is a burst worker and has no more work, or because the JVM is asked to end, as by
   * SIGTERM. In the last case running jobs get the shutdown timeout to come to their end.
   *
   * @throws RedisUnavailableException if Redis cannot be reached at the start
   * @throws WorkerNameTakenException if a living worker has the name
   * @throws InterruptedException if the waiting thread is interrupted; the worker goes on
   */
  public void runUntilShutdown() throws InterruptedException {
    Thread hook = new Thread(this::close, "rq-worker-" + name() + "-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      if (!started.get()) {
        start();
      }
      awaitEnd();
    } finally {
      removeHook(hook);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      log.debug("the JVM is already ending", e);
    }
  }

  /** Waits until the worker has ended. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /**
   * Waits until the worker has ended, but not for ever.
   *
   * @param patience how long to wait at most
   * @return whether it has ended
   */
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Asks for a warm shutdown: no more jobs are taken, running ones come to their end. */
  public void shutdown() {
    boolean working = started.get() && ended.getCount() > 0;
    if (!working || !shutdownRequested.compareAndSet(false, true)) {
      return;
    }
    workerLog.warmShutdown();
    dispatcher.stop();
    List<String> busy =
        slots.stream().filter(slot -> slot.current() != null).map(Slot::name).toList();
    if (!busy.isEmpty()) {
      try (RedisConnection redis = server.borrow()) {
        registration.requestedShutdown(redis, busy);
      } catch (RqException e) {
        log.debug("the shutdown request could not be noted", e);
      }
    }
  }

  /**
   * Asks for a cold shutdown: running jobs are interrupted and left in the started registry, from
   * where they are declared abandoned, as when RQ's worker kills its horse.
   */
  public void shutdownNow() {
    boolean working = started.get() && ended.getCount() > 0;
    if (!working || !coldShutdownRequested.compareAndSet(false, true)) {
      return;
    }
    shutdownRequested.set(true);
    workerLog.coldShutdown();
    for (Slot slot : slots) {
      Execution execution = slot.current();
      if (execution != null) {
        execution.abandon();
        workerLog.unfinished(slot.name(), execution.claimed().id());
      }
    }
    dispatcher.abandon();
  }

  /** Shuts down warm, and cold where that takes longer than the shutdown timeout. Idempotent. */
  @Override
  public void close() {
    close(config.shutdownTimeout());
  }

  /**
   * Shuts down warm, and cold where that takes longer.
   *
   * @param patience how long running jobs may take to come to their end; zero for none
   */
  public void close(Duration patience) {
    if (!started.get()) {
      started.set(true);
      ended.countDown();
      watchdog.close();
      heartbeats.close();
      server.close();
      return;
    }
    shutdown();
    try {
      if (!awaitEnd(patience)) {
        shutdownNow();
        if (!awaitEnd(COLD_WAIT)) {
          log.error("Worker {}: did not end, its threads are left behind", name());
        }
      }
    } catch (InterruptedException e) {
      shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      Dispatcher.End end = dispatcher.run();
      workerLog.quitting(end, config.maxJobs().orElse(0));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("Worker {}: found an unhandled exception, quitting...", name(), e);
    } finally {
      tearDown();
    }
  }

  /** Stops the parts in an order in which none needs one that is already gone. */
  private void tearDown() {
    try {
      for (QueueWatcher watcher : watchers) {
        watcher.stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    slots.forEach(Slot::stop);
    watchdog.close();
    heartbeats.close();
    try (RedisConnection redis = server.borrow()) {
      slotNames.forEach(name -> registration.die(redis, name));
    } catch (RqException e) {
      log.warn("Worker {}: could not register its end: {}", name(), e.getMessage());
    }
    exchange.close();
    server.close();
    ended.countDown();
  }

  /** Collects a worker's settings; each is checked where it is set. */
  public static final class Builder {
    private final RedisUrl url;
    private final Handlers handlers;
    private List<String> queues = List.of("default");
    private String name = UUID.randomUUID().toString().replace("-", "");
    private int concurrency = 1;
    private boolean burst;
    private OptionalLong maxJobs = OptionalLong.empty();
    private Duration resultTtl = Duration.ofSeconds(500);
    private Duration workerTtl = Duration.ofMinutes(7);
    private Duration monitoringInterval = Duration.ofSeconds(30);
    private Duration timeoutGrace = Duration.ofSeconds(5);
    private Duration shutdownTimeout = Duration.ofSeconds(30);
    private Serializer serializer = PickleSerializer.defaults();
    private CodecLimits limits = CodecLimits.defaults();
    private Clock clock = Clock.systemUTC();
    private Supplier<String> executionIds = () -> UUID.randomUUID().toString().replace("-", "");

    private Builder(String url, Handlers handlers) {
      this.url = RedisUrl.parse(url);
      this.handlers = handlers;
    }

    /**
     * The queues to take jobs from, the most important first. Default: {@code default}.
     *
     * @throws IllegalArgumentException if there is none, one is empty, or one holds a comma, which
     *     RQ cannot tell apart in a worker's list of queues
     */
    public Builder queues(String... names) {
      List<String> distinct = new ArrayList<>(new LinkedHashSet<>(Arrays.asList(names)));
      if (distinct.isEmpty()) {
        throw new IllegalArgumentException("a worker needs at least one queue");
      }
      for (String queue : distinct) {
        if (queue.isEmpty() || queue.contains(",")) {
          throw new IllegalArgumentException(
              "a queue's name must not be empty or hold a comma: '" + queue + "'");
        }
      }
      this.queues = List.copyOf(distinct);
      return this;
    }

    /**
     * The name to register under. Default: random. A stable name keeps metrics from growing.
     *
     * @throws IllegalArgumentException if it is blank or holds a colon
     */
    public Builder name(String workerName) {
      if (workerName.isBlank() || workerName.contains(":")) {
        throw new IllegalArgumentException(
            "a worker's name must not be blank or hold a colon: '" + workerName + "'");
      }
      this.name = workerName;
      return this;
    }

    /** How many jobs to run at once, at least 1. Default: 1, as in RQ. */
    public Builder concurrency(int slots) {
      if (slots < 1) {
        throw new IllegalArgumentException("concurrency must be at least 1, not " + slots);
      }
      this.concurrency = slots;
      return this;
    }

    /** Whether to end when the queues are empty. Default: false. */
    public Builder burst(boolean endWhenEmpty) {
      this.burst = endWhenEmpty;
      return this;
    }

    /** After how many jobs, over all slots, to end; at least 1. Default: never. */
    public Builder maxJobs(long jobs) {
      if (jobs < 1) {
        throw new IllegalArgumentException("maxJobs must be at least 1, not " + jobs);
      }
      this.maxJobs = OptionalLong.of(jobs);
      return this;
    }

    /**
     * How long results are kept where the job does not say: whole seconds, zero for not at all,
     * minus one second for ever. Default: 500 seconds.
     */
    public Builder resultTtl(Duration time) {
      this.resultTtl = atLeast("resultTtl", time, -1);
      return this;
    }

    /**
     * After how long without a heartbeat RQ may forget the worker, less a minute: whole seconds, at
     * least 60. Default: 420 seconds.
     */
    public Builder workerTtl(Duration time) {
      this.workerTtl = atLeast("workerTtl", time, 60);
      return this;
    }

    /**
     * How often heartbeats are sent: whole seconds, 1 to 60. Default: 30 seconds. A claim expires
     * 60 seconds after the heartbeat that did not come.
     */
    public Builder monitoringInterval(Duration time) {
      this.monitoringInterval = atLeast("monitoringInterval", time, 1);
      if (time.toSeconds() > 60) {
        throw new IllegalArgumentException("monitoringInterval must be at most 60 s, not " + time);
      }
      return this;
    }

    /**
     * How long a job that was interrupted at its timeout may take to come back before its failure
     * is recorded without it: not negative. Default: 5 seconds.
     */
    public Builder timeoutGrace(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("timeoutGrace must not be negative: " + time);
      }
      this.timeoutGrace = time;
      return this;
    }

    /**
     * How long running jobs may take to come to their end when the worker is closed: not negative.
     * Default: 30 seconds.
     */
    public Builder shutdownTimeout(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("shutdownTimeout must not be negative: " + time);
      }
      this.shutdownTimeout = time;
      return this;
    }

    /** What turns arguments and results into bytes. Default: pickle, as in RQ. */
    public Builder serializer(Serializer jobSerializer) {
      this.serializer = jobSerializer;
      return this;
    }

    /** Bounds for what is read from Redis. Default: {@link CodecLimits#defaults}. */
    public Builder limits(CodecLimits codecLimits) {
      this.limits = codecLimits;
      return this;
    }

    /** What time it is. Default: the system's clock. */
    public Builder clock(Clock source) {
      this.clock = source;
      return this;
    }

    Builder executionIds(Supplier<String> source) {
      this.executionIds = source;
      return this;
    }

    private static Duration atLeast(String setting, Duration given, long seconds) {
      if (given.toSeconds() < seconds || given.toNanosPart() != 0) {
        throw new IllegalArgumentException(
            setting + " must be whole seconds, at least " + seconds + ", not " + given);
      }
      return given;
    }

    /** The worker; nothing is sent to Redis yet. */
    public RqWorker build() {
      return new RqWorker(
          new WorkerConfig(
              url,
              queues,
              name,
              concurrency,
              burst,
              maxJobs,
              resultTtl,
              workerTtl,
              monitoringInterval,
              timeoutGrace,
              shutdownTimeout,
              handlers,
              serializer,
              limits,
              clock,
              executionIds));
    }
  }
}
