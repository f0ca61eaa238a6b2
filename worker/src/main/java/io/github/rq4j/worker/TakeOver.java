package io.github.rq4j.worker;

import io.github.rq4j.client.Dialect;
import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.CompressedText;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The arguments that {@code takeover.lua} reads: what to do with a job whose worker is gone, and
 * what the decision rests on.
 *
 * @param queue the queue that is being cleaned
 * @param worker the worker to name in the result; may be empty
 * @param status the status in which the job is to be taken over
 * @param failureText what to store where the job fails
 * @param now the time
 * @param crashRequeues how often a job that would fail is put back to its queue
 * @param dialect which releases of RQ are to read what is written, unless a job tells
 */
record TakeOver(
    String queue,
    String worker,
    String status,
    String failureText,
    Instant now,
    int crashRequeues,
    Dialect dialect) {

  /** The fields of a job that the decision rests on. */
  static final List<String> FIELDS =
      List.of(
          JobFields.DATA,
          JobFields.CREATED_AT,
          JobFields.STATUS,
          JobFields.ENQUEUED_AT,
          JobFields.RETRIES_LEFT,
          JobFields.RETRY_INTERVALS,
          JobFields.ENQUEUE_AT_FRONT_ON_RETRY,
          JobFields.FAILURE_TTL);

  /** Appends the arguments to a call of the script. */
  Command addTo(Command call, StoredJob job) {
    Optional<RetryPlan> retry = RetryPlan.of(job, now);
    Dialect form = dialect.of(job);
    return call.add(job.id())
        .add(queue)
        .add(worker)
        .add(form.timestamp(now))
        .add(now.getEpochSecond())
        .add(expectedStatus(job))
        .add(orEmpty(job.text(JobFields.RETRIES_LEFT)))
        .add(retry.map(plan -> Long.toString(plan.retriesLeft())).orElse(""))
        .add(retry.map(TakeOver::dueAndFront).orElse(""))
        .add(JobTtl.failure(job))
        .add(form.traceback(failureText))
        .add(Base64.getEncoder().encode(CompressedText.compress(failureText)))
        .add(crashRequeues)
        .add(form.hasFailedQueue() ? "1" : "0");
  }

  /** A status that is none of RQ's would stop every reader: such a job is taken over as it is. */
  private String expectedStatus(StoredJob job) {
    try {
      job.status();
      return status;
    } catch (UnreadableJobException e) {
      return orEmpty(job.text(JobFields.STATUS));
    }
  }

  private static String dueAndFront(RetryPlan plan) {
    return plan.dueEpochSeconds() + "," + (plan.atFront() ? "1" : "0");
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
