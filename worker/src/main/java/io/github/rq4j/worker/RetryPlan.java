package io.github.rq4j.worker;

import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.json.JsonSerializer;
import java.time.Instant;
import java.util.ArrayList;
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
    List<Long> intervals = intervals(job);
    if (intervals.isEmpty()) {
      return 0;
    }
    return intervals.get((int) Math.max(intervals.size() - left, 0));
  }

  private static List<Long> intervals(StoredJob job) {
    byte[] json = job.bytes(JobFields.RETRY_INTERVALS);
    if (json == null) {
      return List.of();
    }
    List<Long> intervals = new ArrayList<>();
    try {
      if (JsonSerializer.defaults().deserialize(json) instanceof List<?> elements) {
        for (Object element : elements) {
          intervals.add(element instanceof Number number ? number.longValue() : 0L);
        }
      }
      return intervals;
    } catch (CodecException e) {
      throw new UnreadableJobException(job.id(), JobFields.RETRY_INTERVALS, "a JSON array");
    }
  }
}
