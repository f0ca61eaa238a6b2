package io.github.rq4j.cli.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Jobs that come at fixed times, whatever became of those before. Immutable.
 *
 * @param perSecond how many come in a second, at least 1
 * @param time for how long
 */
record Arrivals(int perSecond, Duration time) {
  /** How long before its time a job is waited for without giving the processor away. */
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

  /** How many they are. */
  int count() {
    return Math.toIntExact(perSecond * time.toMillis() / 1_000);
  }

  String label() {
    return perSecond + "/s";
  }

  /** The time of one of them, counted from 0. */
  long at(long begin, int number) {
    return begin + number * TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /** Waits for the time of one of them; not at all if it is over. */
  void await(long begin, int number) {
    long due = at(begin, number);
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
