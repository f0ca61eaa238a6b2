package io.github.rq4j.worker;

import io.github.rq4j.client.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does for its queues apart from running jobs, shared by all slots: maintenance, and
 * the scheduler where it is asked for. Each has a thread; a burst worker does both once, before its
 * first job.
 */
final class Upkeep {
  private static final Duration END_WAIT = Duration.ofSeconds(2);

  private final boolean burst;
  private final @Nullable Maintenance maintenance;
  private final @Nullable Scheduler scheduler;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<PeriodicThread> threads = new ArrayList<>();

  Upkeep(
      WorkerConfig config,
      RedisServer server,
      Registration registration,
      LostJobs.Listener listener) {
    BooleanSupplier stopping = () -> stopped.getCount() == 0;
    String prefix = "rq-worker-" + config.name() + "-";
    burst = config.burst();
    scheduler =
        config.withScheduler() ? new Scheduler(config, server, registration, stopping) : null;
    maintenance = config.maintenance() ? new Maintenance(config, server, stopping, listener) : null;
    if (burst) {
      return;
    }
    if (scheduler != null) {
      threads.add(
          new PeriodicThread(prefix + "scheduler", scheduler, Duration.ofSeconds(1), stopped));
    }
    if (maintenance != null) {
      threads.add(
          new PeriodicThread(
              prefix + "maintenance", maintenance, config.maintenanceInterval(), stopped));
    }
  }

  void start() {
    threads.forEach(PeriodicThread::start);
  }

  /** Does in the calling thread what a burst worker does before its first job. */
  void beforeBurst() {
    if (!burst) {
      return;
    }
    if (scheduler != null) {
      scheduler.runOnce();
    }
    if (maintenance != null) {
      maintenance.perform();
    }
  }

  /** Asks for the end: locks are released, so that others can take over. */
  void stop() {
    stopped.countDown();
  }

  /** Waits for the end, but not for ever. */
  void close() {
    stop();
    try {
      for (PeriodicThread thread : threads) {
        thread.join(END_WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
