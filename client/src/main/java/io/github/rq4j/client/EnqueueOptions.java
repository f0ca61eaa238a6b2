package io.github.rq4j.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a job is to be treated, with RQ's names and defaults. Immutable; start from {@link #defaults}
 * or {@link #builder}.
 *
 * <p>Time spans are whole seconds of at most 2<sup>31</sup>-1; as text they are what RQ takes: the
 * number, or a number with one of the units {@code d}, {@code h}, {@code m} and {@code s}.
 */
public final class EnqueueOptions {
  /** RQ's own default: a job may run for 180 seconds. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(3);

  /** For {@code timeout}, {@code resultTtl} and {@code failureTtl}: without end. */
  public static final Duration INFINITE = Duration.ofSeconds(-1);

  private static final EnqueueOptions DEFAULTS = builder().build();

  private final Builder settings;

  private EnqueueOptions(Builder settings) {
    this.settings = settings;
  }

  /** RQ's defaults: a random id, the queue's timeout, at the back of the queue. */
  public static EnqueueOptions defaults() {
    return DEFAULTS;
  }

  /** Starts from RQ's defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts from these options. */
  public Builder toBuilder() {
    return new Builder(settings);
  }

  /** The id; null for a random UUID. */
  @Nullable String jobId() {
    return settings.jobId;
  }

  /** Null for the queue's. */
  @Nullable Duration timeout() {
    return settings.timeout;
  }

  @Nullable Duration resultTtl() {
    return settings.resultTtl;
  }

  @Nullable Duration failureTtl() {
    return settings.failureTtl;
  }

  @Nullable Duration ttl() {
    return settings.ttl;
  }

  @Nullable String description() {
    return settings.description;
  }

  boolean atFront() {
    return settings.atFront;
  }

  Map<String, @Nullable Object> meta() {
    return settings.meta;
  }

  /** The ids of all jobs to wait for. */
  List<String> dependencyIds() {
    return settings.dependencyIds;
  }

  /** Null where no {@link Dependency} says anything about it, which RQ stores otherwise. */
  @Nullable Boolean allowDependencyFailures() {
    return settings.allowDependencyFailures;
  }

  /** Null where no {@link Dependency} says anything about it, which RQ stores otherwise. */
  @Nullable Boolean enqueueAtFront() {
    return settings.enqueueAtFront;
  }

  @Nullable Retry retry() {
    return settings.retry;
  }

  @Nullable Repeat repeat() {
    return settings.repeat;
  }

  @Nullable Callback onSuccess() {
    return settings.onSuccess;
  }

  @Nullable Callback onFailure() {
    return settings.onFailure;
  }

  @Nullable Callback onStopped() {
    return settings.onStopped;
  }

  List<Webhook> webhooks() {
    return settings.webhooks;
  }

  @Nullable RateLimit rateLimit() {
    return settings.rateLimit;
  }

  @Nullable String group() {
    return settings.group;
  }

  boolean unique() {
    return settings.unique;
  }

  /** Collects options; each is checked where it is set. Not safe for use by many threads. */
  public static final class Builder {
    private @Nullable String jobId;
    private @Nullable Duration timeout;
    private @Nullable Duration resultTtl;
    private @Nullable Duration failureTtl;
    private @Nullable Duration ttl;
    private @Nullable String description;
    private boolean atFront;
    private Map<String, @Nullable Object> meta = Map.of();
    private List<String> dependencyIds = List.of();
    private @Nullable Boolean allowDependencyFailures;
    private @Nullable Boolean enqueueAtFront;
    private @Nullable Retry retry;
    private @Nullable Repeat repeat;
    private @Nullable Callback onSuccess;
    private @Nullable Callback onFailure;
    private @Nullable Callback onStopped;
    private List<Webhook> webhooks = List.of();
    private @Nullable RateLimit rateLimit;
    private @Nullable String group;
    private boolean unique;

    private Builder() {}

    private Builder(Builder other) {
      jobId = other.jobId;
      timeout = other.timeout;
      resultTtl = other.resultTtl;
      failureTtl = other.failureTtl;
      ttl = other.ttl;
      description = other.description;
      atFront = other.atFront;
      meta = other.meta;
      dependencyIds = other.dependencyIds;
      allowDependencyFailures = other.allowDependencyFailures;
      enqueueAtFront = other.enqueueAtFront;
      retry = other.retry;
      repeat = other.repeat;
      onSuccess = other.onSuccess;
      onFailure = other.onFailure;
      onStopped = other.onStopped;
      webhooks = other.webhooks;
      rateLimit = other.rateLimit;
      group = other.group;
      unique = other.unique;
    }

    /**
     * Gives the job an id of its own; default is a random UUID. A job of the same id is overwritten
     * and enqueued once more, unless {@link #unique} is set.
     *
     * @throws IllegalArgumentException unless it is of letters, digits, {@code _} and {@code -}: RQ
     *     from 2.8 on refuses anything else
     */
    public Builder jobId(String id) {
      this.jobId = Names.jobId(id);
      return this;
    }

    /**
     * Refuses the job with {@link DuplicateJobException} if there is one of its id, also an ended
     * one. Needs {@link #jobId}. Default: off.
     */
    public Builder unique(boolean refuseDuplicate) {
      this.unique = refuseDuplicate;
      return this;
    }

    /**
     * How long the job may run, at least one second; {@link #INFINITE} for no limit. Default: the
     * queue's, which is 180 seconds unless set.
     *
     * @throws IllegalArgumentException if it is out of this range
     */
    public Builder timeout(Duration limit) {
      this.timeout = Seconds.checkedOrInfinite("timeout", limit, 1);
      return this;
    }

    /**
     * The same as text, such as {@code 1h}.
     *
     * @throws IllegalArgumentException if it is out of its range or no time span of RQ
     */
    public Builder timeout(String limit) {
      return timeout(Seconds.parse("timeout", limit));
    }

    /**
     * How long a result is kept; zero keeps none and deletes the job, {@link #INFINITE} keeps it
     * for ever. Default: what the worker decides, usually 500 seconds.
     *
     * @throws IllegalArgumentException if it is out of this range
     */
    public Builder resultTtl(Duration time) {
      this.resultTtl = Seconds.checkedOrInfinite("resultTtl", time, 0);
      return this;
    }

    /**
     * The same as text, such as {@code 1h}.
     *
     * @throws IllegalArgumentException if it is out of its range or no time span of RQ
     */
    public Builder resultTtl(String time) {
      return resultTtl(Seconds.parse("resultTtl", time));
    }

    /**
     * How long a failed job is kept; {@link #INFINITE} for ever. Default: one year.
     *
     * @throws IllegalArgumentException if it is out of this range
     */
    public Builder failureTtl(Duration time) {
      this.failureTtl = Seconds.checkedOrInfinite("failureTtl", time, 0);
      return this;
    }

    /**
     * The same as text, such as {@code 7d}.
     *
     * @throws IllegalArgumentException if it is out of its range or no time span of RQ
     */
    public Builder failureTtl(String time) {
      return failureTtl(Seconds.parse("failureTtl", time));
    }

    /**
     * How long the job may wait until it starts, at least one second. Default: for ever.
     *
     * @throws IllegalArgumentException if it is out of this range
     */
    public Builder ttl(Duration time) {
      this.ttl = Seconds.checked("ttl", time, 1);
      return this;
    }

    /**
     * The same as text, such as {@code 1h}.
     *
     * @throws IllegalArgumentException if it is out of its range or no time span of RQ
     */
    public Builder ttl(String time) {
      return ttl(Seconds.parse("ttl", time));
    }

    /**
     * What dashboards show. Default, also for an empty text: the call as Python would write it.
     *
     * @throws IllegalArgumentException if it has half of a surrogate pair
     */
    public Builder description(String text) {
      this.description = text.isEmpty() ? null : Names.text("a description", text);
      return this;
    }

    /**
     * Puts the job before all that wait. Does not count for a job that has to wait for others: see
     * {@link Dependency#atFront}. Default: behind them.
     */
    public Builder atFront(boolean front) {
      this.atFront = front;
      return this;
    }

    /** What {@code job.meta} holds in Python; copied. Default: nothing. */
    public Builder meta(Map<String, ? extends @Nullable Object> entries) {
      this.meta = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      return this;
    }

    /**
     * Lets the job wait until these jobs have succeeded, beside those given before. A job that does
     * not exist when it is enqueued is not waited for. Default: none.
     */
    public Builder dependsOn(Job... jobs) {
      Arrays.stream(jobs).forEach(job -> dependsOn(job.id()));
      return this;
    }

    /**
     * Lets the job wait until the jobs of these ids have succeeded, beside those given before.
     *
     * @throws IllegalArgumentException if an id is not of letters, digits, {@code _} and {@code -}
     */
    public Builder dependsOn(String... jobIds) {
      List<String> all = new ArrayList<>(dependencyIds);
      Arrays.stream(jobIds).map(Names::jobId).forEach(all::add);
      this.dependencyIds = Collections.unmodifiableList(all);
      return this;
    }

    /** Lets the job wait for others in ways of one's choice, beside those given before. */
    public Builder dependsOn(Dependency... dependencies) {
      for (Dependency dependency : dependencies) {
        this.allowDependencyFailures =
            Boolean.TRUE.equals(allowDependencyFailures) || dependency.allowFailure();
        this.enqueueAtFront = Boolean.TRUE.equals(enqueueAtFront) || dependency.enqueueAtFront();
        dependsOn(dependency.jobIds().toArray(new String[0]));
      }
      return this;
    }

    /** Runs the job again when it fails. Default: never. */
    public Builder retry(Retry plan) {
      this.retry = plan;
      return this;
    }

    /** Runs the job again when it has succeeded. Default: never. */
    public Builder repeat(Repeat plan) {
      this.repeat = plan;
      return this;
    }

    /** What to call when the job has returned. Default: nothing. */
    public Builder onSuccess(Callback callback) {
      this.onSuccess = callback;
      return this;
    }

    /** What to call when the job has failed. Default: nothing. */
    public Builder onFailure(Callback callback) {
      this.onFailure = callback;
      return this;
    }

    /** What to call when the job was stopped while it ran. Default: nothing. */
    public Builder onStopped(Callback callback) {
      this.onStopped = callback;
      return this;
    }

    /** Which requests to send when the job has ended. Default: none. */
    public Builder webhooks(Webhook... requests) {
      this.webhooks = List.of(requests);
      return this;
    }

    /** How many jobs of a kind may be queued or running at a time. Default: no limit. */
    public Builder rateLimit(RateLimit limit) {
      this.rateLimit = limit;
      return this;
    }

    /**
     * Makes the job a member of a group, which exists from its first member on. Default: none.
     *
     * @throws IllegalArgumentException if the name is empty or has half of a surrogate pair
     */
    public Builder group(String name) {
      this.group = Names.filled("a group's name", name);
      return this;
    }

    /**
     * The options as they are now.
     *
     * @throws IllegalArgumentException if the job is to be unique but has no id, or is to wait for
     *     itself
     */
    public EnqueueOptions build() {
      if (unique && jobId == null) {
        throw new IllegalArgumentException("a unique job needs a jobId");
      }
      if (jobId != null && dependencyIds.contains(jobId)) {
        throw new IllegalArgumentException("job " + jobId + " would wait for itself for ever");
      }
      return new EnqueueOptions(new Builder(this));
    }
  }
}
