package io.github.rq4j.client;

import java.util.Arrays;
import java.util.List;

/**
 * Jobs that another one waits for; RQ's {@code Dependency}. Immutable. If a job has several, what
 * one of them allows counts for all, as in RQ.
 *
 * @param jobIds their ids, at least one
 * @param allowFailure whether the job also runs when they failed (RQ 1.11 on)
 * @param enqueueAtFront whether the job goes to the front of its queue when they have ended; not
 *     where they have already ended when it is enqueued
 */
public record Dependency(List<String> jobIds, boolean allowFailure, boolean enqueueAtFront) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there is no id, or one is not of letters, digits, {@code _}
   *     and {@code -}
   */
  public Dependency {
    jobIds = List.copyOf(jobIds);
    if (jobIds.isEmpty()) {
      throw new IllegalArgumentException("a dependency needs at least one job");
    }
    jobIds.forEach(Names::jobId);
  }

  /**
   * Waits for the success of jobs.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Dependency on(Job... jobs) {
    return new Dependency(Arrays.stream(jobs).map(Job::id).toList(), false, false);
  }

  /**
   * Waits for the success of the jobs of these ids.
   *
   * @throws IllegalArgumentException if there is none, or one is not of letters, digits, {@code _}
   *     and {@code -}
   */
  public static Dependency on(String... jobIds) {
    return new Dependency(Arrays.asList(jobIds), false, false);
  }

  /** The same, also when they fail. */
  public Dependency allowingFailure() {
    return new Dependency(jobIds, true, enqueueAtFront);
  }

  /** The same, and then to the front of the queue. */
  public Dependency atFront() {
    return new Dependency(jobIds, allowFailure, true);
  }
}
