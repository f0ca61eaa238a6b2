package io.github.rq4j.worker.cron;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be enqueued again and again, and when: RQ's {@code CronJob}. Immutable.
 *
 * <pre>{@code
 * CronJob.builder("shop.tasks.report").queue("low").args("weekly").cron("0 6 * * mon").build();
 * }</pre>
 */
public final class CronJob {
  private final String functionName;
  private final String name;
  private final String queue;
  private final List<@Nullable Object> args;
  private final Map<String, @Nullable Object> kwargs;
  private final @Nullable Duration interval;
  private final @Nullable CronExpression cron;
  private final @Nullable Duration timeout;
  private final Duration resultTtl;
  private final @Nullable Duration ttl;
  private final @Nullable Duration failureTtl;
  private final Map<String, @Nullable Object> meta;
  private final List<Webhook> webhooks;

  private CronJob(Builder builder) {
    functionName = builder.functionName;
    name = builder.name.isEmpty() ? builder.functionName : builder.name;
    queue = builder.queue;
    args = Collections.unmodifiableList(new ArrayList<>(builder.args));
    kwargs = Collections.unmodifiableMap(new LinkedHashMap<>(builder.kwargs));
    interval = builder.interval;
    cron = builder.cron;
    timeout = builder.timeout;
    resultTtl = builder.resultTtl;
    ttl = builder.ttl;
    failureTtl = builder.failureTtl;
    meta = builder.meta;
    webhooks = builder.webhooks;
  }

  /**
   * Starts a job that calls a function.
   *
   * @param functionName the dotted name under which workers know it
   * @throws IllegalArgumentException if the name is blank
   */
  public static Builder builder(String functionName) {
    return new Builder(functionName);
  }

  String functionName() {
    return functionName;
  }

  String name() {
    return name;
  }

  String queue() {
    return queue;
  }

  List<@Nullable Object> args() {
    return args;
  }

  Map<String, @Nullable Object> kwargs() {
    return kwargs;
  }

  @Nullable Duration interval() {
    return interval;
  }

  @Nullable CronExpression cron() {
    return cron;
  }

  /** When to enqueue for the first time. */
  Instant first(Instant start, ZoneId zone) {
    return cron == null ? start : cron.next(start, zone);
  }

  /** When to enqueue again. */
  Instant next(Instant latest, ZoneId zone) {
    if (cron != null) {
      return cron.next(latest, zone);
    }
    return interval == null ? Instant.MAX : latest.plus(interval);
  }

  Call call() {
    Call call = Call.of(functionName).args(args.toArray());
    for (Map.Entry<String, @Nullable Object> entry : kwargs.entrySet()) {
      call = call.kwarg(entry.getKey(), entry.getValue());
    }
    return call;
  }

  EnqueueOptions options(String jobId) {
    EnqueueOptions.Builder options =
        EnqueueOptions.builder().jobId(jobId).resultTtl(resultTtl).meta(meta);
    if (timeout != null) {
      options.timeout(timeout);
    }
    if (ttl != null) {
      options.ttl(ttl);
    }
    if (failureTtl != null) {
      options.failureTtl(failureTtl);
    }
    return options.webhooks(webhooks.toArray(Webhook[]::new)).build();
  }

  /** The options that were given, by RQ's names, in seconds; meta and webhooks as they are. */
  Map<String, Object> givenOptions() {
    Map<String, Object> given = new LinkedHashMap<>();
    if (timeout != null) {
      given.put("job_timeout", timeout.toSeconds());
    }
    given.put("result_ttl", resultTtl.toSeconds());
    if (ttl != null) {
      given.put("ttl", ttl.toSeconds());
    }
    if (failureTtl != null) {
      given.put("failure_ttl", failureTtl.toSeconds());
    }
    if (!meta.isEmpty()) {
      given.put("meta", meta);
    }
    if (!webhooks.isEmpty()) {
      given.put("webhooks", webhooks.stream().map(CronJob::described).toList());
    }
    return given;
  }

  private static Map<String, @Nullable Object> described(Webhook webhook) {
    Map<String, @Nullable Object> description = new LinkedHashMap<>();
    description.put("url", webhook.url());
    description.put("job_status", webhook.event().name().toLowerCase(Locale.ROOT));
    description.put("method", webhook.method().name());
    description.put("headers", webhook.headers().isEmpty() ? null : webhook.headers());
    description.put("timeout", webhook.timeout().toSeconds());
    return description;
  }

  /** The name, the queue, and when. */
  @Override
  public String toString() {
    String when = cron != null ? "at " + cron : "every " + interval;
    return name + " on " + queue + " " + when;
  }

  /** Collects a job's settings; each is checked where it is set. Not safe for many threads. */
  public static final class Builder {
    private final String functionName;
    private String name = "";
    private String queue = "default";
    private List<@Nullable Object> args = List.of();
    private final Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
    private @Nullable Duration interval;
    private @Nullable CronExpression cron;
    private @Nullable Duration timeout;
    private Duration resultTtl = Duration.ofSeconds(500);
    private @Nullable Duration ttl;
    private @Nullable Duration failureTtl;
    private Map<String, @Nullable Object> meta = Map.of();
    private List<Webhook> webhooks = List.of();

    private Builder(String functionName) {
      if (functionName.isBlank()) {
        throw new IllegalArgumentException("a cron job needs the dotted name of a function");
      }
      this.functionName = functionName;
    }

    /** What dashboards call it, and under which its history is kept. Default: the function. */
    public Builder name(String text) {
      this.name = text;
      return this;
    }

    /**
     * The queue to enqueue to. Default: {@code default}.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public Builder queue(String queueName) {
      if (queueName.isEmpty()) {
        throw new IllegalArgumentException("a queue needs a name");
      }
      this.queue = queueName;
      return this;
    }

    /** The positional arguments. Default: none. */
    public Builder args(@Nullable Object... values) {
      this.args = new ArrayList<>(Arrays.asList(values));
      return this;
    }

    /** One keyword argument. Default: none. */
    public Builder kwarg(String argument, @Nullable Object value) {
      this.kwargs.put(argument, value);
      return this;
    }

    /**
     * Enqueues at once, and again each time that the interval has passed: whole seconds, at least
     * 1.
     */
    public Builder every(Duration time) {
      if (time.toSeconds() < 1 || time.toNanosPart() != 0) {
        throw new IllegalArgumentException(
            "the interval must be whole seconds, at least 1, not " + time);
      }
      this.interval = time;
      return this;
    }

    /**
     * Enqueues at the times of an expression of five fields: minute, hour, day of month, month, day
     * of week; or {@code @hourly}, {@code @daily}, {@code @weekly}, {@code @monthly}, {@code
     * @yearly}. The zone is {@link CronScheduler.Builder#zone}'s.
     *
     * @throws IllegalArgumentException if it is malformed, never matches, or has more fields
     */
    public Builder cron(String expression) {
      this.cron = CronExpression.parse(expression);
      return this;
    }

    /** How long each job may run: whole seconds, at least 1. Default: 180 seconds. */
    public Builder timeout(Duration limit) {
      EnqueueOptions.builder().timeout(limit);
      this.timeout = limit;
      return this;
    }

    /** How long each result is kept, as in {@link EnqueueOptions}. Default: 500 seconds. */
    public Builder resultTtl(Duration time) {
      EnqueueOptions.builder().resultTtl(time);
      this.resultTtl = time;
      return this;
    }

    /** How long each job may wait: whole seconds, at least 1. Default: for ever. */
    public Builder ttl(Duration time) {
      EnqueueOptions.builder().ttl(time);
      this.ttl = time;
      return this;
    }

    /** How long each failed job is kept, as in {@link EnqueueOptions}. Default: one year. */
    public Builder failureTtl(Duration time) {
      EnqueueOptions.builder().failureTtl(time);
      this.failureTtl = time;
      return this;
    }

    /** What {@code job.meta} holds in Python; copied. Default: nothing. */
    public Builder meta(Map<String, ? extends @Nullable Object> entries) {
      this.meta = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      return this;
    }

    /**
     * HTTP requests that workers send when one of the jobs has ended (RQ 2.10 on). Default: none.
     * Whoever reads the scheduler in Redis sees them, headers included.
     */
    public Builder webhooks(Webhook... requests) {
      this.webhooks = List.of(requests);
      return this;
    }

    /**
     * The job.
     *
     * @throws IllegalArgumentException unless exactly one of {@link #every} and {@link #cron} was
     *     given
     */
    public CronJob build() {
      if ((interval == null) == (cron == null)) {
        throw new IllegalArgumentException(
            functionName + ": give either an interval or a cron expression");
      }
      return new CronJob(this);
    }
  }
}
