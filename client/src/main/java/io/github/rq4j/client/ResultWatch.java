package io.github.rq4j.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A job and who waits for it. Only for the watching thread, once it has arrived there. */
final class ResultWatch {
  private static final String START = "0-0";

  private final RqClient reader;
  private final String jobId;
  private final List<Waiter> waiters = new ArrayList<>();
  private String after = START;
  private JobStatus status = JobStatus.QUEUED;

  /** The first wait for a job; the future gets the result as the conversion gives it. */
  <T> ResultWatch(
      RqClient reader,
      String jobId,
      Duration limit,
      Function<@Nullable Object, @Nullable T> conversion,
      CompletableFuture<@Nullable T> future) {
    this.reader = reader;
    this.jobId = jobId;
    waiters.add(
        new Waiter(
            limit,
            System.nanoTime() + limit.toNanos(),
            value -> future.complete(conversion.apply(value)),
            future));
  }

  /** What reads the job's values. */
  RqClient reader() {
    return reader;
  }

  String jobId() {
    return jobId;
  }

  /** The last entry of the job's stream that was read and is not the end. */
  String after() {
    return after;
  }

  /** Passes over the entries up to one. */
  void skip(String entryId) {
    after = entryId;
  }

  void show(JobStatus present) {
    status = present;
  }

  /** Adds those who wait for the same job. */
  void join(ResultWatch arrival) {
    waiters.addAll(arrival.waiters);
    // The newcomers also want what the others have seen and did not take for the end.
    after = START;
  }

  /**
   * Ends the waits that have taken too long.
   *
   * @param lost why nothing can be known of the job; null if it can
   * @return whether somebody waits still
   */
  boolean dropEnded(long now, @Nullable RedisUnavailableException lost) {
    waiters.removeIf(
        waiter -> {
          if (!waiter.isOver(now)) {
            return waiter.future.isDone();
          }
          waiter.fail(
              lost != null ? lost : new ResultTimeoutException(jobId, waiter.limit, status));
          return true;
        });
    return !waiters.isEmpty();
  }

  void complete(@Nullable Object value) {
    waiters.forEach(waiter -> waiter.complete(value));
  }

  void fail(RuntimeException failure) {
    waiters.forEach(waiter -> waiter.fail(failure));
  }

  /** Somebody who waits. */
  private record Waiter(
      Duration limit, long deadline, Conversion conversion, CompletableFuture<?> future) {

    boolean isOver(long now) {
      return !future.isDone() && now - deadline >= 0;
    }

    void complete(@Nullable Object value) {
      try {
        conversion.complete(value);
      } catch (RuntimeException e) {
        fail(e);
      }
    }

    void fail(RuntimeException failure) {
      future.completeExceptionally(failure);
    }
  }

  @FunctionalInterface
  private interface Conversion {
    void complete(@Nullable Object value);
  }
}
