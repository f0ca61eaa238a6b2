package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.binding.TypeReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
   * The same without blocking: the future is completed when the job ends. All futures of a client
   * share one connection and one thread, which also runs what is chained to them without an
   * executor; keep that short or use the {@code Async} methods. Cancelling the future ends the wait
   * and leaves the job alone.
   *
   * @param wait how long to wait at most
   * @return fails with what {@link #result} throws, and with {@link RedisUnavailableException} when
   *     the client is closed
   */
  public CompletableFuture<@Nullable Object> resultAsync(Duration wait) {
    return client.watcher().watch(client, id, wait);
  }

  /** Like {@link #resultAsync(Duration)}, with the value as a Java type. */
  public <T> CompletableFuture<@Nullable T> resultAsync(Class<T> type, Duration wait) {
    return client
        .watcher()
        .watch(client, id, wait, value -> client.binder().bind(value, type, PATH));
  }

  /** Like {@link #resultAsync(Duration)}, with the value as a generic Java type. */
  public <T> CompletableFuture<@Nullable T> resultAsync(TypeReference<T> type, Duration wait) {
    return client
        .watcher()
        .watch(client, id, wait, value -> client.binder().bind(value, type, PATH));
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

  /** Tells whether there is such a job. */
  public boolean exists() {
    return client.call(Command.of("EXISTS", Keys.job(id))).asLong() > 0;
  }

  /**
   * All fields as they stand now.
   *
   * @throws NoSuchJobException if there is no such job
   */
  public JobSnapshot snapshot() {
    Map<String, byte[]> fields = client.call(Command.of("HGETALL", Keys.job(id))).asHash();
    if (fields.isEmpty()) {
      throw new NoSuchJobException(id);
    }
    return new JobSnapshot(client, new StoredJob(id, fields));
  }

  /**
   * What the application keeps with the job; empty if there is none, also where there is no job.
   *
   * @throws CodecException if it cannot be read or is no dictionary with textual keys
   */
  public Map<String, @Nullable Object> meta() {
    Reply meta = client.call(Command.of("HGET", Keys.job(id), JobFields.META));
    return JobMeta.read(client, id, meta.asBytes());
  }

  /**
   * Replaces what the application keeps with the job, and nothing else of it.
   *
   * @throws NoSuchJobException if there is no such job
   * @throws UnsupportedValueException if a value has no Python form
   */
  public void saveMeta(Map<String, ? extends @Nullable Object> meta) {
    byte[] serialized = client.serializer().serialize(meta);
    if (client.call(Steering.saveMeta(id, serialized)).asLong() == 0) {
      throw new NoSuchJobException(id);
    }
  }

  /** How many jobs of its queue are before it; empty if it does not wait there. */
  public OptionalLong position() {
    String origin = client.call(Command.of("HGET", Keys.job(id), JobFields.ORIGIN)).asText();
    return origin == null ? OptionalLong.empty() : client.queue(origin).position(id);
  }

  /** The outcomes of its runs that are still kept, newest first; RQ keeps about ten. */
  public List<Result> results() {
    return client.server().with(connection -> new JobResults(client, id).all(connection));
  }

  /** The ids of the jobs that wait for this one. */
  public List<String> dependentIds() {
    return client.call(Command.of("SMEMBERS", Keys.dependents(id))).asTexts();
  }

  /**
   * The ids of the jobs that this one waits or waited for. RQ up to 1.0 tells it in the job alone:
   * see {@link JobSnapshot#dependencyIds}.
   */
  public List<String> dependencyIds() {
    return client.call(Command.of("SMEMBERS", Keys.dependencies(id))).asTexts();
  }

  /** The runs that are under way; RQ before 2.0 does not tell. */
  public List<Execution> executions() {
    Command range =
        Command.of("ZRANGEBYSCORE", Keys.executions(id))
            .add("(" + client.clock().instant().getEpochSecond())
            .add("+inf");
    return client
        .server()
        .with(
            connection -> {
              List<String> ids = connection.call(range).asTexts();
              List<Command> hashes =
                  ids.stream().map(run -> Command.of("HGETALL", Keys.execution(id, run))).toList();
              List<Reply> replies = connection.pipeline(hashes);
              List<Execution> executions = new ArrayList<>();
              for (int i = 0; i < ids.size(); i++) {
                Map<String, byte[]> fields = replies.get(i).asHash();
                if (!fields.isEmpty()) {
                  executions.add(Execution.of(ids.get(i), id, fields));
                }
              }
              return List.copyOf(executions);
            });
  }

  /** How long until Redis forgets the job; empty for never, and where there is no job. */
  public Optional<Duration> timeToLive() {
    long millis = client.call(Command.of("PTTL", Keys.job(id))).asLong();
    return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
  }

  /**
   * Takes the job out of its queue and its registry and marks it canceled, as RQ's {@code cancel}
   * but in one step. A job that already runs goes on; {@link #stop} ends it.
   *
   * @throws NoSuchJobException if there is no such job
   * @throws InvalidJobOperationException if it is already canceled
   */
  public void cancel(CancelOption... options) {
    String outcome = client.call(new Steering(client).cancel(id, Set.of(options))).asText();
    if ("missing".equals(outcome)) {
      throw new NoSuchJobException(id);
    }
    if ("already".equals(outcome)) {
      throw new InvalidJobOperationException(id, "is already canceled");
    }
  }

  /**
   * Puts a failed job back at the end of its queue, as RQ's {@code requeue} but in one step. Its
   * retries are not counted anew.
   *
   * @throws NoSuchJobException if there is no such job
   * @throws InvalidJobOperationException if it is not among the failed jobs of its queue
   */
  public void requeue() {
    JobRegistry.requeue(client, id, JobRegistry.Kind.FAILED, "", false);
  }

  /**
   * Puts a failed job back at the front of its queue.
   *
   * @throws NoSuchJobException if there is no such job
   * @throws InvalidJobOperationException if it is not among the failed jobs of its queue
   */
  public void requeueAtFront() {
    JobRegistry.requeue(client, id, JobRegistry.Kind.FAILED, "", true);
  }

  /**
   * Deletes the job and all that belongs to it: its place in queue, registry and group, its results
   * and executions, as RQ 3.0's {@code delete} but in one step. The function of a job that runs
   * goes on.
   *
   * @return whether there was such a job
   */
  public boolean delete() {
    return client.call(new Steering(client).delete(id, false)).asLong() > 0;
  }

  /**
   * Deletes the job like {@link #delete}, and with it the jobs that wait for it, but not those that
   * wait for these.
   *
   * @return whether there was such a job
   */
  public boolean deleteWithDependents() {
    return client.call(new Steering(client).delete(id, true)).asLong() > 0;
  }

  /**
   * Asks the worker that runs the job to stop it. Commands are not kept: a worker that does not
   * listen at this moment never gets it.
   *
   * @return whether a worker was listening
   * @throws NoSuchJobException if there is no such job
   * @throws InvalidJobOperationException if no worker has run it; as in RQ, a job that has ended is
   *     not told from one that runs
   */
  public boolean stop() {
    return new WorkerCommands(client).stopJob(id);
  }

  /**
   * Asks the worker to stop one run of the job (RQ 3.0 on).
   *
   * @param executionId the run, see {@link #executions}
   * @return whether a worker was listening
   * @throws InvalidJobOperationException if there is no such run
   */
  public boolean stopExecution(String executionId) {
    return new WorkerCommands(client).stopExecution(id, executionId);
  }

  @Override
  public String toString() {
    return "Job(" + id + ")";
  }
}
