package io.github.rq4j.client;

import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.json.JsonSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All fields of a job as they stood in Redis at one moment; {@link Job#snapshot} takes another.
 * Each field is read when it is asked for, so that one that cannot be read does not hide the
 * others: the methods throw {@link UnreadableJobException} for a field that is not of RQ's form,
 * and {@link CodecException} for bytes that the serializer cannot read. Null stands for what the
 * job does not have. Immutable; safe for use by many threads.
 */
public final class JobSnapshot {
  private final RqClient client;
  private final StoredJob stored;

  JobSnapshot(RqClient client, StoredJob stored) {
    this.client = client;
    this.stored = stored;
  }

  /** The job's id. */
  public String id() {
    return stored.id();
  }

  /** The job itself, to steer it or to ask again. */
  public Job job() {
    return client.job(id());
  }

  /** Where the job stood. */
  public JobStatus status() {
    return stored.status();
  }

  /** The name of the queue that the job belongs to; empty where the hash has none. */
  public String origin() {
    String origin = stored.text(JobFields.ORIGIN);
    return origin == null ? "" : origin;
  }

  /** What dashboards show. */
  public @Nullable String description() {
    return stored.text(JobFields.DESCRIPTION);
  }

  /**
   * The call: function name, object, arguments.
   *
   * @throws CodecException if it cannot be read
   */
  public JobData data() {
    byte[] data = stored.bytes(JobFields.DATA);
    if (data == null) {
      throw new UnreadableJobException(id(), JobFields.DATA, "there");
    }
    return client.jobDataFormat().decode(data);
  }

  /** When the job was made. */
  public @Nullable Instant createdAt() {
    return stored.instant(JobFields.CREATED_AT);
  }

  /** When it last entered its queue. */
  public @Nullable Instant enqueuedAt() {
    return stored.instant(JobFields.ENQUEUED_AT);
  }

  /** When its last run began. */
  public @Nullable Instant startedAt() {
    return stored.instant(JobFields.STARTED_AT);
  }

  /** When its last run ended. */
  public @Nullable Instant endedAt() {
    return stored.instant(JobFields.ENDED_AT);
  }

  /** When the worker last said that it goes on. */
  public @Nullable Instant lastHeartbeat() {
    return stored.instant(JobFields.LAST_HEARTBEAT);
  }

  /** Who runs it or last ran it. */
  public @Nullable String workerName() {
    return stored.text(JobFields.WORKER_NAME);
  }

  /** How long it may run; {@link EnqueueOptions#INFINITE} for as long as it likes. */
  public @Nullable Duration timeout() {
    return seconds(JobFields.TIMEOUT);
  }

  /** How long its result is kept; {@link EnqueueOptions#INFINITE} for ever. */
  public @Nullable Duration resultTtl() {
    return seconds(JobFields.RESULT_TTL);
  }

  /** How long it is kept if it fails; {@link EnqueueOptions#INFINITE} for ever. */
  public @Nullable Duration failureTtl() {
    return seconds(JobFields.FAILURE_TTL);
  }

  /** How long it may wait. */
  public @Nullable Duration ttl() {
    return seconds(JobFields.TTL);
  }

  private @Nullable Duration seconds(String field) {
    Long number = stored.number(field);
    if (number == null) {
      return null;
    }
    return number < 0 ? EnqueueOptions.INFINITE : Duration.ofSeconds(number);
  }

  /**
   * What the application keeps with the job; empty if there is none.
   *
   * @throws CodecException if it cannot be read or is no dictionary with textual keys
   */
  public Map<String, @Nullable Object> meta() {
    return JobMeta.read(client, id(), stored.bytes(JobFields.META));
  }

  /** The ids of the jobs it was enqueued to wait for. */
  public List<String> dependencyIds() {
    List<Object> ids = list(JobFields.DEPENDENCY_IDS);
    String first = stored.text(JobFields.DEPENDENCY_ID);
    if (ids.isEmpty() && first != null) {
      return List.of(first);
    }
    return ids.stream().map(String::valueOf).toList();
  }

  /** Whether it is enqueued although a job it waits for failed. */
  public boolean allowDependencyFailures() {
    return stored.flag(JobFields.ALLOW_DEPENDENCY_FAILURES);
  }

  /** Whether it goes to the front when what it waits for is over. */
  public boolean enqueueAtFront() {
    return stored.flag(JobFields.ENQUEUE_AT_FRONT);
  }

  /** How often it may still be tried again after an exception; null if never. */
  public @Nullable Long retriesLeft() {
    return stored.number(JobFields.RETRIES_LEFT);
  }

  /** How long to wait before each retry. */
  public List<Duration> retryIntervals() {
    return intervals(JobFields.RETRY_INTERVALS);
  }

  /** Whether a retry goes to the front. */
  public boolean enqueueAtFrontOnRetry() {
    return stored.flag(JobFields.ENQUEUE_AT_FRONT_ON_RETRY);
  }

  /** How often its function asked for another run by returning a Retry. */
  public long numberOfRetries() {
    Long number = stored.number(JobFields.NUMBER_OF_RETRIES);
    return number == null ? 0 : number;
  }

  /** How often it will still be repeated after a success; null if never. */
  public @Nullable Long repeatsLeft() {
    return stored.number(JobFields.REPEATS_LEFT);
  }

  /** How long to wait before each repetition, the last one first. */
  public List<Duration> repeatIntervals() {
    return intervals(JobFields.REPEAT_INTERVALS);
  }

  /** The group it belongs to. */
  public @Nullable String groupId() {
    return stored.text(JobFields.GROUP_ID);
  }

  /** The rate limit it is under. */
  public @Nullable String rateLimitKey() {
    return stored.text(JobFields.RATE_LIMIT_KEY);
  }

  /** How many jobs that rate limit lets through at once. */
  public @Nullable Long rateLimitConcurrency() {
    return stored.number(JobFields.RATE_LIMIT_CONCURRENCY);
  }

  /** The Python function that is called after a success. */
  public @Nullable String successCallbackName() {
    return stored.text(JobFields.SUCCESS_CALLBACK_NAME);
  }

  /** The Python function that is called after a failure. */
  public @Nullable String failureCallbackName() {
    return stored.text(JobFields.FAILURE_CALLBACK_NAME);
  }

  /** The Python function that is called after a stop. */
  public @Nullable String stoppedCallbackName() {
    return stored.text(JobFields.STOPPED_CALLBACK_NAME);
  }

  /** How long the callback after a success may run. */
  public @Nullable Duration successCallbackTimeout() {
    return seconds(JobFields.SUCCESS_CALLBACK_TIMEOUT);
  }

  /** How long the callback after a failure may run. */
  public @Nullable Duration failureCallbackTimeout() {
    return seconds(JobFields.FAILURE_CALLBACK_TIMEOUT);
  }

  /** How long the callback after a stop may run. */
  public @Nullable Duration stoppedCallbackTimeout() {
    return seconds(JobFields.STOPPED_CALLBACK_TIMEOUT);
  }

  /** The webhooks as RQ stores them: a JSON array of objects. */
  public @Nullable String webhooks() {
    return stored.text(JobFields.WEBHOOKS);
  }

  private List<Duration> intervals(String field) {
    List<Duration> intervals = new ArrayList<>();
    for (Object seconds : list(field)) {
      if (!(seconds instanceof Number number)) {
        throw new UnreadableJobException(id(), field, "a list of seconds");
      }
      intervals.add(Duration.ofMillis(Math.round(number.doubleValue() * 1_000)));
    }
    return List.copyOf(intervals);
  }

  private List<Object> list(String field) {
    byte[] json = stored.bytes(field);
    if (json == null) {
      return List.of();
    }
    try {
      if (JsonSerializer.withLimits(client.limits()).deserialize(json) instanceof List<?> list) {
        return list.stream().filter(Objects::nonNull).map(Object.class::cast).toList();
      }
    } catch (CodecException e) {
      throw new UnreadableJobException(id(), field, "a JSON list");
    }
    throw new UnreadableJobException(id(), field, "a JSON list");
  }

  @Override
  public String toString() {
    return "JobSnapshot(" + id() + ")";
  }
}
