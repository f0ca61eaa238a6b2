package io.github.rq4j.worker;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends jobs before their functions come back, for all slots of a worker in one thread: at their
 * time limit, or when somebody asks for it. First the job's thread is interrupted; if the function
 * has not come back a grace period later, its outcome is recorded all the same and its thread given
 * up.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  private final ScheduledThreadPoolExecutor timer;
  private final Duration grace;

  Watchdog(String workerName, Duration grace) {
    this.grace = grace;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Threads.daemons("rq-worker-" + workerName + "-timeouts"));
    this.timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Watches an execution.
   *
   * @param onGivenUp told the outcome of an execution whose function did not come back
   * @return to be cancelled when the function comes back
   */
  Future<?> watch(Execution execution, long seconds, BiConsumer<Execution, Outcome> onGivenUp) {
    return timer.schedule(
        () -> interrupt(execution, Interruption.timeout(seconds), onGivenUp),
        seconds,
        TimeUnit.SECONDS);
  }

  /**
   * Interrupts an execution now.
   *
   * @param onGivenUp told the outcome of an execution whose function did not come back
   * @return false where it has ended or was interrupted before
   */
  boolean interrupt(
      Execution execution, Interruption cause, BiConsumer<Execution, Outcome> onGivenUp) {
    if (!execution.interrupt(cause)) {
      return false;
    }
    later(grace, () -> giveUp(execution, cause.reason(), onGivenUp));
    return true;
  }

  /** Does something later, unless the worker has ended by then. */
  void later(Duration delay, Runnable action) {
    try {
      var unused = timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("the worker has ended", e);
    }
  }

  private static void giveUp(
      Execution execution, Cancellation reason, BiConsumer<Execution, Outcome> onGivenUp) {
    Outcome outcome = execution.giveUp();
    if (outcome != null) {
      log.error(
          "Job {} did not react to its interruption ({}): its end is recorded without it, its"
              + " thread is given up",
          execution.claimed().id(),
          reason);
      onGivenUp.accept(execution, outcome);
    }
  }

  /** A call that may be ended before it comes back. */
  interface Limited {
    /** Interrupts it. False where it has ended. */
    boolean interrupt();

    /** Ends it although it has not come back. False where it has. */
    boolean giveUp();

    /** Where it runs. */
    String threadName();
  }

  /**
   * Watches a call.
   *
   * @param onGivenUp run where it did not come back
   * @return to be cancelled when it comes back
   */
  Future<?> watch(Limited call, long seconds, Runnable onGivenUp) {
    return timer.schedule(() -> interrupt(call, onGivenUp), seconds, TimeUnit.SECONDS);
  }

  private void interrupt(Limited call, Runnable onGivenUp) {
    if (call.interrupt()) {
      Runnable giveUp =
          () -> {
            if (call.giveUp()) {
              log.error(
                  "Thread {} is given up: the callback or exception handler in it did not react"
                      + " to the interruption at its timeout",
                  call.threadName());
              onGivenUp.run();
            }
          };
      var unused = timer.schedule(giveUp, grace.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
