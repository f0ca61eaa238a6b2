package io.github.rq4j.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How often a job is to be run again, and when; RQ's {@code Retry}. A function that returns one
 * asks for another run (RQ 2.1 on). Immutable.
 *
 * @param max how many more runs there may be, at least 1
 * @param intervals how long to wait before each, in whole seconds; the last one counts for all
 *     further runs; none or zero: not at all
 * @param enqueueAtFront whether the job goes to the front of its queue
 */
public record Retry(int max, List<Duration> intervals, boolean enqueueAtFront) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code max} is below 1, or an interval is negative or no
   *     whole number of seconds
   */
  public Retry {
    if (max < 1) {
      throw new IllegalArgumentException("a retry's max must be at least 1, not " + max);
    }
    intervals = List.copyOf(intervals);
    for (Duration interval : intervals) {
      if (interval.isNegative() || interval.toNanosPart() != 0) {
        throw new IllegalArgumentException(
            "a retry's interval must be whole seconds and not negative, not " + interval);
      }
    }
  }

  /** At most so many more runs, each at once. */
  public static Retry times(int max) {
    return new Retry(max, List.of(), false);
  }

  /** The same with a wait before each run; the last one counts for all further runs. */
  public Retry after(Duration... waits) {
    return new Retry(max, Arrays.asList(waits), enqueueAtFront);
  }

  /** The same at the front of the queue. */
  public Retry atFront() {
    return new Retry(max, intervals, true);
  }
}
