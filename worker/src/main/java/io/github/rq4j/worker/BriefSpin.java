package io.github.rq4j.worker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Waits awake for what is likely to happen at once: to sleep and to be woken takes a thread longer
 * than the shortest jobs take. One thread waits, any number make things happen.
 */
final class BriefSpin {
  // About what it takes to wake two threads: the one of the slot, and this one.
  private static final Duration LIMIT = Duration.ofNanos(100_000);

  private final AtomicLong happened = new AtomicLong();
  // On a single processor whoever spins keeps from happening what it waits for.
  private final boolean canSpin = Runtime.getRuntime().availableProcessors() > 1;

  /** Tells the waiting thread. */
  void happen() {
    happened.incrementAndGet();
  }

  /** What {@link #await} is given to know what is new. */
  long mark() {
    return happened.get();
  }

  /** Returns when something has happened since the mark, or after 100 microseconds. */
  void await(long mark) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (canSpin && happened.get() == mark && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }
}
