package io.github.rq4j.worker;

import io.github.rq4j.client.Retry;
import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a job whose function returned a {@link Retry}.
 *
 * @param retries how many runs it has asked for by now
 * @param dueEpochSeconds when to run again; 0 for at once
 * @param atFront whether it goes to the front of its queue
 */
record ReturnedRetryPlan(long retries, long dueEpochSeconds, boolean atFront) {

  /** Empty where the job has asked too often. */
  static Optional<ReturnedRetryPlan> of(StoredJob job, Retry retry, Instant now) {
    long before = retriesBefore(job);
    if (before >= retry.max()) {
      return Optional.empty();
    }
    long interval = interval(retry.intervals(), before);
    long due = interval > 0 ? now.getEpochSecond() + interval : 0;
    boolean atFront = retry.enqueueAtFront() || isAlwaysAtFront(job);
    return Optional.of(new ReturnedRetryPlan(before + 1, due, atFront));
  }

  /** The intervals are used from the first to the last, which repeats. */
  private static long interval(List<Duration> intervals, long before) {
    if (intervals.isEmpty()) {
      return 0;
    }
    return intervals.get((int) Math.min(intervals.size() - 1, before)).toSeconds();
  }

  private static long retriesBefore(StoredJob job) {
    try {
      Long number = job.number(JobFields.NUMBER_OF_RETRIES);
      return number == null ? 0 : Math.max(0, number);
    } catch (UnreadableJobException e) {
      return 0;
    }
  }

  private static boolean isAlwaysAtFront(StoredJob job) {
    try {
      return job.flag(JobFields.ENQUEUE_AT_FRONT_ON_RETRY);
    } catch (UnreadableJobException e) {
      return false;
    }
  }
}
