package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.codec.UnsupportedValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A queue of RQ. Immutable; safe for use by many threads. Obtained from {@link RqClient#queue}. */
public final class Queue {
  private static final int CHUNK = 1_000;

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

  /**
   * The ids of a page of the jobs that wait, next one first.
   *
   * @param offset how many to skip, not negative
   * @param limit how many at most, not negative
   */
  public List<String> jobIds(long offset, int limit) {
    Paging.check(offset, limit);
    if (limit == 0) {
      return List.of();
    }
    return client
        .call(Command.of("LRANGE", Keys.queue(name)).add(offset).add(offset + limit - 1))
        .asTexts();
  }

  /**
   * A page of the jobs that wait, next one first, without the ids whose job is gone or belongs to
   * another queue. RQ takes these ids out as it reads; {@link #compact} does so here.
   *
   * @param offset how many to skip, not negative
   * @param limit how many at most, not negative
   */
  public List<JobSnapshot> jobs(long offset, int limit) {
    return client.jobs(jobIds(offset, limit)).values().stream()
        .filter(job -> job.origin().equals(name))
        .toList();
  }

  /**
   * How many jobs are before this one; empty if it does not wait here. Redis before 6.0.6 has to
   * send the queue's ids for that.
   */
  public OptionalLong position(String jobId) {
    try {
      Reply position = client.call(Command.of("LPOS", Keys.queue(name), jobId));
      return position.isNil() ? OptionalLong.empty() : OptionalLong.of(position.asLong());
    } catch (RedisCommandException e) {
      if (!e.hasCode("ERR unknown command")) {
        throw e;
      }
      return positionInPages(jobId);
    }
  }

  private OptionalLong positionInPages(String jobId) {
    for (long offset = 0; ; offset += CHUNK) {
      List<String> page = jobIds(offset, CHUNK);
      int index = page.indexOf(jobId);
      if (index >= 0) {
        return OptionalLong.of(offset + index);
      }
      if (page.size() < CHUNK) {
        return OptionalLong.empty();
      }
    }
  }

  /** Tells whether the job waits here; costs what {@link #position} costs. */
  public boolean contains(String jobId) {
    return position(jobId).isPresent();
  }

  /**
   * Takes a job's id off the queue. The job stays and is {@code queued} for ever; {@link
   * Job#cancel} is what a user usually wants.
   *
   * @return whether it was there
   */
  public boolean remove(String jobId) {
    return client.call(Command.of("LREM", Keys.queue(name), "1", jobId)).asLong() > 0;
  }

  /**
   * Deletes all jobs that wait, a thousand in a step.
   *
   * @return how many
   */
  public long empty() {
    long total = 0;
    while (true) {
      long deleted = client.call(new Steering(client).empty(name, CHUNK)).asLong();
      total += deleted;
      if (deleted < CHUNK) {
        return total;
      }
    }
  }

  /** Deletes all jobs that wait, and the queue. Its registries stay, as in RQ. */
  public void delete() {
    empty();
    deleteKeepingJobs();
  }

  /** Deletes the queue but not the jobs that wait in it, as RQ's {@code delete(False)}. */
  public void deleteKeepingJobs() {
    String key = Keys.queue(name);
    client
        .server()
        .with(
            connection -> {
              connection.transaction(
                  List.of(Command.of("SREM", Keys.QUEUES, key), Command.of("DEL", key)));
              return true;
            });
  }

  /**
   * Takes the ids off the queue whose job is gone; the others keep their order.
   *
   * @return how many were taken off
   */
  public long compact() {
    long offset = 0;
    long total = 0;
    while (true) {
      List<Reply> reply = client.call(Steering.compact(name, offset, offset + CHUNK - 1)).asList();
      long seen = reply.get(0).asLong();
      long gone = reply.get(1).asLong();
      total += gone;
      offset += seen - gone;
      if (seen < CHUNK) {
        return total;
      }
    }
  }

  /** The queue's jobs in a state other than queued. */
  public JobRegistry registry(JobRegistry.Kind kind) {
    return new JobRegistry(client, name, kind);
  }

  /** The name of the scheduler that looks after this queue; up to RQ 2.9 its process id. */
  public Optional<String> schedulerName() {
    return Optional.ofNullable(client.call(Command.of("GET", Keys.schedulerLock(name))).asText());
  }

  @Override
  public String toString() {
    return "Queue(" + name + ")";
  }
}
