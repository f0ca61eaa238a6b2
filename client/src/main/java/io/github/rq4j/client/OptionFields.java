package io.github.rq4j.client;

import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.codec.json.JsonSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a job's hash that follow from its queue and its options, the same for all jobs that
 * are enqueued alike. Not empty, as RQ since 1.4 has them, but absent are {@code started_at} and
 * {@code ended_at}: RQ before 1.4 stops at an empty moment, and later releases read both alike.
 * Immutable.
 */
final class OptionFields {
  private final Map<String, byte[]> values = new LinkedHashMap<>();

  OptionFields(String queue, Duration queueTimeout, EnqueueOptions options) {
    put(JobFields.LAST_HEARTBEAT, "");
    put(JobFields.WORKER_NAME, "");
    put(JobFields.ORIGIN, queue);
    Duration timeout = options.timeout();
    put(JobFields.TIMEOUT, timeout != null ? timeout : queueTimeout);
    put(JobFields.RESULT_TTL, options.resultTtl());
    put(JobFields.FAILURE_TTL, options.failureTtl());
    put(JobFields.TTL, options.ttl());
    put(JobFields.GROUP_ID, options.group() == null ? "" : options.group());
    putEndings(options);
    putReruns(options);
    putConditions(options);
  }

  /** Names and values; not to be changed. */
  Map<String, byte[]> values() {
    return values;
  }

  /** Whether the other has the same names and values. */
  boolean isSame(OptionFields other) {
    if (values.size() != other.values.size()) {
      return false;
    }
    return values.entrySet().stream()
        .allMatch(field -> Arrays.equals(field.getValue(), other.values.get(field.getKey())));
  }

  private void putEndings(EnqueueOptions options) {
    put(JobFields.SUCCESS_CALLBACK_NAME, JobFields.SUCCESS_CALLBACK_TIMEOUT, options.onSuccess());
    put(JobFields.FAILURE_CALLBACK_NAME, JobFields.FAILURE_CALLBACK_TIMEOUT, options.onFailure());
    put(JobFields.STOPPED_CALLBACK_NAME, JobFields.STOPPED_CALLBACK_TIMEOUT, options.onStopped());
    if (!options.webhooks().isEmpty()) {
      putJson(JobFields.WEBHOOKS, options.webhooks().stream().map(Webhook::asMap).toList());
    }
  }

  private void putReruns(EnqueueOptions options) {
    Retry retry = options.retry();
    if (retry != null) {
      put(JobFields.RETRIES_LEFT, Integer.toString(retry.max()));
      putJson(JobFields.RETRY_INTERVALS, seconds(retry.intervals()));
      if (retry.enqueueAtFront()) {
        put(JobFields.ENQUEUE_AT_FRONT_ON_RETRY, true);
      }
    }
    Repeat repeat = options.repeat();
    if (repeat != null) {
      put(JobFields.REPEATS_LEFT, Integer.toString(repeat.times()));
      putJson(JobFields.REPEAT_INTERVALS, seconds(repeat.intervals()));
    }
  }

  private void putConditions(EnqueueOptions options) {
    List<String> parents = options.dependencyIds();
    if (!parents.isEmpty()) {
      put(JobFields.DEPENDENCY_ID, parents.get(0));
      putJson(JobFields.DEPENDENCY_IDS, parents);
    }
    put(JobFields.ALLOW_DEPENDENCY_FAILURES, options.allowDependencyFailures());
    put(JobFields.ENQUEUE_AT_FRONT, options.enqueueAtFront());
    RateLimit limit = options.rateLimit();
    if (limit != null) {
      put(JobFields.RATE_LIMIT_KEY, limit.key());
      put(JobFields.RATE_LIMIT_CONCURRENCY, Integer.toString(limit.concurrency()));
    }
  }

  private static List<Long> seconds(List<Duration> durations) {
    return durations.stream().map(Duration::toSeconds).toList();
  }

  private void put(String field, String value) {
    values.put(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private void put(String field, @Nullable Duration seconds) {
    if (seconds != null) {
      put(field, Long.toString(seconds.toSeconds()));
    }
  }

  private void put(String field, @Nullable Boolean flag) {
    if (flag != null) {
      put(field, flag ? "1" : "0");
    }
  }

  private void put(String nameField, String timeoutField, @Nullable Callback callback) {
    put(nameField, callback == null ? "" : callback.function());
    put(timeoutField, callback == null ? null : callback.timeout());
  }

  /** As Python's json module writes it. */
  private void putJson(String field, Object value) {
    values.put(field, JsonSerializer.defaults().serialize(value));
  }
}
