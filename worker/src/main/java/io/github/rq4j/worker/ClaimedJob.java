package io.github.rq4j.worker;

import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import java.time.Instant;

/**
 * A job that is this worker's to run.
 *
 * @param job the hash as it stood before the claim
 * @param queue the queue it was taken from
 * @param executionId the id of this run
 * @param claimedAt when it was claimed
 */
record ClaimedJob(StoredJob job, String queue, String executionId, Instant claimedAt) {

  // RQ's limit for a callback of a job that names none.
  private static final long CALLBACK_SECONDS = 60;

  private static final int LONGEST_DESCRIPTION = 500;

  String id() {
    return job.id();
  }

  /** The queue whose registries the job is filed under; RQ takes it from the hash, not the pop. */
  String origin() {
    String origin = job.text(JobFields.ORIGIN);
    return origin == null ? queue : origin;
  }

  /**
   * How long a callback may take; not positive: without end. A limit that cannot be read must not
   * keep the job's end from being stored.
   *
   * @param field the field that says so
   */
  long callbackSeconds(String field) {
    try {
      Long seconds = job.number(field);
      return seconds == null ? CALLBACK_SECONDS : seconds;
    } catch (UnreadableJobException e) {
      return CALLBACK_SECONDS;
    }
  }

  /**
   * What log lines call the job: its description, or its id where it has none. RQ before 1.4
   * describes a job with all of its arguments, of whatever size.
   */
  String description() {
    String description = job.text(JobFields.DESCRIPTION);
    if (description == null) {
      return id();
    }
    return description.length() > LONGEST_DESCRIPTION
        ? description.substring(0, LONGEST_DESCRIPTION) + "..."
        : description;
  }
}
