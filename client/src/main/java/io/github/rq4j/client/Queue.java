package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.codec.UnsupportedValueException;
import java.util.ArrayList;
import java.util.List;

/** A queue of RQ. Immutable; safe for use by many threads. Obtained from {@link RqClient#queue}. */
public final class Queue {
  private final RqClient client;
  private final String name;

  Queue(RqClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /** The queue's name, without RQ's prefix. */
  public String name() {
    return name;
  }

  /**
   * Enqueues a call with RQ's defaults.
   *
   * @throws UnsupportedValueException if an argument has no Python form
   * @throws RedisUnavailableException if Redis cannot be reached; the job is then either enqueued
   *     as a whole or not at all
   */
  public Job enqueue(Call call) {
    return enqueue(call, EnqueueOptions.defaults());
  }

  /**
   * Enqueues a call, as RQ's {@code Queue.enqueue} does: hash, queue name and id in one transaction
   * and one round trip.
   *
   * @throws UnsupportedValueException if an argument or the meta has no Python form
   * @throws RedisUnavailableException if Redis cannot be reached; the job is then either enqueued
   *     as a whole or not at all
   */
  public Job enqueue(Call call, EnqueueOptions options) {
    return enqueue(call, options, List.of());
  }

  /**
   * Enqueues a call and carries out more commands in the same transaction. For rq4j's own modules,
   * which keep books on what they enqueue.
   *
   * @throws UnsupportedValueException if an argument or the meta has no Python form
   * @throws RedisUnavailableException if Redis cannot be reached; then all was done or nothing
   */
  public Job enqueue(Call call, EnqueueOptions options, List<Command> more) {
    NewJob job = NewJob.create(client, name, call, options);
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of("SADD", Keys.QUEUES, Keys.queue(name)));
    commands.add(job.store());
    if (options.ttl() != null) {
      commands.add(Command.of("EXPIRE", Keys.job(job.id())).add(options.ttl().toSeconds()));
    }
    commands.add(Command.of(options.atFront() ? "LPUSH" : "RPUSH", Keys.queue(name), job.id()));
    commands.addAll(more);
    client
        .server()
        .with(
            connection -> {
              connection.transaction(commands);
              return job;
            });
    return new Job(client, job.id());
  }

  /** How many jobs wait. */
  public long size() {
    return client.call(Command.of("LLEN", Keys.queue(name))).asLong();
  }

  /** The ids of the jobs that wait, next one first. */
  public List<String> jobIds() {
    return client.call(Command.of("LRANGE", Keys.queue(name), "0", "-1")).asTexts();
  }

  @Override
  public String toString() {
    return "Queue(" + name + ")";
  }
}
