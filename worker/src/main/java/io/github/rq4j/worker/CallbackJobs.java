package io.github.rq4j.worker;

import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Timestamps;
import io.github.rq4j.codec.CallDescription;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the jobs that hand callbacks over to Python: calls of {@code rq4j_callbacks.run}, with
 * nothing but texts as arguments, so that every serializer can carry them.
 */
final class CallbackJobs {
  private static final Logger log = LoggerFactory.getLogger(CallbackJobs.class);
  private static final String FUNCTION = "rq4j_callbacks.run";

  private final @Nullable String queue;
  private final JobDataFormat format;
  private final Clock clock;

  /**
   * Prepares the making.
   *
   * @param queue where Python workers listen; null where callbacks are not handed over
   */
  CallbackJobs(@Nullable String queue, JobDataFormat format, Clock clock) {
    this.queue = queue;
    this.format = format;
    this.clock = clock;
  }

  /** Whether callbacks are handed over. */
  boolean areMade() {
    return queue != null;
  }

  /** Empty where callbacks are not handed over. */
  Optional<CallbackJob> success(ExecutedJob job, String callback, long seconds) {
    return job(List.of("success", callback, job.id(), job.executionId()), seconds);
  }

  /** Empty where callbacks are not handed over. */
  Optional<CallbackJob> failure(
      ExecutedJob job, String callback, long seconds, JobFailure failure) {
    return job(
        List.of(
            "failure",
            callback,
            job.id(),
            job.executionId(),
            failure.type(),
            failure.message(),
            failure.traceback()),
        seconds);
  }

  private Optional<CallbackJob> job(List<String> arguments, long seconds) {
    String target = queue;
    if (target == null) {
      return Optional.empty();
    }
    String now = Timestamps.text(clock.instant());
    JobData data = new JobData(FUNCTION, null, new ArrayList<>(arguments), Map.of());
    byte[] encoded;
    try {
      encoded = format.encode(data);
    } catch (CodecException e) {
      log.error("A callback cannot be handed over to {}: {}", target, e.getMessage());
      return Optional.empty();
    }
    Fields fields = new Fields();
    fields.put(JobFields.CREATED_AT, now);
    fields.put(JobFields.DATA, encoded);
    for (String empty :
        List.of(
            JobFields.SUCCESS_CALLBACK_NAME,
            JobFields.FAILURE_CALLBACK_NAME,
            JobFields.STOPPED_CALLBACK_NAME,
            JobFields.STARTED_AT,
            JobFields.ENDED_AT,
            JobFields.LAST_HEARTBEAT,
            JobFields.WORKER_NAME,
            JobFields.GROUP_ID)) {
      fields.put(empty, "");
    }
    fields.put(JobFields.ORIGIN, target);
    fields.put(JobFields.DESCRIPTION, CallDescription.of(data));
    fields.put(JobFields.ENQUEUED_AT, now);
    fields.put(JobFields.TIMEOUT, Long.toString(seconds));
    fields.put(JobFields.STATUS, JobStatus.QUEUED.text());
    return Optional.of(
        new CallbackJob(target, UUID.randomUUID().toString(), List.copyOf(fields.pairs)));
  }

  private static final class Fields {
    private final List<byte[]> pairs = new ArrayList<>();

    void put(String field, byte[] value) {
      pairs.add(field.getBytes(StandardCharsets.UTF_8));
      pairs.add(value);
    }

    void put(String field, String value) {
      put(field, value.getBytes(StandardCharsets.UTF_8));
    }
  }
}
