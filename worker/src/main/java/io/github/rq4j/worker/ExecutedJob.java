package io.github.rq4j.worker;

import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.Serializer;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that a callback or an exception handler is called for, as it stood when the worker took it;
 * or, where maintenance found it abandoned, as it stood then. Safe for use by many threads.
 */
public final class ExecutedJob {
  private static final Logger log = LoggerFactory.getLogger(ExecutedJob.class);
  // What RQ's log calls the function of a job whose data it cannot read.
  private static final String UNREADABLE = "<DeserializationError>";

  private final ClaimedJob claimed;
  private final JobDataFormat dataFormat;
  private final Serializer serializer;
  private final String workerName;
  private boolean decoded;
  private @Nullable Arguments arguments;

  ExecutedJob(ClaimedJob claimed, WorkerConfig config, String workerName) {
    this(claimed, config.dataFormat(), config.serializer(), workerName);
  }

  ExecutedJob(
      ClaimedJob claimed, JobDataFormat dataFormat, Serializer serializer, String workerName) {
    this.claimed = claimed;
    this.dataFormat = dataFormat;
    this.serializer = serializer;
    this.workerName = workerName;
  }

  /** The job's id. */
  public String id() {
    return claimed.id();
  }

  /** The queue that the job belongs to; RQ's {@code origin}. */
  public String queue() {
    return claimed.origin();
  }

  /** The id of this run; empty where an abandoned run has none, as those of RQ 1.x. */
  public String executionId() {
    return claimed.executionId();
  }

  /**
   * The name under which RQ knows the slot, or the worker of Python, that ran the job; empty for an
   * abandoned run of which that is not known.
   */
  public String workerName() {
    return workerName;
  }

  /** The job's description; its id where it has none. */
  public String description() {
    return claimed.description();
  }

  /** The dotted Python name; {@code <DeserializationError>} where the job's data is unreadable. */
  public String functionName() {
    return arguments().map(Arguments::functionName).orElse(UNREADABLE);
  }

  /** What the job was enqueued with; empty where its data cannot be read. */
  public synchronized Optional<Arguments> arguments() {
    if (!decoded) {
      arguments = decode();
      decoded = true;
    }
    return Optional.ofNullable(arguments);
  }

  private @Nullable Arguments decode() {
    try {
      byte[] stored = claimed.job().bytes(JobFields.DATA);
      return Arguments.of(dataFormat.decode(stored == null ? new byte[0] : stored));
    } catch (RuntimeException | LinkageError e) {
      // A serializer may be anybody's, or lack a library.
      log.debug("The data of job {} cannot be read", id(), e);
      return null;
    }
  }

  /** The job's meta; empty where it has none or it cannot be read. Not to be changed. */
  public Map<String, @Nullable Object> meta() {
    byte[] stored = claimed.job().bytes(JobFields.META);
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    try {
      if (stored != null && serializer.deserialize(stored) instanceof Map<?, ?> meta) {
        meta.forEach((key, value) -> entries.put(String.valueOf(key), value));
      }
    } catch (RuntimeException | LinkageError e) {
      log.debug("The meta of job {} cannot be read", id(), e);
    }
    return Collections.unmodifiableMap(entries);
  }

  /** When the job was put into its queue; null where that is not known. */
  public @Nullable Instant enqueuedAt() {
    try {
      return claimed.job().instant(JobFields.ENQUEUED_AT);
    } catch (UnreadableJobException e) {
      return null;
    }
  }

  /** When this run began. */
  public Instant startedAt() {
    return claimed.claimedAt();
  }

  /** How many retries the job had left in this run; if there were any, it is retried. */
  public long retriesLeft() {
    try {
      Long left = claimed.job().number(JobFields.RETRIES_LEFT);
      return left == null ? 0 : left;
    } catch (UnreadableJobException e) {
      return 0;
    }
  }

  /** Id and description. */
  @Override
  public String toString() {
    return "job " + id();
  }
}
