package io.github.rq4j.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How often a job is to be run again, and after which waits; RQ's {@code Retry}. Immutable.
 *
 * <p>Of a job that is enqueued with more retries than intervals, the first interval counts until as
 * many are left: 5 retries after 10, 20 and 30 seconds wait 10, 10, 10, 20 and 30 seconds. A
 * function that returns a retry asks for another run (RQ 2.1 on); then the last interval counts for
 * all further runs. A job waits in the scheduled registry, which needs a worker with a scheduler.
 *
 * @param max how many more runs there may be, at least 1
 * @param intervals how long to wait before each, in whole seconds up to 2<sup>31</sup>-1; zero is
 *     at once; none given is one zero
 * @param enqueueAtFront whether the job goes to the front of its queue (RQ 2.8 on)
 */
public record Retry(int max, List<Duration> intervals, boolean enqueueAtFront) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code max} is below 1, or an interval is negative, too
   *     long or no whole number of seconds
   */
  public Retry {
    if (max < 1) {
      throw new IllegalArgumentException("a retry's max must be at least 1, not " + max);
    }
    // RQ fails at an empty list when the job is to be retried.
    intervals = intervals.isEmpty() ? List.of(Duration.ZERO) : List.copyOf(intervals);
    intervals.forEach(interval -> Seconds.checked("a retry's interval", interval, 0));
  }

  /**
   * At most so many more runs, each at once.
   *
   * @throws IllegalArgumentException if the number is below 1
   */
  public static Retry times(int max) {
    return new Retry(max, List.of(), false);
  }

  /** The same with waits before the runs. */
  public Retry after(Duration... waits) {
    return new Retry(max, Arrays.asList(waits), enqueueAtFront);
  }

  /** The same at the front of the queue. */
  public Retry atFront() {
    return new Retry(max, intervals, true);
  }
}
