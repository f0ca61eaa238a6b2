package io.github.rq4j.worker;

import io.github.rq4j.client.Retry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a run ended, ready to be stored. */
sealed interface Outcome {

  /** How many bytes are to be stored, roughly. */
  default long size() {
    return 0;
  }

  /**
   * The function returned.
   *
   * @param returned what it returned
   * @param value the same, serialized; null for None
   * @param callback the job that runs the success callback in Python; null where none is needed
   */
  record Finished(
      @Nullable Object returned, byte @Nullable [] value, @Nullable CallbackJob callback)
      implements Outcome {

    Finished(@Nullable Object returned, byte @Nullable [] value) {
      this(returned, value, null);
    }

    @Override
    public long size() {
      return value == null ? 0 : value.length;
    }
  }

  /**
   * The function returned and asked to be run again.
   *
   * @param retry how it wants to be run
   * @param value the same as RQ's own object, serialized
   */
  record Retried(Retry retry, byte[] value) implements Outcome {}

  /**
   * The function raised, timed out, or could not be called.
   *
   * @param failure what went wrong
   * @param callback the job that runs the failure callback in Python; null where none is needed
   */
  record Failed(JobFailure failure, @Nullable CallbackJob callback) implements Outcome {

    Failed(JobFailure failure) {
      this(failure, null);
    }

    /** The traceback. */
    String text() {
      return failure.traceback();
    }

    @Override
    public long size() {
      return text().length();
    }
  }

  /**
   * The job was stopped on request: it is not run again, whatever retries it has left.
   *
   * @param text what a reader sees in place of a traceback
   */
  record Stopped(String text) implements Outcome {}

  /**
   * The job was killed on request: a failure of which the job itself is not told.
   *
   * @param text what a reader sees in place of a traceback
   */
  record Killed(String text) implements Outcome {}

  /**
   * Redis takes none of the other outcomes that the run had: a failure, whatever retries are left,
   * for the next run would come to the same end.
   *
   * @param text what a reader sees in place of a traceback
   */
  record Refused(String text) implements Outcome {}

  /** The worker is shut down: the job goes back to its queue as if it had not been claimed. */
  record Requeued() implements Outcome {}

  /**
   * An outcome and how long the function took.
   *
   * @param outcome how the run ended
   * @param took from the claim to the end of the function
   */
  record Timed(Outcome outcome, Duration took) {}
}
