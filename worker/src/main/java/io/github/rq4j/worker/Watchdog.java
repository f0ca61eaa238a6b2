package io.github.rq4j.worker;

import java.time.Duration;
import java.util.OptionalLong;
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
  /** Is told what application code is about to be called. */
  interface Listener {
    /**
     * A call begins.
     *
     * @param seconds how long it may take; empty: without end
     */
    void begins(OptionalLong seconds);
  }

  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  private final ScheduledThreadPoolExecutor timer;
  private final Duration grace;
  private final AbandonedThreads abandoned;
  private final Listener listener;

  Watchdog(String workerName, Duration grace, AbandonedThreads abandoned, Listener listener) {
    this.grace = grace;
    this.abandoned = abandoned;
    this.listener = listener;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Threads.daemons("rq-worker-" + workerName + "-timeouts"));
    this.timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Watches an execution.
   *
   * @param seconds how long it may take; empty: without end
   * @param onGivenUp told the outcome of an execution whose function did not come back
   * @return to be run when the function comes back
   */
  Runnable watch(
      Execution execution, OptionalLong seconds, BiConsumer<Execution, Outcome> onGivenUp) {
    listener.begins(seconds);
    if (seconds.isEmpty()) {
      return () -> {};
    }
    long limit = seconds.getAsLong();
    Future<?> alarm =
        timer.schedule(
            () -> interrupt(execution, Interruption.timeout(limit), onGivenUp),
            limit,
            TimeUnit.SECONDS);
    return () -> alarm.cancel(false);
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
    var unused = later(grace, () -> giveUp(execution, cause.reason(), onGivenUp));
    return true;
  }

  /**
   * Does something later, unless the worker has ended by then.
   *
   * @return to be run where it need not be done any more
   */
  Runnable later(Duration delay, Runnable action) {
    try {
      Future<?> alarm = timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> alarm.cancel(false);
    } catch (RejectedExecutionException e) {
      log.debug("the worker has ended", e);
      return () -> {};
    }
  }

  private void giveUp(
      Execution execution, Cancellation reason, BiConsumer<Execution, Outcome> onGivenUp) {
    Outcome outcome = execution.giveUp();
    if (outcome != null) {
      execution
          .thread()
          .ifPresent(
              thread ->
                  abandoned.add(
                      thread,
                      "Job "
                          + execution.claimed().id()
                          + " did not react to its interruption ("
                          + reason
                          + ") and its end is recorded without it"));
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
    Thread thread();
  }

  /**
   * Watches a call.
   *
   * @param seconds how long it may take; empty: without end
   * @param onGivenUp run where it did not come back
   * @return to be run when it comes back
   * @throws RejectedExecutionException if the worker has ended
   */
  Runnable watch(Limited call, OptionalLong seconds, Runnable onGivenUp) {
    listener.begins(seconds);
    if (seconds.isEmpty()) {
      return () -> {};
    }
    Future<?> alarm =
        timer.schedule(() -> interrupt(call, onGivenUp), seconds.getAsLong(), TimeUnit.SECONDS);
    return () -> alarm.cancel(false);
  }

  private void interrupt(Limited call, Runnable onGivenUp) {
    if (call.interrupt()) {
      var unused = later(grace, () -> giveUp(call, onGivenUp));
    }
  }

  private void giveUp(Limited call, Runnable onGivenUp) {
    if (call.giveUp()) {
      abandoned.add(
          call.thread(),
          "A callback or exception handler did not react to the interruption at its timeout");
      onGivenUp.run();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
