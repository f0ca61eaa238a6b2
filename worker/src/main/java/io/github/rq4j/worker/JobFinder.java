package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds, without taking them, the jobs of one queue whose function is registered here, and hands
 * the others over where the worker was told to. For one thread at a time.
 */
final class JobFinder {
  /**
   * A job for this worker, as it was when it was looked at.
   *
   * @param digest the SHA-1 of its data, by which the claim knows that it is still that job
   */
  record Found(String queue, String id, String digest) {}

  private static final Logger log = LoggerFactory.getLogger(RqWorker.class);
  // Then the front of the queue is looked at again, for jobs that were put there meanwhile.
  private static final long FRESH_NANOS = 100_000_000L;
  private static final int FIRST_WINDOW = 100;
  private static final int GROWTH = 10;
  private static final int DEEPEST_WINDOW = 100_000;
  // A script holds the server for as long as it runs.
  private static final int MOVED_AT_ONCE = 500;

  private final String queue;
  private final SharedQueue shared;
  private final JobSorter sorter;
  private final WorkerConfig config;
  private final WorkerScripts scripts;
  private final Deque<Found> found = new ArrayDeque<>();
  private int window = FIRST_WINDOW;
  private boolean complete;
  private boolean wrongType;
  private long lookedNanos;

  /** Prepares the search; each look is told to {@code shared}. */
  JobFinder(WorkerConfig config, WorkerScripts scripts, String queue, SharedQueue shared) {
    this.config = config;
    this.scripts = scripts;
    this.queue = queue;
    this.shared = shared;
    this.sorter = new JobSorter(config, scripts);
  }

  /** At most so many jobs, in their order; they count as taken. */
  List<Found> next(RedisConnection redis, int wanted) {
    if (found.isEmpty() || System.nanoTime() - lookedNanos > FRESH_NANOS) {
      lookOrSkip(redis, wanted);
    }
    List<Found> next = new ArrayList<>();
    while (next.size() < wanted && !found.isEmpty()) {
      next.add(found.remove());
    }
    return next;
  }

  /** Whether the last look went through the whole queue and nothing that it found is left. */
  boolean isExhausted() {
    return complete && found.isEmpty();
  }

  /** The job was claimed, or has gone, or is another one by now. */
  void forget(String id) {
    sorter.forget(id);
  }

  /** A queue of another type than RQ's, here or where jobs are handed over to, is left alone. */
  private void lookOrSkip(RedisConnection redis, int wanted) {
    try {
      look(redis, wanted);
      wrongType = false;
    } catch (RedisCommandException e) {
      if (!e.hasCode("WRONGTYPE")) {
        throw e;
      }
      if (!wrongType) {
        log.error("The jobs of queue {} cannot be looked at or moved: {}", queue, e.getMessage());
      }
      wrongType = true;
      complete = true;
    }
  }

  /**
   * Goes through the ids from the front until there are enough of ours. They are read by one
   * command, and by a longer one where that was not enough: paging would miss or reorder what moves
   * meanwhile.
   */
  private void look(RedisConnection redis, int wanted) {
    lookedNanos = System.nanoTime();
    found.clear();
    // The mark is older than the ids: what comes in between shows as a change.
    List<Command> commands = new ArrayList<>(QueueMark.ask(queue));
    commands.add(ids(window));
    List<Reply> replies = redis.pipeline(commands);
    QueueMark mark = QueueMark.of(replies);
    List<String> ids = replies.get(replies.size() - 1).asTexts();
    List<JobSorter.Verdict> sorted = sorter.sort(redis, ids, wanted);
    while (ours(sorted) < wanted && ids.size() == window && window < DEEPEST_WINDOW) {
      window = Math.min(window * GROWTH, DEEPEST_WINDOW);
      ids = redis.call(ids(window)).asTexts();
      sorted = sorter.sort(redis, ids, wanted);
    }
    boolean wholeList = ids.size() < window || window == DEEPEST_WINDOW;
    complete = wholeList && sorted.size() == ids.size();
    if (complete) {
      sorter.retain(ids);
    }
    window = Math.max(FIRST_WINDOW, Math.min(2 * sorted.size(), DEEPEST_WINDOW));
    List<Found> others = keepOurs(ids, sorted);
    shared.looked(mark, !found.isEmpty());
    config.unknownTo().filter(target -> !others.isEmpty()).ifPresent(to -> move(redis, others, to));
  }

  private Command ids(int number) {
    return Command.of("LRANGE", Keys.queue(queue), "0").add(number - 1L);
  }

  private static long ours(List<JobSorter.Verdict> sorted) {
    return sorted.stream().filter(verdict -> verdict.kind() == JobSorter.Kind.OURS).count();
  }

  /** Remembers what is ours, and gives the rest. */
  private List<Found> keepOurs(List<String> ids, List<JobSorter.Verdict> sorted) {
    List<Found> others = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      Found job = new Found(queue, ids.get(i), sorted.get(i).digest());
      (sorted.get(i).kind() == JobSorter.Kind.OURS ? found : others).add(job);
    }
    return others;
  }

  private void move(RedisConnection redis, List<Found> jobs, String target) {
    jobs.forEach(job -> sorter.forget(job.id()));
    for (int from = 0; from < jobs.size(); from += MOVED_AT_ONCE) {
      List<Found> some = jobs.subList(from, Math.min(from + MOVED_AT_ONCE, jobs.size()));
      for (String id : redis.call(scripts.forward(queue, target, some)).asTexts()) {
        log.info(
            "Worker {}: job {} moved from {} to {}: no Java function is registered for it",
            config.name(),
            id,
            queue,
            target);
      }
    }
  }
}
