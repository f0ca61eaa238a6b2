package io.github.rq4j.worker;

import java.time.Duration;

/** Waits between attempts to reach Redis, as RQ's worker does: 1, 2, 4 ... at most 60 seconds. */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Duration next = FIRST;

  Duration next() {
    Duration wait = next;
    Duration doubled = wait.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wait;
  }

  void reset() {
    next = FIRST;
  }
}
