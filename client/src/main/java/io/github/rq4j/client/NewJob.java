package io.github.rq4j.client;

import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.json.JsonSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job on its way to Redis: its id and the fields that RQ would store for the same call, apart
 * from {@code status} and {@code enqueued_at}, which depend on what stands in Redis when it
 * arrives. Not empty, as RQ since 1.4 has them, but absent are {@code started_at} and {@code
 * ended_at}: RQ before 1.4 stops at an empty moment, and later releases read both alike.
 *
 * @param id the job's id
 * @param options how it is to be treated
 * @param fields names and values of its hash
 */
record NewJob(String id, EnqueueOptions options, Map<String, byte[]> fields) {

  static NewJob create(
      RqClient client, String queue, Duration queueTimeout, Call call, EnqueueOptions options) {
    Names.queueToFill(queue);
    Instant now = client.clock().instant();
    JobData data = call.data();
    Fields fields = new Fields();
    fields.put(JobFields.CREATED_AT, client.dialect().timestamp(now));
    fields.put(JobFields.DATA, client.dialect().data(client.jobDataFormat(), data));
    fields.put(JobFields.LAST_HEARTBEAT, "");
    fields.put(JobFields.WORKER_NAME, "");
    fields.put(JobFields.ORIGIN, queue);
    String description = options.description();
    fields.put(
        JobFields.DESCRIPTION,
        description != null ? description : client.dialect().description(data));
    Duration timeout = options.timeout();
    fields.put(JobFields.TIMEOUT, timeout != null ? timeout : queueTimeout);
    fields.put(JobFields.RESULT_TTL, options.resultTtl());
    fields.put(JobFields.FAILURE_TTL, options.failureTtl());
    fields.put(JobFields.TTL, options.ttl());
    fields.put(JobFields.GROUP_ID, options.group() == null ? "" : options.group());
    if (!options.meta().isEmpty()) {
      fields.put(JobFields.META, client.serializer().serialize(options.meta()));
    }
    putEndings(fields, options);
    putReruns(fields, options);
    putConditions(fields, options);
    String id = options.jobId();
    return new NewJob(id != null ? id : UUID.randomUUID().toString(), options, fields.values);
  }

  private static void putEndings(Fields fields, EnqueueOptions options) {
    fields.put(
        JobFields.SUCCESS_CALLBACK_NAME, JobFields.SUCCESS_CALLBACK_TIMEOUT, options.onSuccess());
    fields.put(
        JobFields.FAILURE_CALLBACK_NAME, JobFields.FAILURE_CALLBACK_TIMEOUT, options.onFailure());
    fields.put(
        JobFields.STOPPED_CALLBACK_NAME, JobFields.STOPPED_CALLBACK_TIMEOUT, options.onStopped());
    if (!options.webhooks().isEmpty()) {
      fields.putJson(JobFields.WEBHOOKS, options.webhooks().stream().map(Webhook::asMap).toList());
    }
  }

  private static void putReruns(Fields fields, EnqueueOptions options) {
    Retry retry = options.retry();
    if (retry != null) {
      fields.put(JobFields.RETRIES_LEFT, Integer.toString(retry.max()));
      fields.putJson(JobFields.RETRY_INTERVALS, seconds(retry.intervals()));
      if (retry.enqueueAtFront()) {
        fields.put(JobFields.ENQUEUE_AT_FRONT_ON_RETRY, true);
      }
    }
    Repeat repeat = options.repeat();
    if (repeat != null) {
      fields.put(JobFields.REPEATS_LEFT, Integer.toString(repeat.times()));
      fields.putJson(JobFields.REPEAT_INTERVALS, seconds(repeat.intervals()));
    }
  }

  private static void putConditions(Fields fields, EnqueueOptions options) {
    List<String> parents = options.dependencyIds();
    if (!parents.isEmpty()) {
      fields.put(JobFields.DEPENDENCY_ID, parents.get(0));
      fields.putJson(JobFields.DEPENDENCY_IDS, parents);
    }
    fields.put(JobFields.ALLOW_DEPENDENCY_FAILURES, options.allowDependencyFailures());
    fields.put(JobFields.ENQUEUE_AT_FRONT, options.enqueueAtFront());
    RateLimit limit = options.rateLimit();
    if (limit != null) {
      fields.put(JobFields.RATE_LIMIT_KEY, limit.key());
      fields.put(JobFields.RATE_LIMIT_CONCURRENCY, Integer.toString(limit.concurrency()));
    }
  }

  private static List<Long> seconds(List<Duration> durations) {
    return durations.stream().map(Duration::toSeconds).toList();
  }

  private static final class Fields {
    private final Map<String, byte[]> values = new LinkedHashMap<>();

    void put(String field, byte[] value) {
      values.put(field, value);
    }

    void put(String field, String value) {
      put(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void put(String field, @Nullable Duration seconds) {
      if (seconds != null) {
        put(field, Long.toString(seconds.toSeconds()));
      }
    }

    void put(String field, @Nullable Boolean flag) {
      if (flag != null) {
        put(field, flag ? "1" : "0");
      }
    }

    void put(String nameField, String timeoutField, @Nullable Callback callback) {
      put(nameField, callback == null ? "" : callback.function());
      put(timeoutField, callback == null ? null : callback.timeout());
    }

    /** As Python's json module writes it. */
    void putJson(String field, Object value) {
      put(field, JsonSerializer.defaults().serialize(value));
    }
  }
}
