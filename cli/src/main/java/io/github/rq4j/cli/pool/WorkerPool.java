package io.github.rq4j.cli.pool;

import io.github.rq4j.cli.console.CommandFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/**
 * Keeps so many workers alive, each a process of its own, as RQ's {@code WorkerPool}. Unlike there,
 * workers that end within ten seconds are started again after growing pauses, and one that was
 * called wrongly ends the pool.
 */
final class WorkerPool {
  private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration TOO_SHORT = Duration.ofSeconds(10);
  private static final int MOST_PAUSES = 30;

  private final int size;
  private final boolean burst;
  private final Supplier<String> names;
  private final Function<String, WorkerProcess> starter;
  private final Map<String, WorkerProcess> workers = new LinkedHashMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private int pauses;
  private int pausesLeft;

  /**
   * Prepares a pool.
   *
   * @param burst whether workers that end are not replaced
   * @param names gives each worker its name
   * @param starter starts a worker of that name
   */
  WorkerPool(
      int size, boolean burst, Supplier<String> names, Function<String, WorkerProcess> starter) {
    this.size = size;
    this.burst = burst;
    this.names = names;
    this.starter = starter;
  }

  /** Runs until it is stopped, or the workers of a burst have ended. */
  void run() throws InterruptedException {
    log.info("Starting worker pool with pid {}...", ProcessHandle.current().pid());
    try {
      fill();
      while (!stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        reap();
        if (!burst) {
          refill();
        } else if (isEmpty()) {
          break;
        }
      }
      awaitEnd();
    } finally {
      signal();
    }
    log.info("All workers stopped, exiting...");
  }

  private synchronized boolean isEmpty() {
    return workers.isEmpty();
  }

  private synchronized void fill() {
    while (workers.size() < size && stop.getCount() > 0) {
      WorkerProcess worker = starter.apply(names.get());
      log.debug("Spawned worker: {} with PID {}", worker.name(), worker.pid());
      workers.put(worker.name(), worker);
    }
  }

  private void refill() {
    if (pausesLeft > 0) {
      pausesLeft--;
    } else {
      fill();
    }
  }

  private synchronized void reap() {
    for (WorkerProcess worker : List.copyOf(workers.values())) {
      if (worker.isAlive()) {
        continue;
      }
      log.info("Worker {} with pid {} is dead", worker.name(), worker.pid());
      workers.remove(worker.name());
      if (worker.process().exitValue() == ExitCode.USAGE) {
        throw CommandFailure.misuse("a worker says that it was called wrongly; see above");
      }
      boolean isShort = System.nanoTime() - worker.startedAt() < TOO_SHORT.toNanos();
      pauses = isShort ? Math.min(MOST_PAUSES, Math.max(1, 2 * pauses)) : 0;
      pausesLeft = pauses;
    }
  }

  /** Asks the workers to end; asked again, they interrupt their jobs. From any thread. */
  void shutdown() {
    log.info("Received SIGINT/SIGTERM, shutting down...");
    stop.countDown();
    signal();
  }

  private synchronized void signal() {
    if (!workers.isEmpty()) {
      log.info("Sending stop signal to {} workers", workers.size());
    }
    for (WorkerProcess worker : workers.values()) {
      worker.process().destroy();
      log.info("Sent shutdown command to worker with {}", worker.pid());
    }
  }

  private void awaitEnd() throws InterruptedException {
    while (true) {
      List<WorkerProcess> left;
      synchronized (this) {
        workers.values().removeIf(worker -> !worker.isAlive());
        left = List.copyOf(workers.values());
      }
      if (left.isEmpty()) {
        return;
      }
      log.debug("Waiting for workers to shutdown...");
      // However long a job takes; whoever has no patience sends another signal.
      boolean ended = left.get(0).process().waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      log.trace("Worker {} has ended: {}", left.get(0).name(), ended);
    }
  }
}
