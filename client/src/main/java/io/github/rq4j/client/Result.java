package io.github.rq4j.client;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one run of a job, as RQ's {@code Result}. Immutable.
 *
 * @param id the entry of the job's result stream
 * @param type how the run ended
 * @param returnValue what the function returned, decoded; null for Python's None and for failures
 * @param excString the traceback of a failure; null otherwise
 * @param workerName who ran it; null where the worker's RQ is older than 2.5
 * @param executionId RQ's id of the run; null where the worker's RQ is older than 2.8
 * @param executionStartedAt when the run began; null where the worker did not say
 * @param executionEndedAt when the run ended; null where the worker did not say
 * @param createdAt when the outcome was stored
 */
public record Result(
    String id,
    Type type,
    @Nullable Object returnValue,
    @Nullable String excString,
    @Nullable String workerName,
    @Nullable String executionId,
    @Nullable Instant executionStartedAt,
    @Nullable Instant executionEndedAt,
    Instant createdAt) {

  /** The failure as an exception with the frames of its traceback; empty where there is none. */
  public Optional<PythonJobFailure> failure() {
    return excString == null ? Optional.empty() : PythonJobFailure.parse(excString);
  }

  /** How a run ended; RQ's {@code Result.Type} with its codes on the wire. */
  public enum Type {
    /** The function returned. */
    SUCCESSFUL(1),
    /** The function raised, timed out, or was lost. */
    FAILED(2),
    /** Defined by RQ, never written. */
    STOPPED(3),
    /** The function asked for another run (RQ 2.1 on). */
    RETRIED(4),
    /** The function asked for more runs than it may have (RQ 2.8 on). */
    MAX_RETRIES_EXCEEDED(5);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    static Optional<Type> ofCode(String code) {
      for (Type type : values()) {
        if (Integer.toString(type.code).equals(code)) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }
  }
}
