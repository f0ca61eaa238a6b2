package io.github.rq4j.worker;

import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.json.JsonSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What RQ's {@code Repeat} prescribes for a job that returned and has repeats left.
 *
 * @param repeatsBefore how many were left before this one
 * @param intervals what is left of the intervals, as JSON; empty where they stay as they are
 * @param dueEpochSeconds when to run again; 0 for at once
 */
record RepeatPlan(long repeatsBefore, String intervals, long dueEpochSeconds) {

  /** Empty where the job is not to be repeated. */
  static Optional<RepeatPlan> of(StoredJob job, Instant now) {
    try {
      Long before = job.number(JobFields.REPEATS_LEFT);
      if (before == null || before <= 0) {
        return Optional.empty();
      }
      List<Long> intervals = JsonSeconds.of(job, JobFields.REPEAT_INTERVALS);
      long interval = intervals.isEmpty() ? 0 : intervals.get(0);
      long due = interval > 0 ? now.getEpochSecond() + interval : 0;
      // As RQ 3.0 does, the first is used up, and the last one repeats.
      String rest = intervals.size() > 1 ? json(intervals.subList(1, intervals.size())) : "";
      return Optional.of(new RepeatPlan(before, rest, due));
    } catch (UnreadableJobException e) {
      return Optional.empty();
    }
  }

  private static String json(List<Long> intervals) {
    return new String(JsonSerializer.defaults().serialize(intervals), StandardCharsets.UTF_8);
  }

  long repeatsLeft() {
    return repeatsBefore - 1;
  }
}
