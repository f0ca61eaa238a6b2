package io.github.rq4j.worker;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job, and the race between its function and those who may end it: its time limit, a
 * command, a shutdown. Whoever ends it first decides the outcome; the others find it ended.
 */
final class Execution {
  private final ClaimedJob claimed;
  private final long startedNanos;
  private @Nullable Thread thread;
  private Runnable interrupter = () -> {};
  private boolean isHere;
  private @Nullable Interruption interruption;
  private StackTraceElement[] interruptedAt = {};
  private boolean ended;

  Execution(ClaimedJob claimed, long startedNanos) {
    this.claimed = claimed;
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

  /** Why the function was asked to end; null while it was not. */
  synchronized @Nullable Cancellation cancellation() {
    return interruption == null ? null : interruption.reason();
  }

  /** The thread that called the function or waits for it; empty where none does yet. */
  synchronized Optional<Thread> thread() {
    return Optional.ofNullable(thread);
  }

  /** Tells that this thread is about to call the function. False where it need not any more. */
  synchronized boolean begin() {
    if (ended || interruption != null) {
      return false;
    }
    thread = Thread.currentThread();
    interrupter = thread::interrupt;
    isHere = true;
    return true;
  }

  /**
   * Tells that somebody else is about to call the function, while this thread waits; or that it is
   * another one now. False where it need not be called any more.
   *
   * @param hurry ends that; runs in the thread of whoever interrupts
   */
  synchronized boolean beginElsewhere(Runnable hurry) {
    if (ended || interruption != null) {
      return false;
    }
    thread = Thread.currentThread();
    interrupter = hurry;
    return true;
  }

  /**
   * Interrupts the function and remembers where it stood, unless the run has ended or was
   * interrupted before: the first interruption decides.
   */
  synchronized boolean interrupt(Interruption cause) {
    if (ended || interruption != null) {
      return false;
    }
    interruption = cause;
    if (isHere && thread != null) {
      interruptedAt = thread.getStackTrace();
    }
    interrupter.run();
    return true;
  }

  /**
   * Interrupts the function and ends the run without an outcome: the job is left in the started
   * registry. False where it has ended.
   */
  synchronized boolean abandon(Interruption cause) {
    if (ended) {
      return false;
    }
    interruption = cause;
    ended = true;
    interrupter.run();
    return true;
  }

  /**
   * Ends the run with what the function did, or with the interruption that hit it: a function that
   * comes back after it was interrupted half-way, whatever it returns.
   *
   * @param own what the function did; null where it was not called
   * @return null where the run has been ended by somebody else
   */
  synchronized @Nullable Outcome end(@Nullable Outcome own) {
    if (ended) {
      return null;
    }
    ended = true;
    return interruption == null
        ? Objects.requireNonNull(own)
        : interruption.outcome().apply(interruptedAt);
  }

  /** Ends the run although the function has not come back. Null where it has. */
  synchronized @Nullable Outcome giveUp() {
    if (ended || interruption == null) {
      return null;
    }
    ended = true;
    return interruption.outcome().apply(interruptedAt);
  }
}
