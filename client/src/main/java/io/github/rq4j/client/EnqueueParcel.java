package io.github.rq4j.client;

import io.github.rq4j.client.EnqueueScripts.Purpose;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs of a batch that are sent together: plain ones that are alike, which one script stores,
 * or others with a script each. What a job takes is bounded, and so is the time for which Redis
 * does nothing else. For one use by one thread.
 */
final class EnqueueParcel {
  static final int MOST_JOBS = 100;
  static final long MOST_BYTES = 1L << 18;

  private final boolean isPlain;
  private final NewJob first;
  private final List<NewJob> jobs = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private long bytes;

  /**
   * Begins with a job.
   *
   * @param place where the job stands in the batch
   */
  EnqueueParcel(NewJob first, int place) {
    this.first = first;
    this.isPlain = first.isPlain();
    put(first, place);
  }

  /** Adds a job, unless it does not go together with those before or is too much. */
  boolean add(NewJob job, int place) {
    boolean fits = jobs.size() < MOST_JOBS && bytes + job.size() <= MOST_BYTES;
    if (!fits || job.isPlain() != isPlain || (isPlain && !job.isLike(first))) {
      return false;
    }
    put(job, place);
    return true;
  }

  private void put(NewJob job, int place) {
    jobs.add(job);
    places.add(place);
    bytes += job.size();
  }

  /** Where its jobs stand in the batch. */
  List<Integer> places() {
    return places;
  }

  /** Makes the server know the script of {@link #commands}. */
  Command load() {
    return isPlain ? EnqueueScripts.loadPlainJobs() : EnqueueScripts.loadNewJob();
  }

  /** Whether {@link #load} makes known what another parcel needs, too. */
  boolean hasScriptOf(EnqueueParcel other) {
    return isPlain == other.isPlain;
  }

  List<Command> commands(String queue, Instant now, Dialect dialect) {
    if (isPlain) {
      return List.of(EnqueueScripts.plainJobs(jobs, queue, now, dialect));
    }
    return jobs.stream()
        .map(job -> EnqueueScripts.newJob(job, queue, Purpose.ENQUEUE, 0, now, dialect))
        .toList();
  }

  /**
   * What became of the jobs.
   *
   * @param replies those that came to the {@linkplain #commands commands}, maybe not all
   * @return for each job that was answered, why it is not stored; null if it is
   */
  List<@Nullable RqException> problems(List<Reply> replies) {
    if (!isPlain) {
      List<@Nullable RqException> problems = new ArrayList<>(jobs.size());
      for (int i = 0; i < replies.size(); i++) {
        problems.add(problem(jobs.get(i), replies.get(i)));
      }
      return problems;
    }
    return replies.isEmpty() ? List.of() : problemsOfAll(replies.get(0));
  }

  private List<@Nullable RqException> problemsOfAll(Reply reply) {
    RqException ofAll = refusal(reply);
    List<@Nullable RqException> problems = new ArrayList<>(jobs.size());
    for (int i = 0; i < jobs.size(); i++) {
      problems.add(ofAll);
    }
    if (ofAll == null) {
      List<Reply> refused = reply.asList();
      for (int i = 0; i + 1 < refused.size(); i += 2) {
        int place = Math.toIntExact(refused.get(i).asLong());
        problems.set(place - 1, refusal(refused.get(i + 1)));
      }
    }
    return problems;
  }

  private static @Nullable RqException problem(NewJob job, Reply reply) {
    RqException refused = refusal(reply);
    return refused == null && EnqueueScripts.DUPLICATE.equals(reply.asText())
        ? new DuplicateJobException(job.id())
        : refused;
  }

  private static @Nullable RqException refusal(Reply reply) {
    return reply.value() instanceof RedisCommandException refused ? refused : null;
  }
}
