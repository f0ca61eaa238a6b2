package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a queue that are in one state, as RQ's {@code StartedJobRegistry} and its like.
 * Reading never changes anything: RQ cleans up whenever it counts, this does so when {@link
 * #cleanup} is called. Immutable; safe for use by many threads.
 */
public final class JobRegistry {
  /** Which state; RQ has a class for each. */
  public enum Kind {
    /** Runs. The time is when the run counts as abandoned unless it is heard of. */
    STARTED(Keys.started("")),
    /** Has returned. The time is when the result expires. */
    FINISHED(Keys.finished("")),
    /** Has raised, or was stopped. The time is when the job expires. */
    FAILED(Keys.failed("")),
    /** Waits for other jobs. The time is since when; none where Java or RQ 2.0 to 2.7 filed it. */
    DEFERRED(Keys.deferred("")),
    /** Waits for a time, which is that of the entry. */
    SCHEDULED(Keys.scheduled("")),
    /** Was canceled. The time is when. */
    CANCELED(Keys.canceled("")),
    /** About to be enqueued (RQ 3.0 on). The time is since when. */
    READY(Keys.ready(""));

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    String key(String queue) {
      return prefix + queue;
    }
  }

  private final RqClient client;
  private final String queue;
  private final Kind kind;

  JobRegistry(RqClient client, String queue, Kind kind) {
    this.client = client;
    this.queue = queue;
    this.kind = kind;
  }

  /** The state of the jobs in it. */
  public Kind kind() {
    return kind;
  }

  /** The queue that the registry belongs to. */
  public String queueName() {
    return queue;
  }

  private String key() {
    return kind.key(queue);
  }

  /** How many entries there are, expired ones included. */
  public long count() {
    return client.call(Command.of("ZCARD", key())).asLong();
  }

  /**
   * A page of entries, the earliest time first.
   *
   * @param offset how many to skip, not negative
   * @param limit how many at most, not negative
   */
  public List<RegistryEntry> entries(long offset, int limit) {
    return page("ZRANGE", offset, limit);
  }

  /**
   * A page of entries, the latest time first.
   *
   * @param offset how many to skip, not negative
   * @param limit how many at most, not negative
   */
  public List<RegistryEntry> latestEntries(long offset, int limit) {
    return page("ZREVRANGE", offset, limit);
  }

  private List<RegistryEntry> page(String command, long offset, int limit) {
    Paging.check(offset, limit);
    if (limit == 0) {
      return List.of();
    }
    return entries(
        client.call(
            Command.of(command, key()).add(offset).add(offset + limit - 1).add("WITHSCORES")));
  }

  private static List<RegistryEntry> entries(Reply reply) {
    List<String> texts = reply.asTexts();
    List<RegistryEntry> entries = new ArrayList<>(texts.size() / 2);
    for (int i = 0; i + 1 < texts.size(); i += 2) {
      entries.add(RegistryEntry.of(texts.get(i), texts.get(i + 1)));
    }
    return List.copyOf(entries);
  }

  /**
   * The ids of a page of jobs, the earliest time first; a job that runs twice is there twice.
   *
   * @param offset how many to skip, not negative
   * @param limit how many at most, not negative
   */
  public List<String> jobIds(long offset, int limit) {
    return entries(offset, limit).stream().map(RegistryEntry::jobId).toList();
  }

  /**
   * The entry of a job; empty if it has none. Of a job that runs more than once, the one that was
   * heard of last.
   */
  public Optional<RegistryEntry> entry(String jobId) {
    return client
        .server()
        .with(
            connection -> {
              List<String> members = new ArrayList<>();
              if (kind == Kind.STARTED) {
                Command runs = Command.of("ZREVRANGE", Keys.executions(jobId), "0", "-1");
                connection.call(runs).asTexts().forEach(run -> members.add(jobId + ":" + run));
              }
              members.add(jobId);
              List<Command> scores =
                  members.stream().map(member -> Command.of("ZSCORE", key(), member)).toList();
              List<Reply> replies = connection.pipeline(scores);
              for (int i = 0; i < members.size(); i++) {
                String score = replies.get(i).asText();
                if (score != null) {
                  return Optional.of(RegistryEntry.of(members.get(i), score));
                }
              }
              return Optional.<RegistryEntry>empty();
            });
  }

  /** Tells whether the job has an entry. */
  public boolean contains(String jobId) {
    return entry(jobId).isPresent();
  }

  /** The entry's time, such as when a scheduled job is due; empty without entry or for never. */
  public Optional<Instant> time(String jobId) {
    return entry(jobId).map(RegistryEntry::time);
  }

  /**
   * Takes a job out; the job itself stays as it is.
   *
   * @return whether it was there
   * @throws InvalidJobOperationException in the started registry, whose entries belong to workers
   */
  public boolean remove(String jobId) {
    if (kind == Kind.STARTED) {
      throw new InvalidJobOperationException(
          jobId, "an entry of the started registry belongs to the worker that runs the job");
    }
    return client.call(Command.of("ZREM", key(), jobId)).asLong() > 0;
  }

  /**
   * Puts a job back at the end of its queue, usually a failed one. Its retries are not counted
   * anew.
   *
   * @throws NoSuchJobException if there is no such job; the entry stays
   * @throws InvalidJobOperationException if the job is not in this registry
   */
  public Job requeue(String jobId) {
    return requeue(jobId, false);
  }

  /**
   * Puts a job back at the front of its queue.
   *
   * @throws NoSuchJobException if there is no such job; the entry stays
   * @throws InvalidJobOperationException if the job is not in this registry
   */
  public Job requeueAtFront(String jobId) {
    return requeue(jobId, true);
  }

  private Job requeue(String jobId, boolean atFront) {
    requeue(client, jobId, kind, queue, atFront);
    return client.job(jobId);
  }

  static void requeue(
      RqClient client, String jobId, Kind registry, String registryQueue, boolean atFront) {
    String outcome =
        client.call(new Steering(client).requeue(jobId, registry, registryQueue, atFront)).asText();
    if ("missing".equals(outcome)) {
      throw new NoSuchJobException(jobId);
    }
    if ("absent".equals(outcome)) {
      throw new InvalidJobOperationException(
          jobId, "is not in the registry it was to be requeued from: " + registry);
    }
  }

  /**
   * Puts all jobs back into their queues that are in this registry now, in many steps. Entries
   * whose job is gone stay.
   *
   * @return how many were requeued
   */
  public long requeueAll() {
    return upkeep().requeueAll(count());
  }

  /**
   * Does what RQ does when it maintains or counts the registry: forgets finished and failed jobs
   * whose time is over, fails or retries abandoned jobs, enqueues ready ones. Nothing for the other
   * kinds. Python callbacks of abandoned jobs are not called.
   *
   * @return how many jobs or entries it concerned
   */
  public long cleanup() {
    return upkeep().cleanup();
  }

  private RegistryUpkeep upkeep() {
    return new RegistryUpkeep(client, queue, kind);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JobRegistry that
        && client == that.client
        && kind == that.kind
        && queue.equals(that.queue);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, queue);
  }

  @Override
  public String toString() {
    return kind + " of " + queue;
  }
}
