package io.github.rq4j.client;

import io.github.rq4j.client.wire.Timestamps;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code rq cron} enqueues from time to time. Immutable.
 *
 * @param name its name, usually the function's
 * @param functionName the function it calls
 * @param queueName the queue it enqueues to
 * @param args the positional arguments as JSON, or RQ's note that they have no JSON form
 * @param kwargs the named arguments likewise
 * @param interval how often; null where a cron expression says so
 * @param cron the cron expression, in UTC; null where an interval says so
 * @param latestEnqueueTime when it was last enqueued
 * @param nextEnqueueTime when it is next due
 */
public record CronJobSnapshot(
    String name,
    String functionName,
    String queueName,
    @Nullable String args,
    @Nullable String kwargs,
    @Nullable Duration interval,
    @Nullable String cron,
    @Nullable Instant latestEnqueueTime,
    @Nullable Instant nextEnqueueTime) {

  static CronJobSnapshot of(Map<?, ?> json) {
    String function = text(json, "func_name");
    String name = text(json, "name");
    String queue = text(json, "queue_name");
    return new CronJobSnapshot(
        name == null ? String.valueOf(function) : name,
        String.valueOf(function),
        String.valueOf(queue),
        text(json, "args"),
        text(json, "kwargs"),
        json.get("interval") instanceof Number seconds
            ? Duration.ofMillis(Math.round(seconds.doubleValue() * 1_000))
            : null,
        text(json, "cron"),
        instant(json, "latest_enqueue_time"),
        instant(json, "next_enqueue_time"));
  }

  private static @Nullable String text(Map<?, ?> json, String field) {
    return json.get(field) instanceof String text ? text : null;
  }

  private static @Nullable Instant instant(Map<?, ?> json, String field) {
    String text = text(json, field);
    try {
      return text == null ? null : Timestamps.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
