package io.github.rq4j.worker;

import io.github.rq4j.client.Retry;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.worker.horse.FieldInput;
import io.github.rq4j.worker.horse.FieldOutput;
import io.github.rq4j.worker.horse.Frame;
import io.github.rq4j.worker.horse.FrameType;
import io.github.rq4j.worker.horse.HorseProtocolException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs on their way to a horse, and their outcomes on the way back. */
final class JobFrames {
  // Of a job's hash, what functions, callbacks and exception handlers can see or depend on.
  static final List<String> FIELDS =
      List.of(
          JobFields.CREATED_AT,
          JobFields.DATA,
          JobFields.ORIGIN,
          JobFields.DESCRIPTION,
          JobFields.ENQUEUED_AT,
          JobFields.GROUP_ID,
          JobFields.TIMEOUT,
          JobFields.META,
          JobFields.DEPENDENCY_ID,
          JobFields.DEPENDENCY_IDS,
          JobFields.RETRIES_LEFT,
          JobFields.RETRY_INTERVALS,
          JobFields.ENQUEUE_AT_FRONT,
          JobFields.ENQUEUE_AT_FRONT_ON_RETRY,
          JobFields.NUMBER_OF_RETRIES,
          JobFields.SUCCESS_CALLBACK_NAME,
          JobFields.SUCCESS_CALLBACK_TIMEOUT,
          JobFields.FAILURE_CALLBACK_NAME,
          JobFields.FAILURE_CALLBACK_TIMEOUT);

  private static final int FINISHED = 0;
  private static final int RETRIED = 1;
  private static final int FAILED = 2;

  private JobFrames() {}

  /**
   * A job that a slot is to run.
   *
   * @param slot the name of the slot
   * @param job the job
   */
  record Order(String slot, ClaimedJob job) {}

  static Frame run(String slot, ClaimedJob claimed) {
    StoredJob job = claimed.job();
    Instant claimedAt = claimed.claimedAt();
    FieldOutput fields =
        new FieldOutput()
            .add(slot)
            .add(job.id())
            .add(claimed.queue())
            .add(claimed.executionId())
            .add(claimedAt.getEpochSecond())
            .add(claimedAt.getNano());
    FIELDS.forEach(name -> fields.add(job.bytes(name)));
    return fields.toFrame(FrameType.RUN);
  }

  static Order order(Frame frame) throws HorseProtocolException {
    FieldInput fields = new FieldInput(frame);
    String slot = fields.text();
    String id = fields.text();
    String queue = fields.text();
    String execution = fields.text();
    Instant claimedAt = instant(fields);
    Map<String, byte[]> hash = new HashMap<>();
    for (String name : FIELDS) {
      byte[] value = fields.optionalBytes();
      if (value != null) {
        hash.put(name, value);
      }
    }
    fields.end();
    return new Order(slot, new ClaimedJob(new StoredJob(id, hash), queue, execution, claimedAt));
  }

  private static Instant instant(FieldInput fields) throws HorseProtocolException {
    long seconds = fields.longNumber();
    int nanos = fields.number();
    if (Math.abs(seconds) > Instant.MAX.getEpochSecond() || nanos < 0 || nanos > 999_999_999) {
      throw fields.malformed("no moment");
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }

  /**
   * How a horse ended a job.
   *
   * @param outcome what is to be stored, and how long the function took
   * @param isWornOut whether the horse has a thread that did not come back
   */
  record Ended(Outcome.Timed outcome, boolean isWornOut) {}

  static Frame ended(Ended ended) {
    FieldOutput fields =
        new FieldOutput().add(ended.outcome().took().toNanos()).add(ended.isWornOut() ? 1 : 0);
    Outcome outcome = ended.outcome().outcome();
    if (outcome instanceof Outcome.Finished finished) {
      fields.add(FINISHED).add(finished.value());
      add(fields, finished.callback());
    } else if (outcome instanceof Outcome.Retried retried) {
      Retry retry = retried.retry();
      fields.add(RETRIED).add(retried.value()).add(retry.max());
      fields.add(retry.enqueueAtFront() ? 1 : 0).add(retry.intervals().size());
      retry.intervals().forEach(interval -> fields.add(interval.toSeconds()));
    } else if (outcome instanceof Outcome.Failed failed) {
      JobFailure failure = failed.failure();
      fields.add(FAILED).add(failure.type()).add(failure.message()).add(failure.traceback());
      add(fields, failed.callback());
    } else {
      throw new IllegalArgumentException("no outcome of a horse: " + outcome.getClass());
    }
    return fields.toFrame(FrameType.OUTCOME);
  }

  static Ended ended(Frame frame) throws HorseProtocolException {
    FieldInput fields = new FieldInput(frame);
    Duration took = Duration.ofNanos(fields.longNumber());
    boolean wornOut = fields.number() != 0;
    Outcome outcome =
        switch (fields.number()) {
          case FINISHED ->
              new Outcome.Finished(null, fields.optionalBytes(), optionalCallback(fields));
          case RETRIED -> retried(fields);
          case FAILED ->
              new Outcome.Failed(
                  new JobFailure(fields.text(), fields.text(), fields.text(), null),
                  optionalCallback(fields));
          default -> throw fields.malformed("no such outcome");
        };
    fields.end();
    return new Ended(new Outcome.Timed(outcome, took), wornOut);
  }

  private static Outcome retried(FieldInput fields) throws HorseProtocolException {
    byte[] value = fields.bytes();
    int most = fields.number();
    boolean atFront = fields.number() != 0;
    int count = fields.count();
    List<Duration> intervals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      intervals.add(Duration.ofSeconds(fields.longNumber()));
    }
    try {
      return new Outcome.Retried(new Retry(most, intervals, atFront), value);
    } catch (IllegalArgumentException e) {
      throw fields.malformed("no retry: " + e.getMessage());
    }
  }

  private static void add(FieldOutput fields, @Nullable CallbackJob callback) {
    fields.add(callback == null ? 0 : 1);
    if (callback != null) {
      fields.add(callback.queue()).add(callback.id()).add(callback.fields().size());
      callback.fields().forEach(fields::add);
    }
  }

  private static @Nullable CallbackJob optionalCallback(FieldInput fields)
      throws HorseProtocolException {
    if (fields.number() == 0) {
      return null;
    }
    String queue = fields.text();
    String id = fields.text();
    int count = fields.count();
    List<byte[]> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(fields.bytes());
    }
    return new CallbackJob(queue, id, List.copyOf(pairs));
  }
}
