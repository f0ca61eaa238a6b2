package io.github.rq4j.worker;

import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What RQ's {@code Retry} prescribes for a failed job that has retries left.
 *
 * @param retriesLeft how many remain after this one
 * @param dueEpochSeconds when to run again; 0 for at once
 * @param atFront whether it goes to the front of its queue
 */
record RetryPlan(long retriesLeft, long dueEpochSeconds, boolean atFront) {

  /** Empty where the job is not to be retried. */
  static Optional<RetryPlan> of(StoredJob job, Instant now) {
    try {
      Long left = job.number(JobFields.RETRIES_LEFT);
      if (left == null || left <= 0) {
        return Optional.empty();
      }
      long interval = interval(job, left);
      long due = interval > 0 ? now.getEpochSecond() + interval : 0;
      boolean atFront = job.flag(JobFields.ENQUEUE_AT_FRONT_ON_RETRY);
      return Optional.of(new RetryPlan(left - 1, due, atFront));
    } catch (UnreadableJobException e) {
      return Optional.empty();
    }
  }

  /** The intervals are used from the first to the last; the first again while retries outnumber. */
  private static long interval(StoredJob job, long left) {
    List<Long> intervals = JsonSeconds.of(job, JobFields.RETRY_INTERVALS);
    if (intervals.isEmpty()) {
      return 0;
    }
    return intervals.get((int) Math.max(intervals.size() - left, 0));
  }
}
