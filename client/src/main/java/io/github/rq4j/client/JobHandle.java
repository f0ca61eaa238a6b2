package io.github.rq4j.client;

import io.github.rq4j.codec.CodecException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A job whose result has a known Java type. Returned by the methods of a {@linkplain Queue#proxy
 * proxy}. Immutable; safe for use by many threads.
 *
 * @param <T> what the function returns
 */
public final class JobHandle<T extends @Nullable Object> {
  private static final String PATH = "result";

  private final RqClient client;
  private final Job job;
  private final Type type;

  JobHandle(RqClient client, Job job, Type type) {
    this.client = client;
    this.job = job;
    this.type = type;
  }

  /** The job's id. */
  public String id() {
    return job.id();
  }

  /** The job. */
  public Job job() {
    return job;
  }

  /**
   * Waits for the job to end and gives what the function returned.
   *
   * @param wait how long to wait at most
   * @return the value; null for None
   * @throws JobFailedException if the job failed, was stopped, or was canceled
   * @throws ResultTimeoutException if it did not end in time
   * @throws NoSuchJobException if there is no such job, also when it ended with a result TTL of 0
   * @throws CodecException if the stored value cannot be read or does not fit the type
   */
  public @Nullable T result(Duration wait) {
    return bound(job.result(wait));
  }

  /**
   * The result to come. Fails with what {@link #result} throws. Canceling it leaves the job alone.
   *
   * @param wait how long to wait at most
   */
  public CompletableFuture<@Nullable T> future(Duration wait) {
    return client.watcher().watch(client, job.id(), wait).thenApply(this::bound);
  }

  // The binder gives a value of the type that the proxy's method declares as T, or throws.
  @SuppressWarnings("unchecked")
  private @Nullable T bound(@Nullable Object value) {
    return (T) client.binder().bind(value, type, PATH);
  }

  /** The job's id. */
  @Override
  public String toString() {
    return "JobHandle(" + id() + ")";
  }
}
