package io.github.rq4j.client;

import io.github.rq4j.client.EnqueueScripts.Purpose;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores the jobs of one queue, each with all that enqueuing it means in one step. Immutable; safe
 * for many threads.
 *
 * @param runner runs jobs at once; null where workers do
 */
record Enqueuer(
    RqClient client, String queue, Duration defaultTimeout, @Nullable CallRunner runner) {

  /**
   * Stores a call.
   *
   * @param due when to enqueue what is scheduled, in Unix seconds
   */
  Job store(Call call, EnqueueOptions options, Purpose purpose, long due) {
    return store(newJobs().of(call, accepted(options)), purpose, due);
  }

  private Job store(NewJob job, Purpose purpose, long due) {
    CallRunner running = purpose == Purpose.ENQUEUE ? runner : null;
    Purpose actual = running == null ? purpose : Purpose.HAND_OUT;
    Instant now = client.clock().instant();
    if (actual == Purpose.ENQUEUE && job.isPlain()) {
      Reply unused =
          client.call(EnqueueScripts.plainJobs(List.of(job), queue, now, client.dialect()));
      return new Job(client, job.id());
    }
    String status =
        String.valueOf(
            client
                .call(EnqueueScripts.newJob(job, queue, actual, due, now, client.dialect()))
                .asText());
    if (status.equals(EnqueueScripts.DUPLICATE)) {
      throw new DuplicateJobException(job.id());
    }
    if (running != null && status.equals(JobStatus.QUEUED.text())) {
      new SynchronousRun(client, queue, running).run(job, now);
    }
    return new Job(client, job.id());
  }

  /** Enqueues a call and carries out more commands in the same transaction. */
  Job storeWith(Call call, EnqueueOptions options, List<Command> more) {
    if (options.unique()) {
      throw new IllegalArgumentException("a unique job cannot be enqueued in a transaction");
    }
    NewJob job = newJobs().of(call, accepted(options));
    Instant now = client.clock().instant();
    List<Command> commands = new ArrayList<>();
    commands.add(EnqueueScripts.loadNewJob());
    commands.add(EnqueueScripts.newJob(job, queue, Purpose.ENQUEUE, 0, now, client.dialect()));
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

  /** Enqueues many calls in few round trips. */
  EnqueueReport storeAll(List<EnqueueData> jobs, Consumer<EnqueueProgress> progress) {
    NewJobs newJobs = newJobs();
    List<NewJob> encoded =
        jobs.stream().map(job -> newJobs.of(job.call(), accepted(job.options()))).toList();
    EnqueueBatch batch = new EnqueueBatch(client, queue, encoded, progress);
    return runner == null
        ? batch.send()
        : batch.sendOneByOne(job -> store(job, Purpose.ENQUEUE, 0));
  }

  /** Enqueues a job that was stored before. */
  Job enqueueStored(String id, boolean atFront) {
    if (runner != null) {
      throw new UnsupportedOperationException("a synchronous queue runs new jobs only");
    }
    Names.queueToFill(queue);
    Instant now = client.clock().instant();
    Command command =
        EnqueueScripts.storedJob(id, queue, atFront, defaultTimeout, now, client.dialect());
    String status = String.valueOf(client.call(command).asText());
    return switch (status) {
      case EnqueueScripts.MISSING -> throw new NoSuchJobException(id);
      case EnqueueScripts.UNREADABLE ->
          throw new UnreadableJobException(
              id, "dependency_ids, ttl or rate_limit_concurrency", "of RQ's form");
      default -> new Job(client, id);
    };
  }

  private NewJobs newJobs() {
    return new NewJobs(client, queue, defaultTimeout);
  }

  private EnqueueOptions accepted(EnqueueOptions options) {
    if (runner != null && options.rateLimit() != null) {
      throw new IllegalArgumentException("a synchronous queue has no rate limits");
    }
    return options;
  }
}
