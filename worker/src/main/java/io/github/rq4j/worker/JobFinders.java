package io.github.rq4j.worker;

import io.github.rq4j.client.redis.RedisConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the jobs that may be claimed in the queues that are shared. For one thread at a time. */
final class JobFinders {
  // By queue; empty where whatever comes first is taken.
  private final Map<String, JobFinder> finders = new LinkedHashMap<>();
  private boolean allAsked;

  /**
   * Prepares a finder for each shared queue.
   *
   * @param shared the queues where only jobs for registered functions are taken
   */
  JobFinders(WorkerConfig config, WorkerScripts scripts, Map<String, SharedQueue> shared) {
    shared.forEach(
        (queue, state) -> finders.put(queue, new JobFinder(config, scripts, queue, state)));
  }

  boolean isEmpty() {
    return finders.isEmpty();
  }

  /** The jobs that may be claimed; null where all may be. */
  @Nullable List<JobFinder.Found> find(RedisConnection redis, List<String> queues, int wanted) {
    if (finders.isEmpty()) {
      return null;
    }
    List<JobFinder.Found> found = new ArrayList<>();
    for (String queue : queues) {
      if (found.size() < wanted) {
        found.addAll(finder(queue).next(redis, wanted - found.size()));
        allAsked = true;
      } else {
        allAsked = false;
      }
    }
    return found;
  }

  /** There is more where not every queue was asked, or not all of one was looked at. */
  JobExchange.State settle(JobExchange.State state, @Nullable List<JobFinder.Found> named) {
    if (named == null) {
      return state;
    }
    named.forEach(job -> finder(job.queue()).forget(job.id()));
    boolean exhausted = allAsked && finders.values().stream().allMatch(JobFinder::isExhausted);
    return state == JobExchange.State.DRAINED && !exhausted ? JobExchange.State.MORE : state;
  }

  private JobFinder finder(String queue) {
    return Objects.requireNonNull(finders.get(queue), queue);
  }
}
