package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.binding.TypeReference;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job of RQ, by its id. Every question goes to Redis. Immutable; safe for use by many threads.
 */
public final class Job {
  private static final String PATH = "result";

  private final RqClient client;
  private final String id;

  Job(RqClient client, String id) {
    this.client = client;
    this.id = id;
  }

  /** The job's id. */
  public String id() {
    return id;
  }

  /**
   * Where the job stands now.
   *
   * @throws NoSuchJobException if there is no such job
   * @throws UnreadableJobException if the status is none of RQ's
   */
  public JobStatus status() {
    String text = client.call(Command.of("HGET", Keys.job(id), JobFields.STATUS)).asText();
    if (text == null) {
      throw new NoSuchJobException(id);
    }
    return JobStatus.ofText(text)
        .orElseThrow(() -> new UnreadableJobException(id, JobFields.STATUS, "a status of RQ"));
  }

  /**
   * The outcome of the newest run; empty if there is none yet, or its worker's RQ is older than
   * 1.12 and keeps no results apart from the job's hash.
   */
  public Optional<Result> latestResult() {
    return client.server().with(connection -> new JobResults(client, id).latest(connection));
  }

  /**
   * Waits for the job to end and gives what the function returned; also for workers of RQ older
   * than 1.12.
   *
   * @param wait how long to wait at most
   * @return the value as the serializer decodes it; null for None
   * @throws JobFailedException if the job failed, was stopped, or was canceled
   * @throws ResultTimeoutException if it did not end in time
   * @throws NoSuchJobException if there is no such job, also when it ended with a result TTL of 0
   * @throws CodecException if the stored value cannot be read
   */
  public @Nullable Object result(Duration wait) {
    return new JobResults(client, id).await(wait);
  }

  /**
   * Waits like {@link #result} and gives the value as a Java type.
   *
   * @throws JobFailedException if the job failed, was stopped, or was canceled
   * @throws ResultTimeoutException if it did not end in time
   * @throws NoSuchJobException if there is no such job
   * @throws CodecException if the stored value cannot be read or does not fit the type
   */
  public <T> @Nullable T resultAs(Class<T> type, Duration wait) {
    return client.binder().bind(result(wait), type, PATH);
  }

  /**
   * Waits like {@link #result} and gives the value as a generic Java type, such as {@code new
   * TypeReference<List<Invoice>>() {}}.
   *
   * @throws JobFailedException if the job failed, was stopped, or was canceled
   * @throws ResultTimeoutException if it did not end in time
   * @throws NoSuchJobException if there is no such job
   * @throws CodecException if the stored value cannot be read or does not fit the type
   */
  public <T> @Nullable T resultAs(TypeReference<T> type, Duration wait) {
    return client.binder().bind(result(wait), type, PATH);
  }

  @Override
  public String toString() {
    return "Job(" + id + ")";
  }
}
