package io.github.rq4j.worker;

import java.util.OptionalLong;

/** What the claims so far tell of the jobs that are left to claim. For {@link Turns}. */
final class Supply {
  private final OptionalLong maxJobs;
  private JobExchange.State state = JobExchange.State.MORE;
  private long underWay;
  private long claimed;

  /**
   * Begins with queues that may have jobs.
   *
   * @param maxJobs how many may be claimed in all
   */
  Supply(OptionalLong maxJobs) {
    this.maxJobs = maxJobs;
  }

  /** A queue may have got a job. What holds all jobs back still does. */
  void lookAgain() {
    if (!isHeldBack()) {
      state = JobExchange.State.MORE;
    }
  }

  /** Time has passed: what held all jobs back may be over. */
  void lookAgainAnyway() {
    state = JobExchange.State.MORE;
  }

  /** So many jobs are asked for. */
  void asked(int jobs) {
    underWay += jobs;
  }

  /**
   * The answer has come. Whatever those found that were sent before: this one looked last.
   *
   * @param jobs how many were asked for
   * @param found how many there were
   */
  void answered(int jobs, int found, JobExchange.State now) {
    underWay -= jobs;
    claimed += found;
    if (jobs > 0) {
      state = now;
    }
  }

  /** No answer will come to the question for so many. */
  void unanswered(int jobs) {
    underWay -= jobs;
    lookAgain();
  }

  /** How many jobs were claimed. */
  long claimedJobs() {
    return claimed;
  }

  /** How many more may be claimed. */
  long allowed() {
    return maxJobs.isPresent() ? maxJobs.getAsLong() - claimed - underWay : Long.MAX_VALUE;
  }

  /** Whether to ask. */
  boolean mayHaveMore() {
    return state == JobExchange.State.MORE && allowed() > 0;
  }

  /** Whether the queues were found empty. */
  boolean isEmpty() {
    return state == JobExchange.State.DRAINED;
  }

  /** Whether jobs may be there, but none may be started at present. */
  boolean isHeldBack() {
    return isSuspended() || state == JobExchange.State.BLOCKED;
  }

  /** Whether {@code rq suspend} is what holds them back. */
  boolean isSuspended() {
    return state == JobExchange.State.SUSPENDED;
  }

  /** Whether a worker that only empties the queues has nothing more to look for. */
  boolean isOverForBurst() {
    return isEmpty() || state == JobExchange.State.BLOCKED;
  }
}
