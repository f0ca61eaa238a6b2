package io.github.rq4j.worker;

import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import java.time.Duration;

/** How many seconds a job and its outcome are kept; 0 for not at all, negative for ever. */
final class JobTtl {
  /** RQ keeps a failed job for a year. */
  private static final long DEFAULT_FAILURE_SECONDS = 31_536_000;

  private JobTtl() {}

  static long result(StoredJob job, Duration workerDefault) {
    return orDefault(job, JobFields.RESULT_TTL, workerDefault.toSeconds());
  }

  static long failure(StoredJob job) {
    return orDefault(job, JobFields.FAILURE_TTL, DEFAULT_FAILURE_SECONDS);
  }

  /** How many seconds a job that is to run again may wait; 0 for as long as need be. */
  static long waiting(StoredJob job) {
    return Math.max(0, orDefault(job, JobFields.TTL, 0));
  }

  /** A field that cannot be read must not keep the job's end from being stored. */
  private static long orDefault(StoredJob job, String field, long defaultSeconds) {
    try {
      Long seconds = job.number(field);
      return seconds == null ? defaultSeconds : seconds;
    } catch (UnreadableJobException e) {
      return defaultSeconds;
    }
  }
}
