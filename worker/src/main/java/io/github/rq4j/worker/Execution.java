package io.github.rq4j.worker;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job in its thread, and the race between its function and its time limit. Whoever
 * ends it first decides the outcome; the other finds it ended.
 */
final class Execution {
  private final ClaimedJob claimed;
  private final Thread thread;
  private final long startedNanos;
  private boolean ended;
  private StackTraceElement @Nullable [] timedOutAt;

  Execution(ClaimedJob claimed, Thread thread, long startedNanos) {
    this.claimed = claimed;
    this.thread = thread;
    this.startedNanos = startedNanos;
  }

  ClaimedJob claimed() {
    return claimed;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /** Seconds that the job may run; empty where it may run for ever. */
  OptionalLong limit() {
    return JobTimeout.of(claimed.job());
  }

  /** Interrupts the function, unless it has ended. Remembers where it stood. */
  synchronized boolean timeOut() {
    if (ended) {
      return false;
    }
    timedOutAt = thread.getStackTrace();
    thread.interrupt();
    return true;
  }

  /** Interrupts the function without recording an outcome: the process is about to go. */
  synchronized void abandon() {
    if (!ended) {
      ended = true;
      thread.interrupt();
    }
  }

  /**
   * Ends the run with what the function did, or with the timeout that hit it: a function that comes
   * back after its limit was interrupted half-way, whatever it returns.
   *
   * @return null where the run has been ended by somebody else
   */
  synchronized @Nullable Outcome end(Outcome own) {
    if (ended) {
      return null;
    }
    ended = true;
    return timedOutAt == null ? own : timeoutFailure(timedOutAt);
  }

  /** Ends the run although the function has not come back. Null where it has. */
  synchronized @Nullable Outcome giveUp() {
    if (ended || timedOutAt == null) {
      return null;
    }
    ended = true;
    return timeoutFailure(timedOutAt);
  }

  private Outcome timeoutFailure(StackTraceElement[] frames) {
    return new Outcome.Failed(
        FailureText.of(
            "rq.timeouts.JobTimeoutException",
            "Task exceeded maximum timeout value (" + limit().orElse(0) + " seconds)",
            frames));
  }
}
