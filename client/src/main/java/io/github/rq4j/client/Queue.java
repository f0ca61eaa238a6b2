package io.github.rq4j.client;

import io.github.rq4j.client.EnqueueScripts.Purpose;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.UnsupportedValueException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue of RQ. Immutable; safe for use by many threads. Obtained from {@link RqClient#queue}.
 *
 * <p>Each job is stored in one atomic step and one round trip, also where it waits for other jobs
 * or for a rate limit. Where {@link RedisUnavailableException} is thrown, it has been carried out
 * as a whole or not at all, and {@link RedisUnavailableException#mayHaveArrived} tells whether that
 * is open. To try again safely, give the job an id and make it {@link EnqueueOptions.Builder#unique
 * unique}: {@link DuplicateJobException} then says that the first attempt had arrived.
 */
public final class Queue {
  private static final int CHUNK = 1_000;
  // The last second of Python's year 9999.
  private static final long LAST_MOMENT = 253_402_300_799L;

  private final RqClient client;
  private final String name;
  private final Duration defaultTimeout;
  private final @Nullable CallRunner runner;
  private final Enqueuer enqueuer;

  Queue(RqClient client, String name) {
    this(client, name, EnqueueOptions.DEFAULT_TIMEOUT, null);
  }

  private Queue(
      RqClient client, String name, Duration defaultTimeout, @Nullable CallRunner runner) {
    this.client = client;
    this.name = Names.filled("a queue's name", name);
    this.defaultTimeout = defaultTimeout;
    this.runner = runner;
    this.enqueuer = new Enqueuer(client, name, defaultTimeout, runner);
  }

  /** The queue's name, without RQ's prefix. */
  public String name() {
    return name;
  }

  /**
   * The same queue, with another time limit for jobs that set none; RQ's {@code default_timeout}.
   *
   * @param limit whole seconds from 1 on, or {@link EnqueueOptions#INFINITE}
   * @throws IllegalArgumentException if it is out of this range
   */
  public Queue withDefaultTimeout(Duration limit) {
    Duration checked = Seconds.checkedOrInfinite("the default timeout", limit, 1);
    return new Queue(client, name, checked, runner);
  }

  /** The same queue, whose jobs, and the results of them, are written with another serializer. */
  public Queue withSerializer(Serializer serializer) {
    return new Queue(client.withSerializer(serializer), name, defaultTimeout, runner);
  }

  /**
   * The same queue, whose jobs run at once in the thread that enqueues them; RQ's {@code
   * is_async=False}. For tests and scripts: {@code enqueue} and {@code enqueueMany} come back when
   * the function has, with its result or failure stored. The worker module has a runner of
   * registered functions.
   *
   * <p>As in RQ there is no time limit and no retry, jobs that wait for others are only stored, and
   * jobs that wait for one that ended so go on waiting; rate limits are refused. Callbacks are
   * called when the end is stored, without time limit; what they throw comes out of {@code enqueue}
   * as {@link CallbackFailedException}. Unlike in RQ, webhooks are not sent.
   */
  public Queue synchronous(CallRunner callRunner) {
    return new Queue(client, name, defaultTimeout, callRunner);
  }

  /** The queue of another name with the same settings. */
  Queue withName(String other) {
    return new Queue(client, other, defaultTimeout, runner);
  }

  /**
   * An object whose methods enqueue: each abstract method of the interface is annotated with {@link
   * RqFunction}, and returns a {@link JobHandle}, a {@code CompletableFuture} of the result, a
   * {@link Job}, or nothing. Parameters are passed by position, or by name where annotated with
   * {@link Kwarg}; a variable number of arguments becomes as many. A future waits for at most one
   * hour.
   *
   * @throws IllegalArgumentException if the type is no interface, or a method cannot enqueue; the
   *     text names the method and says why
   */
  public <P> P proxy(Class<P> type) {
    return QueueProxy.create(type, client, this);
  }

  /**
   * Enqueues a call with RQ's defaults.
   *
   * @throws UnsupportedValueException if an argument has no Python form
   * @throws RedisUnavailableException if Redis cannot be reached
   */
  public Job enqueue(Call call) {
    return enqueue(call, EnqueueOptions.defaults());
  }

  /**
   * Enqueues a call, as RQ's {@code Queue.enqueue} does.
   *
   * @throws UnsupportedValueException if an argument or the meta has no Python form
   * @throws DuplicateJobException if the job was to be unique and there is one of its id
   * @throws RedisUnavailableException if Redis cannot be reached
   */
  public Job enqueue(Call call, EnqueueOptions options) {
    return enqueuer.store(call, options, Purpose.ENQUEUE, 0);
  }

  /**
   * Enqueues a call and carries out more commands in the same transaction. For rq4j's own modules,
   * which keep books on what they enqueue.
   *
   * @throws IllegalArgumentException if the job is to be unique, which the commands could not heed
   * @throws UnsupportedValueException if an argument or the meta has no Python form
   * @throws RedisUnavailableException if Redis cannot be reached; then all was done or nothing
   */
  public Job enqueue(Call call, EnqueueOptions options, List<Command> more) {
    return enqueuer.storeWith(call, options, more);
  }

  /**
   * Has a call enqueued at a time, with RQ's defaults.
   *
   * @throws IllegalArgumentException if the time is before 1970 or after 9999
   * @throws UnsupportedValueException if an argument has no Python form
   * @throws RedisUnavailableException if Redis cannot be reached
   */
  public Job enqueueAt(Instant time, Call call) {
    return enqueueAt(time, call, EnqueueOptions.defaults());
  }

  /**
   * Has a call enqueued at a time, as RQ's {@code enqueue_at} does: by the scheduler that runs with
   * one of the queue's workers.
   *
   * @param time the time; what is below a second is cut off
   * @throws IllegalArgumentException if the time is before 1970 or after 9999, or the job is to
   *     wait for others, which RQ's scheduler does not heed
   * @throws UnsupportedValueException if an argument or the meta has no Python form
   * @throws DuplicateJobException if the job was to be unique and there is one of its id
   * @throws RedisUnavailableException if Redis cannot be reached
   */
  public Job enqueueAt(Instant time, Call call, EnqueueOptions options) {
    long due = time.getEpochSecond();
    if (due < 0 || due > LAST_MOMENT) {
      throw new IllegalArgumentException("RQ can schedule from 1970 to 9999, not " + time);
    }
    if (!options.dependencyIds().isEmpty()) {
      throw new IllegalArgumentException(
          "a job enqueued at a time cannot wait for other jobs: RQ would enqueue it regardless");
    }
    return enqueuer.store(call, options, Purpose.SCHEDULE, due);
  }

  /** The same as {@link #enqueueAt(Instant, Call, EnqueueOptions)} with a time in some zone. */
  public Job enqueueAt(ZonedDateTime time, Call call, EnqueueOptions options) {
    return enqueueAt(time.toInstant(), call, options);
  }

  /**
   * Has a call enqueued after a while, with RQ's defaults.
   *
   * @throws IllegalArgumentException if that is before 1970 or after 9999
   * @throws UnsupportedValueException if an argument has no Python form
   * @throws RedisUnavailableException if Redis cannot be reached
   */
  public Job enqueueIn(Duration delay, Call call) {
    return enqueueIn(delay, call, EnqueueOptions.defaults());
  }

  /** The same as {@link #enqueueAt(Instant, Call, EnqueueOptions)} so much later than now. */
  public Job enqueueIn(Duration delay, Call call, EnqueueOptions options) {
    return enqueueAt(later(delay), call, options);
  }

  private Instant later(Duration delay) {
    try {
      return client.clock().instant().plus(delay);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("RQ can schedule from 1970 to 9999, not in " + delay, e);
    }
  }

  /**
   * Stores a job in the status {@code created} without enqueuing it, as RQ's {@code create_job} and
   * {@code Job.save} do. A {@code ttl} begins when it is enqueued.
   *
   * @throws UnsupportedValueException if an argument or the meta has no Python form
   * @throws DuplicateJobException if the job was to be unique and there is one of its id
   * @throws RedisUnavailableException if Redis cannot be reached
   */
  public Job create(Call call, EnqueueOptions options) {
    return enqueuer.store(call, options, Purpose.SAVE, 0);
  }

  /**
   * Enqueues a job that is stored, such as one from {@link #create}, to this queue, whichever it
   * belonged to; its dependencies and its rate limit count. RQ's {@code enqueue_job}.
   *
   * @throws NoSuchJobException if there is no such job
   * @throws UnreadableJobException if its dependencies, ttl or rate limit have not RQ's form
   * @throws RedisUnavailableException if Redis cannot be reached
   */
  public Job enqueueJob(Job job) {
    return enqueueJob(job, false);
  }

  /**
   * The same, and to the front of the queue.
   *
   * @param atFront whether the job goes before all that wait
   * @throws NoSuchJobException if there is no such job
   * @throws UnreadableJobException if its dependencies, ttl or rate limit have not RQ's form
   * @throws UnsupportedOperationException if the queue is synchronous
   * @throws RedisUnavailableException if Redis cannot be reached
   */
  public Job enqueueJob(Job job, boolean atFront) {
    return enqueuer.enqueueStored(job.id(), atFront);
  }

  /**
   * Enqueues many calls in few round trips; see {@link #enqueueMany(List, Consumer)}.
   *
   * @throws IllegalArgumentException if two have the same id, or some wait for each other in a
   *     circle; nothing was sent then
   * @throws UnsupportedValueException if a value has no Python form; nothing was sent then
   */
  public EnqueueReport enqueueMany(List<EnqueueData> jobs) {
    return enqueueMany(jobs, progress -> {});
  }

  /**
   * Enqueues many calls in few round trips, as RQ's {@code enqueue_many} does. All are encoded and
   * checked before the first is sent. Each is stored as a whole or not at all, but not all
   * together: the report says of each what became of it, also where the connection was lost on the
   * way. Up to a hundred go to Redis in one step, and the next steps are sent while Redis is at
   * work; one connection is kept until the end.
   *
   * <p>Jobs may wait for others of the same call, in whatever order they are given; a job whose
   * parent could not be stored is not stored either.
   *
   * @param jobs what to enqueue, with options for each
   * @param progress is told in this thread when a step was answered; what it throws ends the call,
   *     once all that was sent is stored
   * @throws IllegalArgumentException if two have the same id, or some wait for each other in a
   *     circle; nothing was sent then
   * @throws UnsupportedValueException if a value has no Python form; nothing was sent then
   */
  public EnqueueReport enqueueMany(List<EnqueueData> jobs, Consumer<EnqueueProgress> progress) {
    return enqueuer.storeAll(jobs, progress);
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
