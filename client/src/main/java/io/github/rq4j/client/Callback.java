package io.github.rq4j.client;

import java.time.Duration;

/**
 * A function that the worker calls when a job ends; RQ's {@code Callback}. Immutable.
 *
 * <p>The worker that runs the job must know the function, and so must every Python worker that
 * cleans the registries of its queue: a name that Python cannot import stops that clean-up.
 *
 * @param function the dotted Python name
 * @param timeout how long the call may take, in whole seconds from 1 to 2<sup>31</sup>-1
 */
public record Callback(String function, Duration timeout) {
  /** RQ's default: a callback may run for 60 seconds. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the name is not of identifiers separated by dots, or the
   *     timeout out of its range
   */
  public Callback {
    Names.dotted("a callback", function);
    Seconds.checked("a callback's timeout", timeout, 1);
  }

  /**
   * A callback with RQ's timeout.
   *
   * @param function the dotted Python name
   * @throws IllegalArgumentException if the name is not of identifiers separated by dots
   */
  public static Callback of(String function) {
    return new Callback(function, DEFAULT_TIMEOUT);
  }

  /**
   * The same with another timeout.
   *
   * @throws IllegalArgumentException if it is no whole number of seconds from 1 on
   */
  public Callback withTimeout(Duration limit) {
    return new Callback(function, limit);
  }
}
