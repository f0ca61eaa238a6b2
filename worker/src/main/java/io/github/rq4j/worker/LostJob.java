package io.github.rq4j.worker;

import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job whose worker is gone, as it stood when maintenance found it, and what becomes of it.
 * Immutable.
 */
final class LostJob {
  /** The fields of a job that callbacks, exception handlers and webhooks are told from. */
  static final List<String> FIELDS =
      List.of(
          JobFields.META,
          JobFields.ORIGIN,
          JobFields.DESCRIPTION,
          JobFields.STARTED_AT,
          JobFields.ENDED_AT,
          JobFields.WORKER_NAME,
          JobFields.FAILURE_CALLBACK_NAME,
          JobFields.FAILURE_CALLBACK_TIMEOUT,
          JobFields.WEBHOOKS);

  private static final String ABANDONED = "rq.exceptions.AbandonedJobError";

  private final ClaimedJob claimed;
  private final ExecutedJob executed;
  private final TakeOver takeOver;
  private final boolean started;

  /**
   * Tells of a job.
   *
   * @param executionId its lost run; empty where that has no id
   * @param started whether it was abandoned while it ran; else it never started
   */
  LostJob(
      StoredJob job, String executionId, TakeOver takeOver, boolean started, WorkerConfig config) {
    Instant startedAt = instant(job, JobFields.STARTED_AT);
    this.claimed =
        new ClaimedJob(
            job,
            takeOver.queue(),
            executionId,
            Objects.requireNonNullElse(startedAt, takeOver.now()));
    String worker = job.text(JobFields.WORKER_NAME);
    this.executed = new ExecutedJob(claimed, config, Objects.requireNonNullElse(worker, ""));
    this.takeOver = takeOver;
    this.started = started;
  }

  private static @Nullable Instant instant(StoredJob job, String field) {
    try {
      return job.instant(field);
    } catch (UnreadableJobException e) {
      return null;
    }
  }

  String id() {
    return claimed.id();
  }

  ClaimedJob claimed() {
    return claimed;
  }

  ExecutedJob executed() {
    return executed;
  }

  /**
   * Whether it was abandoned while it ran: only then callbacks and handlers are called, as in RQ.
   */
  boolean wasStarted() {
    return started;
  }

  /** Whether it is run again; else it has failed. */
  boolean isRetried() {
    return RetryPlan.of(claimed.job(), takeOver.now()).isPresent();
  }

  /** What is stored where it fails. */
  String failureText() {
    return takeOver.failureText();
  }

  /** The end that its hash tells, which is that of a run before; null where there is none. */
  @Nullable Instant endedAt() {
    return instant(claimed.job(), JobFields.ENDED_AT);
  }

  /** What the failure callback and the exception handlers of an abandoned job are told. */
  JobFailure failure() {
    return new JobFailure(ABANDONED, "", isRetried() ? ABANDONED : failureText(), null);
  }

  /** The Python name of what is to be called; null where there is nothing. */
  @Nullable String failureCallback() {
    return started ? claimed.job().text(JobFields.FAILURE_CALLBACK_NAME) : null;
  }

  /** How long the failure callback may take; not positive: without end. */
  long failureCallbackSeconds() {
    return claimed.callbackSeconds(JobFields.FAILURE_CALLBACK_TIMEOUT);
  }
}
