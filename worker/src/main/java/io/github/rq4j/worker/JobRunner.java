package io.github.rq4j.worker;

import io.github.rq4j.client.RqException;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.UnsupportedValueException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a claimed job into an outcome: decode, look up, call, encode. Runs in a job's thread. */
final class JobRunner {
  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
  // What RQ stores for a value that its serializer refuses.
  private static final String UNSERIALIZABLE = "Unserializable return value";

  private final WorkerConfig config;
  private final JobDataFormat format;

  JobRunner(WorkerConfig config) {
    this.config = config;
    this.format = new JobDataFormat(config.serializer(), config.limits());
  }

  Outcome run(ClaimedJob claimed) {
    try {
      return new Outcome.Finished(serialized(claimed, call(claimed)));
    } catch (Throwable failure) {
      return new Outcome.Failed(FailureText.of(failure));
    }
  }

  private @Nullable Object call(ClaimedJob claimed) throws Exception {
    JobData data = decoded(claimed);
    String name = data.functionName();
    JobFunction function = config.handlers().find(name).orElseThrow(() -> unknownFunction(name));
    return function.call(new Arguments(name, data.instance(), data.args(), data.kwargs()));
  }

  private JobData decoded(ClaimedJob claimed) throws PythonError {
    byte[] stored = Objects.requireNonNullElse(claimed.job().bytes(JobFields.DATA), new byte[0]);
    try {
      return format.decode(stored);
    } catch (CodecException | RqException e) {
      throw new PythonError(
          "rq.exceptions.DeserializationError",
          "the job's data cannot be read ("
              + e.getMessage()
              + "); producer and worker must use the"
              + " same serializer, and values that have no Java form need a registered mapping");
    }
  }

  private static PythonError unknownFunction(String name) {
    return new PythonError(
        "ValueError",
        "Invalid attribute name: "
            + name
            + " (no Java function is registered under this name:"
            + " register one, or enqueue the job to a queue that Python workers serve)");
  }

  private byte @Nullable [] serialized(ClaimedJob claimed, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    try {
      return config.serializer().serialize(value);
    } catch (UnsupportedValueException e) {
      log.warn(
          "Job {}: what the function returned cannot be stored, Python will read '{}': {}",
          claimed.id(),
          UNSERIALIZABLE,
          e.getMessage());
      return config.serializer().serialize(UNSERIALIZABLE);
    }
  }
}
