package io.github.rq4j.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the failure callbacks of abandoned jobs and, for each, the worker's exception handlers: one
 * job after another, in a thread of its own, so that slow ones do not hold up maintenance. What
 * goes wrong is logged. Safe for use by many threads.
 */
final class LostJobCalls implements LostJobs.Listener {
  private static final Logger log = LoggerFactory.getLogger(LostJobCalls.class);
  private static final int MAXIMUM_WAITING = 1_000;
  private static final long POLL_MILLIS = 50;

  private final WorkerConfig config;
  private final LimitedCalls calls;
  private final Deque<LostJob> waiting = new ArrayDeque<>();
  private boolean working;
  private boolean closed;

  LostJobCalls(WorkerConfig config, Watchdog watchdog) {
    this.config = config;
    this.calls = new LimitedCalls(watchdog, this::goOn);
  }

  @Override
  public synchronized void tookOver(LostJob lost) {
    warnOfUncalled(lost);
    if (!lost.wasStarted()
        || (javaCallback(lost).isEmpty() && config.exceptionHandlers().isEmpty())) {
      return;
    }
    if (closed || waiting.size() >= MAXIMUM_WAITING) {
      log.warn(
          "Job {}: its failure callback and the exception handlers are not called: {}",
          lost.id(),
          closed ? "the worker ends" : MAXIMUM_WAITING + " jobs wait for theirs already");
      return;
    }
    waiting.add(lost);
    if (!working) {
      working = true;
      goOn(() -> true);
    }
  }

  private void warnOfUncalled(LostJob lost) {
    if (lost.failureCallback() != null
        && javaCallback(lost).isEmpty()
        && !config.callbackJobs().areMade()) {
      log.warn(
          "Job {}: it was abandoned, and its failure callback {} is not called: no Java function is"
              + " registered under this name. Register one by Handlers.Builder.onFailure, or give"
              + " the worker a callback queue, so that a Python worker calls it",
          lost.id(),
          lost.failureCallback());
    }
  }

  private Optional<FailureCallback> javaCallback(LostJob lost) {
    String name = lost.failureCallback();
    return name == null ? Optional.empty() : config.handlers().onFailure(name);
  }

  /** Does what is left of one job, and then the others, in a new thread. */
  private void goOn(BooleanSupplier rest) {
    Runnable duty =
        () -> {
          if (rest.getAsBoolean()) {
            work();
          }
        };
    Threads.daemon("rq-worker-" + config.name() + "-lost-jobs", duty).start();
  }

  private void work() {
    LostJob lost = next();
    while (lost != null && follow(lost)) {
      lost = next();
    }
  }

  private synchronized @Nullable LostJob next() {
    LostJob lost = waiting.poll();
    if (lost == null) {
      working = false;
      notifyAll();
    }
    return lost;
  }

  /** Returns false where the job was taken out of this thread's hands. */
  private boolean follow(LostJob lost) {
    JobFailure failure = lost.failure();
    ExceptionHandlerChain handlers =
        new ExceptionHandlerChain(config.exceptionHandlers(), lost.executed(), calls);
    Optional<FailureCallback> callback = javaCallback(lost);
    if (callback.isEmpty()) {
      return handlers.call(failure, () -> true);
    }
    return calls.call(
        () -> callback.get().call(lost.executed(), failure),
        lost.failureCallbackSeconds(),
        problem -> {
          if (problem != null) {
            log.error(
                "Job {}: error while executing failure callback of an abandoned job",
                lost.id(),
                problem);
          }
          return handlers.call(failure, () -> true);
        });
  }

  /**
   * Waits for the calls that are still to be made; takes no more.
   *
   * @param patience how long they may take
   * @param giveUp whether to stop waiting
   */
  synchronized void close(Duration patience, BooleanSupplier giveUp) {
    closed = true;
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (working && !giveUp.getAsBoolean() && System.nanoTime() < end) {
        wait(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (working) {
      log.warn(
          "Worker {}: ended before the callbacks of abandoned jobs were done, {} not begun",
          config.name(),
          waiting.size());
      waiting.clear();
    }
  }
}
