package io.github.rq4j.worker;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends jobs that run longer than they may, for all slots of a worker in one thread. At the limit
 * the job's thread is interrupted; if the function has not come back a grace period later, its
 * failure is recorded all the same and its thread given up.
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
    return timer.schedule(() -> interrupt(execution, onGivenUp), seconds, TimeUnit.SECONDS);
  }

  private void interrupt(Execution execution, BiConsumer<Execution, Outcome> onGivenUp) {
    if (execution.timeOut()) {
      var unused =
          timer.schedule(
              () -> giveUp(execution, onGivenUp), grace.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static void giveUp(Execution execution, BiConsumer<Execution, Outcome> onGivenUp) {
    Outcome outcome = execution.giveUp();
    if (outcome != null) {
      log.error(
          "Job {} did not react to the interruption at its timeout: recorded as failed, its thread"
              + " is given up",
          execution.claimed().id());
      onGivenUp.accept(execution, outcome);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
