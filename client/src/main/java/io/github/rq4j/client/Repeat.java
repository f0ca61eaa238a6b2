package io.github.rq4j.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How often a job that succeeded is to be run again, and after which waits; RQ's {@code Repeat} (RQ
 * 2.3 on). Immutable. A run that fails ends it. A job waits in the scheduled registry, which needs
 * a worker with a scheduler.
 *
 * @param times how many more runs there shall be, at least 1: the job runs once more often
 * @param intervals how long to wait before each, in whole seconds up to 2<sup>31</sup>-1; the last
 *     one counts for all further runs; zero is at once; none given is one zero. RQ before 3.0 takes
 *     them from the end
 */
public record Repeat(int times, List<Duration> intervals) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if {@code times} is below 1, or an interval is negative, too
   *     long or no whole number of seconds
   */
  public Repeat {
    if (times < 1) {
      throw new IllegalArgumentException("a repeat's times must be at least 1, not " + times);
    }
    intervals = intervals.isEmpty() ? List.of(Duration.ZERO) : List.copyOf(intervals);
    intervals.forEach(interval -> Seconds.checked("a repeat's interval", interval, 0));
  }

  /**
   * So many more runs, each at once.
   *
   * @throws IllegalArgumentException if the number is below 1
   */
  public static Repeat times(int times) {
    return new Repeat(times, List.of());
  }

  /** The same with waits before the runs. */
  public Repeat after(Duration... waits) {
    return new Repeat(times, Arrays.asList(waits));
  }
}
