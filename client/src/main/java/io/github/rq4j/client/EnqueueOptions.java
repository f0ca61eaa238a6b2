package io.github.rq4j.client;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a job is to be treated, with RQ's names and defaults. Immutable; start from {@link #defaults}
 * or {@link #builder}.
 */
public final class EnqueueOptions {
  /** RQ's own default: a job may run for 180 seconds. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(3);

  /** For {@code timeout}, {@code resultTtl} and {@code failureTtl}: without end. */
  public static final Duration INFINITE = Duration.ofSeconds(-1);

  private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9_-]+");
  private static final EnqueueOptions DEFAULTS = builder().build();

  private final Builder settings;

  private EnqueueOptions(Builder settings) {
    this.settings = settings;
  }

  /** RQ's defaults: a random id, 180 seconds, at the back of the queue. */
  public static EnqueueOptions defaults() {
    return DEFAULTS;
  }

  /** Starts from RQ's defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The id; null for a random UUID. */
  @Nullable String jobId() {
    return settings.jobId;
  }

  Duration timeout() {
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

  /** Collects options; each is checked where it is set. Not safe for use by many threads. */
  public static final class Builder {
    private @Nullable String jobId;
    private Duration timeout = DEFAULT_TIMEOUT;
    private @Nullable Duration resultTtl;
    private @Nullable Duration failureTtl;
    private @Nullable Duration ttl;
    private @Nullable String description;
    private boolean atFront;
    private Map<String, @Nullable Object> meta = Map.of();

    private Builder() {}

    /**
     * Gives the job an id of its own; default is a random UUID. A job of the same id is replaced.
     *
     * @throws IllegalArgumentException unless it is of letters, digits, {@code _} and {@code -}: RQ
     *     from 2.8 on refuses anything else
     */
    public Builder jobId(String id) {
      if (!JOB_ID.matcher(id).matches()) {
        throw new IllegalArgumentException(
            "a job id is made of letters, digits, '_' and '-', not '" + id + "'");
      }
      this.jobId = id;
      return this;
    }

    /**
     * How long the job may run, in whole seconds, at least one; {@link #INFINITE} for no limit.
     * Default 180 seconds.
     */
    public Builder timeout(Duration limit) {
      this.timeout = wholeSeconds("timeout", limit, 1, true);
      return this;
    }

    /**
     * How long a result is kept, in whole seconds; zero keeps none and deletes the job, {@link
     * #INFINITE} keeps it for ever. Default: what the worker decides, usually 500 seconds.
     */
    public Builder resultTtl(Duration time) {
      this.resultTtl = wholeSeconds("resultTtl", time, 0, true);
      return this;
    }

    /**
     * How long a failed job is kept, in whole seconds; {@link #INFINITE} for ever. Default: one
     * year.
     */
    public Builder failureTtl(Duration time) {
      this.failureTtl = wholeSeconds("failureTtl", time, 0, true);
      return this;
    }

    /**
     * How long the job may wait in its queue, in whole seconds, at least one. Default: for ever.
     */
    public Builder ttl(Duration time) {
      this.ttl = wholeSeconds("ttl", time, 1, false);
      return this;
    }

    /** What dashboards show. Default: the call as Python would write it. */
    public Builder description(String text) {
      this.description = text;
      return this;
    }

    /** Puts the job before all that wait. Default: behind them. */
    public Builder atFront(boolean front) {
      this.atFront = front;
      return this;
    }

    /** What {@code job.meta} holds in Python; copied. Default: nothing. */
    public Builder meta(Map<String, ? extends @Nullable Object> entries) {
      this.meta = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
      return this;
    }

    /** The options as they are now. */
    public EnqueueOptions build() {
      Builder copy = new Builder();
      copy.jobId = jobId;
      copy.timeout = timeout;
      copy.resultTtl = resultTtl;
      copy.failureTtl = failureTtl;
      copy.ttl = ttl;
      copy.description = description;
      copy.atFront = atFront;
      copy.meta = meta;
      return new EnqueueOptions(copy);
    }

    private static Duration wholeSeconds(
        String option, Duration given, long least, boolean infiniteAllowed) {
      boolean infinite = infiniteAllowed && given.equals(INFINITE);
      if (!infinite && (given.toSeconds() < least || given.toNanosPart() != 0)) {
        throw new IllegalArgumentException(
            option
                + " must be whole seconds, at least "
                + least
                + (infiniteAllowed ? ", or INFINITE" : "")
                + ", not "
                + given);
      }
      return given;
    }
  }
}
