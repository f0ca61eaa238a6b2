package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
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
  // How long the goodbye to Redis may take, with its timeouts.
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final WorkerConfig config;
  private final RedisServer server;
  private final Registration registration;
  private final WorkerLog workerLog;
  private final AbandonedThreads abandoned;
  private final Watchdog watchdog;
  private final Webhooks webhooks;
  private final JobExchange exchange;
  private final Dispatcher dispatcher;
  private final Heartbeats heartbeats;
  private final CommandListener commands;
  private final WorkerShutdown shutdown;
  private final LostJobCalls lostJobCalls;
  private final Upkeep upkeep;
  private final @Nullable Horses horses;
  private final List<Slot> slots = new CopyOnWriteArrayList<>();
  private final List<String> slotNames = new ArrayList<>();
  private final List<QueueWatcher> watchers = new ArrayList<>();
  private final Thread loop;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean needsNewProcess = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  RqWorker(WorkerConfig config) {
    this.config = config;
    this.server = new RedisServer(config.redis());
    this.registration = new Registration(config);
    this.workerLog = new WorkerLog(config);
    this.abandoned = new AbandonedThreads(config.maxAbandonedThreads(), this::tooManyAbandoned);
    this.watchdog = new Watchdog(config.name(), config.timeoutGrace(), abandoned, seconds -> {});
    WorkerScripts scripts = new WorkerScripts(config);
    Map<String, SharedQueue> shared = new LinkedHashMap<>();
    if (config.isSelective()) {
      config.queues().forEach(queue -> shared.put(queue, new SharedQueue()));
    }
    this.webhooks = new Webhooks(config);
    this.exchange = new JobExchange(config, server, scripts, registration, shared, webhooks);
    this.dispatcher =
        new Dispatcher(
            config, exchange, workerLog, () -> watchers.forEach(QueueWatcher::arm), this::retire);
    RunningJobs jobs = new RunningJobsAtRedis(server, config.clock());
    this.horses =
        config
            .isolation()
            .map(isolation -> new Horses(config, isolation, jobs, watchdog))
            .orElse(null);
    Slot.Shared forSlots =
        new Slot.Shared(
            config.jobThreads(),
            new JobRunner(config),
            new JobContexts(config, jobs),
            watchdog,
            dispatcher);
    for (int i = 0; i < config.concurrency(); i++) {
      String threadName = "rq-worker-" + config.name() + "-job-" + (i + 1);
      Slot slot = new Slot(config.slotName(i), threadName, forSlots, maker());
      slots.add(slot);
      slotNames.add(slot.name());
      dispatcher.add(slot);
    }
    if (!config.burst()) {
      for (String queue : config.queues()) {
        watchers.add(
            new QueueWatcher(
                server, config.name(), queue, shared.get(queue), dispatcher::workArrived));
      }
    }
    this.lostJobCalls = new LostJobCalls(config, watchdog);
    this.upkeep =
        new Upkeep(
            config,
            server,
            registration,
            lost -> {
              webhooks.lost(lost);
              lostJobCalls.tookOver(lost);
            });
    this.shutdown =
        new WorkerShutdown(
            config, server, registration, workerLog, upkeep, dispatcher, watchdog, slots);
    RemoteControl control = new RemoteControl(shutdown::warm, shutdown::cold, System::nanoTime);
    this.commands = new CommandListener(config, server, slots, control::obey);
    this.heartbeats = new Heartbeats(config, server, scripts, registration, slots, commands::ping);
    this.loop = Threads.daemon("rq-worker-" + config.name() + "-dispatch", this::work);
  }

  private Slot.@Nullable HorseMaker maker() {
    Horses ours = horses;
    return ours == null
        ? null
        : (slot, interrupt) ->
            new SlotHorse(slot, ours, watchdog, config.timeoutGrace(), interrupt, this::wornOut);
  }

  /**
   * Starts a worker's settings.
   *
   * @param url see {@link RedisSettings}
   * @param handlers the functions that it can run
   * @throws IllegalArgumentException if the URL is malformed or has an unknown option
   */
  public static RqWorkerBuilder builder(String url, Handlers handlers) {
    return builder(RedisSettings.parse(url), handlers);
  }

  /**
   * Starts a worker's settings.
   *
   * @param redis where the server is and how to treat its connections
   * @param handlers the functions that it can run
   */
  public static RqWorkerBuilder builder(RedisSettings redis, Handlers handlers) {
    return new RqWorkerBuilder(redis, handlers);
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
   * @throws HorseStartException if its jobs are to run in work horses and none can be started
   * @throws IllegalStateException if the worker was started before, or has no threads of its own
   *     for jobs ({@link JobThreads#CALLER})
   */
  public void start() {
    if (config.callersThread()) {
      throw new IllegalStateException(
          "jobs are to run in the thread that calls runUntilShutdown: call that");
    }
    begin();
    slots.forEach(Slot::start);
    loop.start();
  }

  /** All of the start but the threads that take and run jobs. */
  private void begin() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("worker " + name() + " was started before");
    }
    try {
      if (horses != null) {
        horses.start();
      }
      register();
    } catch (RqException e) {
      closeParts();
      ended.countDown();
      throw e;
    }
    workerLog.started();
    watchers.forEach(QueueWatcher::start);
    heartbeats.start();
    upkeep.start();
  }

  private void register() {
    try (RedisConnection redis = server.borrow()) {
      registration.register(redis, slotNames);
      commands.start();
      registration.setState(redis, slotNames, "idle");
    }
  }

  /**
   * Starts, unless it was done before, and waits until the worker has ended: by {@link #shutdown},
   * because it is a burst worker and has no more work, or because the JVM is asked to end, as by
   * SIGTERM. In the last case running jobs get the shutdown timeout to come to their end.
   *
   * @throws RedisUnavailableException if Redis cannot be reached at the start
   * @throws WorkerNameTakenException if a living worker has the name
   * @throws InterruptedException if the waiting thread is interrupted; the worker goes on, unless
   *     this thread was to run its jobs
   */
  public void runUntilShutdown() throws InterruptedException {
    Thread hook = new Thread(this::close, "rq-worker-" + name() + "-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      if (config.callersThread()) {
        begin();
        work();
      } else if (!started.get()) {
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

  /**
   * Asks Redis whether {@code rq suspend} keeps all workers from taking jobs. RQ's command starts
   * none then; a worker that was started waits for the end of it.
   *
   * @throws RedisUnavailableException if Redis cannot be reached
   * @throws RedisCommandException if Redis refuses the login or the command
   */
  public boolean isRqSuspended() {
    Command question = Command.of("EXISTS", Keys.SUSPENDED);
    return server.with(redis -> redis.call(question)).asLong() != 0;
  }

  /** How many jobs it has taken from its queues so far, over all slots. */
  public long takenJobs() {
    return dispatcher.claimedJobs();
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

  /**
   * How many threads are lost to functions and callbacks that were interrupted, did not come back
   * in time, and still run. {@link RqWorkerBuilder#maxAbandonedThreads} bounds it.
   */
  public int abandonedThreads() {
    return abandoned.running();
  }

  /**
   * Whether the worker ends, or has ended, because its process is worn out: too many threads were
   * given up, or no more work horses can be started. Another worker in the same JVM would start
   * with what they still hold; start another process.
   */
  public boolean needsNewProcess() {
    return needsNewProcess.get();
  }

  /** For tests that look at processes: the work horses that live and were ready once. */
  List<Long> horsePids() {
    return horses == null ? List.of() : horses.pids();
  }

  private void tooManyAbandoned() {
    wornOut("more threads were given up than may be (" + config.maxAbandonedThreads() + ")");
  }

  /** Ends warm, in a thread of its own: whoever noticed has other things to do. */
  private void wornOut(String reason) {
    if (needsNewProcess.compareAndSet(false, true)) {
      workerLog.wornOut(reason);
      Threads.daemon("rq-worker-" + name() + "-worn-out", shutdown::warm).start();
    }
  }

  /** Asks for a warm shutdown: no more jobs are taken, running ones come to their end. */
  public void shutdown() {
    if (isWorking()) {
      shutdown.warm();
    }
  }

  private boolean isWorking() {
    return started.get() && ended.getCount() > 0;
  }

  /**
   * Asks for a cold shutdown: running jobs are interrupted. What becomes of them is {@link
   * RqWorkerBuilder#unfinishedJobs}.
   */
  public void shutdownNow() {
    if (isWorking()) {
      shutdown.cold();
    }
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
      closeParts();
      return;
    }
    shutdown();
    try {
      if (!awaitEnd(patience)) {
        shutdownNow();
        if (!awaitEnd(shutdown.patience().plus(GOODBYE))) {
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
      upkeep.beforeBurst();
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

  /** Says goodbye for one slot while others go on. */
  private void retire(Slot slot) {
    workerLog.retired(slot.name());
    slots.remove(slot);
    heartbeats.remove(slot);
    slot.stop();
    try (RedisConnection redis = server.borrow()) {
      registration.die(redis, slot.name());
    } catch (RqException e) {
      log.warn("Worker {}: could not register its end: {}", slot.name(), e.getMessage());
    }
  }

  /** Closes what may hold threads and connections before the worker has begun to work. */
  private void closeParts() {
    closeHorses();
    watchdog.close();
    heartbeats.close();
    commands.close();
    server.close();
  }

  private void closeHorses() {
    if (horses != null) {
      horses.close();
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
    closeHorses();
    upkeep.close();
    lostJobCalls.close(config.shutdownTimeout(), shutdown::isCold);
    watchdog.close();
    heartbeats.close();
    commands.close();
    try (RedisConnection redis = server.borrow()) {
      slots.forEach(slot -> registration.die(redis, slot.name()));
    } catch (RqException e) {
      log.warn("Worker {}: could not register its end: {}", name(), e.getMessage());
    }
    exchange.close();
    server.close();
    webhooks.close(shutdown.isCold() ? Duration.ZERO : config.shutdownTimeout());
    ended.countDown();
  }
}
