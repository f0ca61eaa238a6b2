package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The workers that are known in a Redis database, whatever they are written in, and what can be
 * asked of them. Immutable; safe for use by many threads. Obtained from {@link RqClient#workers}.
 */
public final class Workers {
  private static final int CHUNK = 200;
  private static final String PREFIX = Keys.worker("");

  private final RqClient client;

  Workers(RqClient client) {
    this.client = client;
  }

  /** All workers. One that died without a word is left out as soon as its hash has expired. */
  public List<WorkerSnapshot> all() {
    return snapshots(names(Keys.WORKERS));
  }

  /** The workers that work on a queue. */
  public List<WorkerSnapshot> onQueue(String queue) {
    return snapshots(names(Keys.workersOf(queue)));
  }

  /** The worker of that name. */
  public Optional<WorkerSnapshot> find(String name) {
    return snapshots(List.of(name)).stream().findFirst();
  }

  /** How many are registered; counts those that died without a word until they are cleaned up. */
  public long count() {
    return client.call(Command.of("SCARD", Keys.WORKERS)).asLong();
  }

  /** How many are registered on a queue; see {@link #count}. */
  public long countOnQueue(String queue) {
    return client.call(Command.of("SCARD", Keys.workersOf(queue))).asLong();
  }

  private List<String> names(String set) {
    return client.call(Command.of("SMEMBERS", set)).asTexts().stream()
        .filter(key -> key.startsWith(PREFIX))
        .map(key -> key.substring(PREFIX.length()))
        .sorted()
        .toList();
  }

  private List<WorkerSnapshot> snapshots(List<String> names) {
    return client
        .server()
        .with(
            connection -> {
              List<WorkerSnapshot> workers = new ArrayList<>();
              for (List<String> chunk : Paging.chunks(names, CHUNK)) {
                read(connection, chunk, workers);
              }
              return List.copyOf(workers);
            });
  }

  private void read(RedisConnection redis, List<String> names, List<WorkerSnapshot> workers) {
    Instant now = client.clock().instant();
    List<Command> questions = new ArrayList<>();
    for (String name : names) {
      questions.add(Command.of("HGETALL", Keys.worker(name)));
      questions.add(Command.of("SMEMBERS", Keys.workerExecutions(name)));
    }
    List<Reply> replies = redis.pipeline(questions);
    List<List<RegistryEntry>> runs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      runs.add(
          replies.get(2 * i + 1).asTexts().stream()
              .map(member -> RegistryEntry.of(member, ""))
              .toList());
    }
    Iterator<List<Execution>> executions = executions(redis, runs).iterator();
    for (int i = 0; i < names.size(); i++) {
      StoredHash hash = new StoredHash(replies.get(2 * i).asHash());
      List<Execution> own = executions.next();
      if (!hash.isEmpty()) {
        workers.add(WorkerSnapshot.of(names.get(i), hash, own, now));
      }
    }
  }

  /** Of several workers, in one round trip. */
  private static List<List<Execution>> executions(
      RedisConnection redis, List<List<RegistryEntry>> runs) {
    List<Command> questions = new ArrayList<>();
    for (RegistryEntry entry : runs.stream().flatMap(List::stream).toList()) {
      String executionId = String.valueOf(entry.executionId());
      questions.add(Command.of("HGETALL", Keys.execution(entry.jobId(), executionId)));
    }
    List<Reply> replies = questions.isEmpty() ? List.of() : redis.pipeline(questions);
    Iterator<Reply> reply = replies.iterator();
    return runs.stream()
        .map(entries -> entries.stream().flatMap(entry -> execution(entry, reply.next())).toList())
        .toList();
  }

  /** Empty where the run is over. */
  private static Stream<Execution> execution(RegistryEntry entry, Reply reply) {
    Map<String, byte[]> fields = reply.asHash();
    String executionId = entry.executionId();
    return fields.isEmpty() || executionId == null
        ? Stream.empty()
        : Stream.of(Execution.of(executionId, entry.jobId(), fields));
  }

  /**
   * Asks a worker to finish what it does and end. Commands are not kept: a worker that does not
   * listen at this moment never gets it.
   *
   * @return whether it was listening
   */
  public boolean shutdown(String worker) {
    return new WorkerCommands(client).shutdown(worker);
  }

  /**
   * Asks a worker to kill the process that runs its job, which then has failed.
   *
   * @return whether it was listening
   */
  public boolean killHorse(String worker) {
    return new WorkerCommands(client).killHorse(worker);
  }

  /** Lets no worker start another job until {@link #resume}. Running jobs go on. */
  public void suspend() {
    client.call(Command.of("SET", Keys.SUSPENDED, "1"));
  }

  /**
   * Lets no worker start another job for a time.
   *
   * @param time whole seconds, at least 1
   * @throws IllegalArgumentException if it is not
   */
  public void suspend(Duration time) {
    if (time.toSeconds() < 1 || time.toNanosPart() != 0) {
      throw new IllegalArgumentException(
          "workers are suspended for whole seconds, at least 1, not " + time);
    }
    client.call(Command.of("SET", Keys.SUSPENDED, "1", "EX").add(time.toSeconds()));
  }

  /**
   * Lets workers start jobs again.
   *
   * @return whether they were suspended
   */
  public boolean resume() {
    return client.call(Command.of("DEL", Keys.SUSPENDED)).asLong() > 0;
  }

  /** Tells whether workers are suspended. */
  public boolean isSuspended() {
    return client.call(Command.of("EXISTS", Keys.SUSPENDED)).asLong() > 0;
  }
}
