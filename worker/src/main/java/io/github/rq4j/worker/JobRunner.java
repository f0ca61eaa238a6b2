package io.github.rq4j.worker;

import io.github.rq4j.client.Retry;
import io.github.rq4j.client.RqException;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.UnsupportedValueException;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a claimed job into an outcome: decode, look up, call, encode. Runs in a job's thread. */
final class JobRunner {
  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
  // What RQ stores for a value that its serializer refuses.
  static final String UNSERIALIZABLE = "Unserializable return value";
  // How a serializer begins the place of what it refuses.
  private static final String VALUE = "value";

  private final WorkerConfig config;
  private final ReturnedRetries returnedRetries;

  JobRunner(WorkerConfig config) {
    this.config = config;
    this.returnedRetries = new ReturnedRetries(config.serializer());
  }

  Outcome run(ClaimedJob claimed) {
    try {
      Object returned = call(claimed);
      return returned instanceof Retry retry
          ? new Outcome.Retried(retry, returnedRetries.serialized(retry))
          : new Outcome.Finished(returned, serialized(claimed, returned));
    } catch (Throwable thrown) {
      return new Outcome.Failed(FailureText.of(thrown, config.handlers().exceptionMappings()));
    }
  }

  /**
   * Does what follows a run before its outcome is stored.
   *
   * @param slot the name of the slot that ran the job
   * @param then given the outcome that is to be stored; returns whether its thread may still be
   *     used
   * @return whether the current thread may still be used
   */
  boolean follow(
      String slot,
      ClaimedJob claimed,
      Outcome outcome,
      LimitedCalls calls,
      Predicate<Outcome> then) {
    return new Aftermath(config, claimed, slot, calls).follow(outcome, then);
  }

  private @Nullable Object call(ClaimedJob claimed) throws Exception {
    return config.handlers().run(decoded(claimed));
  }

  private JobData decoded(ClaimedJob claimed) throws PythonError {
    byte[] stored = Objects.requireNonNullElse(claimed.job().bytes(JobFields.DATA), new byte[0]);
    try {
      return config.dataFormat().decode(stored);
    } catch (CodecException | RqException e) {
      throw new PythonError(
          "rq.exceptions.DeserializationError",
          "the job's data cannot be read ("
              + e.getMessage()
              + "); producer and worker must use the"
              + " same serializer, and values that have no Java form need a registered mapping");
    }
  }

  private byte @Nullable [] serialized(ClaimedJob claimed, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    try {
      return serializerFor(claimed).serialize(value);
    } catch (UnsupportedValueException e) {
      log.warn(
          "Job {}: what the function returned cannot be stored, Python will read '{}': {}",
          claimed.id(),
          UNSERIALIZABLE,
          underItsName(e));
      return serializerFor(claimed).serialize(UNSERIALIZABLE);
    }
  }

  /** Whoever enqueued the job must be able to read the result. */
  private Serializer serializerFor(ClaimedJob claimed) {
    byte[] data = claimed.job().bytes(JobFields.DATA);
    return data == null ? config.serializer() : config.dataFormat().serializerFor(data);
  }

  /** What is wrong with a result, its place told from "result" instead of "value". */
  private static String underItsName(UnsupportedValueException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith(VALUE) ? "result" + message.substring(VALUE.length()) : message;
  }
}
