package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonDict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The running job as its function sees it; what {@code rq.get_current_job()} is in Python. A
 * function gets it from {@link #current}. Reading it costs nothing at Redis, except where a method
 * says so.
 *
 * <p>Safe for use by many threads, also after the job has ended. Threads that a function starts
 * itself have no current job: hand the context over, or the work by {@link #wrap(Runnable)}.
 */
public final class JobContext {
  private static final ThreadLocal<@Nullable JobContext> CURRENT = new ThreadLocal<>();

  private final JobContexts contexts;
  private final String worker;
  private final Execution execution;
  private volatile byte @Nullable [] meta;

  JobContext(JobContexts contexts, String worker, Execution execution) {
    this.contexts = contexts;
    this.worker = worker;
    this.execution = execution;
    this.meta = job().bytes(JobFields.META);
  }

  /**
   * The job that the calling thread runs.
   *
   * @throws IllegalStateException if it runs none
   */
  public static JobContext current() {
    JobContext context = CURRENT.get();
    if (context == null) {
      throw new IllegalStateException(
          "no job runs in thread '"
              + Thread.currentThread().getName()
              + "': call this from a job's function; in a thread of your own, hand the context over"
              + " or use JobContext.wrap");
    }
    return context;
  }

  private StoredJob job() {
    return execution.claimed().job();
  }

  /** The job's id. */
  public String jobId() {
    return execution.claimed().id();
  }

  /** The id of this run of the job (RQ 2.0 on). */
  public String executionId() {
    return execution.claimed().executionId();
  }

  /** The queue that the job belongs to; RQ calls it the origin. */
  public String queue() {
    return execution.claimed().origin();
  }

  /** The name under which RQ knows the slot that runs the job. */
  public String workerName() {
    return worker;
  }

  /**
   * The dotted name that the job was enqueued with.
   *
   * @throws CodecException if the job's data cannot be read; the job has then failed anyway
   */
  public String functionName() {
    return contexts.functionName(job());
  }

  /** What log lines and dashboards call the job. */
  public Optional<String> description() {
    return Optional.ofNullable(job().text(JobFields.DESCRIPTION));
  }

  /**
   * When the job was created.
   *
   * @throws UnreadableJobException if the field is no timestamp
   */
  public Optional<Instant> createdAt() {
    return Optional.ofNullable(job().instant(JobFields.CREATED_AT));
  }

  /**
   * When the job was last put into its queue.
   *
   * @throws UnreadableJobException if the field is no timestamp
   */
  public Optional<Instant> enqueuedAt() {
    return Optional.ofNullable(job().instant(JobFields.ENQUEUED_AT));
  }

  /** When this run was claimed. */
  public Instant startedAt() {
    return execution.claimed().claimedAt();
  }

  /** How long the job may run; empty where it may run for ever. */
  public Optional<Duration> timeout() {
    OptionalLong seconds = execution.limit();
    return seconds.isPresent()
        ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
        : Optional.empty();
  }

  /** When its timeout will hit the job; empty where it has none. */
  public Optional<Instant> deadline() {
    return timeout().map(startedAt()::plus);
  }

  /** How often the job will be run again if it keeps failing; 0 for not at all. */
  public long retriesLeft() {
    return RetryPlan.of(job(), startedAt()).map(plan -> plan.retriesLeft() + 1).orElse(0L);
  }

  /** The group that the job belongs to (RQ 2.0 on). */
  public Optional<String> groupId() {
    return Optional.ofNullable(job().text(JobFields.GROUP_ID));
  }

  /**
   * The ids of the jobs that this one has waited for, in the order in which they were given.
   *
   * @throws UnreadableJobException if the field is no JSON array
   */
  public List<String> dependencyIds() {
    return JobContexts.dependencyIds(job());
  }

  /**
   * What the job's {@code meta} held when the job was claimed, or when it was last saved or
   * refreshed here. As in RQ, what cannot be read with the worker's serializer is a dict with the
   * bytes under the key {@code unserialized}.
   *
   * @return a copy; changing it changes nothing until it is saved
   */
  public PythonDict meta() {
    return contexts.decodeMeta(meta);
  }

  /**
   * Reads the job's {@code meta} from Redis, where others may have changed it meanwhile.
   *
   * @return a copy; changing it changes nothing until it is saved
   * @throws RedisUnavailableException if Redis cannot be reached
   * @throws RedisCommandException if Redis refuses
   */
  public PythonDict refreshMeta() {
    meta = contexts.readMeta(jobId());
    return meta();
  }

  /**
   * Replaces the job's {@code meta} in Redis, at once and without touching anything else of the
   * job. The end of the job does not touch it either. An unreadable {@link #meta} that is saved as
   * it was read stays as it is.
   *
   * @param entries all that it is to hold
   * @return false where the job was deleted meanwhile: nothing is written then
   * @throws UnsupportedValueException if the serializer has no form for a value
   * @throws RedisUnavailableException if Redis cannot be reached
   * @throws RedisCommandException if Redis refuses
   */
  public boolean saveMeta(Map<?, ?> entries) {
    byte[] bytes = contexts.encodeMeta(job(), entries, meta);
    boolean written = contexts.writeMeta(jobId(), bytes);
    meta = bytes;
    return written;
  }

  /**
   * Keeps the job from being declared abandoned for at least so long, even if the process stands
   * still or dies. The worker sends heartbeats of its own while the function runs, which never
   * shorten this: needed is it only where a standstill longer than a minute is foreseen.
   *
   * @param ttl at least a second
   * @return false where the job is no longer this run's: it was declared abandoned, canceled or
   *     deleted
   * @throws IllegalArgumentException if {@code ttl} is shorter than a second
   * @throws RedisUnavailableException if Redis cannot be reached
   * @throws RedisCommandException if Redis refuses
   */
  public boolean heartbeat(Duration ttl) {
    if (ttl.toSeconds() < 1) {
      throw new IllegalArgumentException("ttl must be at least a second, not " + ttl);
    }
    return contexts.extend(execution.claimed(), ttl);
  }

  /**
   * Whether the function should come to its end: its outcome is decided, whatever it returns. Its
   * thread has been interrupted, too; this tells it also to other threads, and after the
   * interruption was used up.
   */
  public boolean isCancelled() {
    return execution.cancellation() != null;
  }

  /** Why the function should come to its end; empty while it may go on. */
  public Optional<Cancellation> cancellation() {
    return Optional.ofNullable(execution.cancellation());
  }

  /** Makes this the current job of whatever thread runs the task, for as long as it does. */
  public Runnable wrap(Runnable task) {
    return () -> {
      Runnable leave = enter();
      try {
        task.run();
      } finally {
        leave.run();
      }
    };
  }

  /** Makes this the current job of whatever thread calls the task, for as long as it does. */
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
    return () -> {
      Runnable leave = enter();
      try {
        return task.call();
      } finally {
        leave.run();
      }
    };
  }

  /** Makes this the calling thread's current job, until that thread runs what is returned. */
  Runnable enter() {
    JobContext before = CURRENT.get();
    CURRENT.set(this);
    return () -> {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    };
  }

  /** Shows the ids alone. */
  @Override
  public String toString() {
    return "job " + jobId() + ", execution " + executionId();
  }
}
