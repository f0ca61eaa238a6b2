package io.github.rq4j.worker;

import io.github.rq4j.worker.horse.HorseCommand;
import io.github.rq4j.worker.horse.HorseProcess;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's horses: starts them before they are needed, and knows all that live. Each has a thread
 * of its own, from its start to its end. Safe for use by many threads.
 */
final class Horses implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Horses.class);
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration GOODBYE = Duration.ofSeconds(1);
  // After so many in a row nobody should wait for one any longer.
  private static final int MOST_FAILURES = 4;
  private static final long POLL_MILLIS = 1_000;
  // Starting keeps processors busy: of very many at once none would be ready in time.
  static final int MOST_STARTING = 2 * Runtime.getRuntime().availableProcessors();

  private final WorkerConfig config;
  private final ProcessIsolation isolation;
  private final HorseSetup setup;
  private final RunningJobs jobs;
  private final Watchdog watchdog;
  private final SecureRandom random = new SecureRandom();
  private final Backoff backoff = new Backoff();

  private final Deque<Horse> ready = new ArrayDeque<>();
  private final Set<Horse> living = new HashSet<>();
  private int started;
  private int starting;
  private int waiting;
  private boolean resting;
  private boolean closed;
  private int failures;
  private @Nullable HorseStartException lastFailure;

  Horses(WorkerConfig config, ProcessIsolation isolation, RunningJobs jobs, Watchdog watchdog) {
    this.config = config;
    this.isolation = isolation;
    this.setup = config.horseSetup();
    this.jobs = jobs;
    this.watchdog = watchdog;
  }

  /**
   * Starts a horse for each slot, and the spare ones, and waits for the former.
   *
   * @throws HorseStartException if one cannot be started
   */
  synchronized void start() {
    int wanted = config.concurrency();
    waiting += wanted;
    replenish();
    try {
      while (ready.size() < wanted && failures == 0) {
        wait(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HorseStartException("the thread that waited for it was interrupted", e);
    } finally {
      waiting -= wanted;
    }
    if (lastFailure != null) {
      throw lastFailure;
    }
  }

  /**
   * A horse that waits for jobs; has another one started in its place.
   *
   * @throws HorseStartException if there is none, and none can be started
   */
  synchronized Horse take() throws InterruptedException {
    waiting++;
    try {
      while (true) {
        Horse horse = ready.poll();
        if (horse != null) {
          return horse;
        }
        if (lastFailure != null && failures >= MOST_FAILURES) {
          throw lastFailure;
        }
        replenish();
        wait(POLL_MILLIS);
      }
    } finally {
      waiting--;
      replenish();
    }
  }

  /**
   * After how many jobs a horse is replaced. Those of the slots start together: were they replaced
   * together, too, there would be none meanwhile.
   *
   * @param number which horse of the worker it is, counted from 1
   */
  static int mostJobs(int number, int slots, int jobsPerHorse) {
    long share = (long) jobsPerHorse * Math.min(number, slots) / slots;
    return Math.toIntExact(Math.max(1, share));
  }

  private synchronized void replenish() {
    int missing = isolation.spareHorses() + waiting - ready.size() - starting;
    while (!closed && !resting && missing > 0 && starting < MOST_STARTING) {
      raise();
      missing--;
    }
  }

  private synchronized void raise() {
    starting++;
    started++;
    int number = started;
    String name = "rq-worker-" + config.name() + "-horse-" + number;
    Threads.daemon(name, () -> keepOne(number)).start();
  }

  private void keepOne(int number) {
    Horse horse;
    try {
      horse = newHorse(mostJobs(number, config.concurrency(), isolation.jobsPerHorse()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (HorseStartException e) {
      failed(e);
      return;
    } catch (IOException | RuntimeException e) {
      failed(new HorseStartException(String.valueOf(e.getMessage()), e));
      return;
    }
    if (isWelcome(horse)) {
      log.debug("Worker {}: {} is ready", config.name(), horse);
    } else {
      horse.kill();
    }
    horse.serve();
    gone(horse);
  }

  private Horse newHorse(int mostJobs) throws IOException, InterruptedException {
    HorseProcess process = HorseProcess.start(command(), random, START_PATIENCE);
    Runnable ready = watchdog.later(START_PATIENCE, process::kill);
    boolean usable = false;
    try {
      Horse horse = new Horse(process, jobs, mostJobs);
      horse.setUp(setup, config.handlers(), config.serializer().getClass());
      usable = true;
      return horse;
    } finally {
      ready.run();
      if (!usable) {
        process.kill();
      }
    }
  }

  private HorseCommand command() {
    List<String> options = new ArrayList<>();
    // A JVM without memory is in no state that a job should run in.
    options.add("-XX:+ExitOnOutOfMemoryError");
    options.addAll(isolation.jvmOptions());
    return new HorseCommand(
        options,
        isolation.classPath(),
        WorkHorse.class.getName(),
        List.of(config.name(), isolation.factory().getName()),
        isolation.output(),
        isolation.errors());
  }

  private synchronized boolean isWelcome(Horse horse) {
    starting--;
    living.add(horse);
    failures = 0;
    lastFailure = null;
    backoff.reset();
    if (closed) {
      return false;
    }
    ready.add(horse);
    replenish();
    notifyAll();
    return true;
  }

  private synchronized void failed(HorseStartException failure) {
    starting--;
    failures++;
    lastFailure = failure;
    notifyAll();
    if (!closed) {
      Duration wait = backoff.next();
      log.error(
          "Worker {}: {}; trying again in {} seconds",
          config.name(),
          failure.getMessage(),
          wait.toSeconds());
      rest(wait);
    }
  }

  private synchronized void gone(Horse horse) {
    living.remove(horse);
    if (ready.remove(horse) && !closed) {
      log.warn("Worker {}: {} ended before it had a job", config.name(), horse);
      // One that dies by itself again and again must not keep the machine busy.
      rest(backoff.next());
    }
    notifyAll();
  }

  private void rest(Duration time) {
    resting = true;
    var unused = watchdog.later(time, this::awake);
  }

  private synchronized void awake() {
    resting = false;
    replenish();
  }

  /** Ends all horses, what they are running included; within seconds. */
  @Override
  public void close() {
    List<Horse> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(living);
    }
    left.forEach(Horse::sendAway);
    if (!areGone()) {
      synchronized (this) {
        left = List.copyOf(living);
      }
      left.forEach(Horse::kill);
    }
  }

  private synchronized boolean areGone() {
    long end = System.nanoTime() + GOODBYE.toNanos();
    try {
      while (!living.isEmpty() && end - System.nanoTime() > 0) {
        wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return living.isEmpty();
  }

  /** The process ids of those that live and were ready once. */
  synchronized List<Long> pids() {
    return living.stream().map(Horse::pid).toList();
  }
}
