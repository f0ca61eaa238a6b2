package io.github.rq4j.client;

import io.github.rq4j.client.EnqueueReport.Entry;
import io.github.rq4j.client.EnqueueReport.State;
import io.github.rq4j.client.EnqueueScripts.Purpose;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends jobs in pipelines of bounded size. A job that waits for others of the batch goes into a
 * later pipeline than they: only then is it known that they are stored, and a parent that is
 * missing would not be waited for. For one use by one thread.
 */
final class EnqueueBatch {
  private static final int MOST_JOBS = 500;
  private static final long MOST_BYTES = 1L << 20;

  private final RqClient client;
  private final String queue;
  private final List<NewJob> jobs;
  private final Map<String, Integer> places = new HashMap<>();
  private final @Nullable Entry[] entries;
  private final Consumer<EnqueueProgress> progress;
  private @Nullable RedisUnavailableException lost;
  private int stored;
  private int notStored;

  /**
   * Prepares a batch.
   *
   * @throws IllegalArgumentException if two jobs have the same id
   */
  EnqueueBatch(
      RqClient client, String queue, List<NewJob> jobs, Consumer<EnqueueProgress> progress) {
    this.client = client;
    this.queue = queue;
    this.jobs = jobs;
    this.entries = new @Nullable Entry[jobs.size()];
    this.progress = progress;
    for (int i = 0; i < jobs.size(); i++) {
      if (places.put(jobs.get(i).id(), i) != null) {
        throw new IllegalArgumentException(
            "two jobs of one enqueueMany have the id " + jobs.get(i).id());
      }
    }
  }

  /**
   * Stores the jobs in pipelines.
   *
   * @throws IllegalArgumentException if jobs wait for each other in a circle
   */
  EnqueueReport send() {
    return inWaves(this::send);
  }

  /**
   * Stores the jobs one by one, for a queue that runs each at once.
   *
   * @throws IllegalArgumentException if jobs wait for each other in a circle
   */
  EnqueueReport sendOneByOne(Consumer<NewJob> store) {
    return inWaves(chunk -> chunk.forEach(place -> sendOne(place, store)));
  }

  private EnqueueReport inWaves(Consumer<List<Integer>> sender) {
    for (List<Integer> wave : new EnqueueWaves(jobs, places).inOrder()) {
      for (List<Integer> chunk : chunks(withStoredParents(wave))) {
        sender.accept(chunk);
        progress.accept(new EnqueueProgress(stored, notStored, entries.length));
      }
    }
    return new EnqueueReport(Arrays.stream(entries).map(Objects::requireNonNull).toList());
  }

  private List<Integer> withStoredParents(List<Integer> wave) {
    List<Integer> ready = new ArrayList<>();
    for (int place : wave) {
      RqException problem = parentProblem(jobs.get(place));
      if (problem == null) {
        ready.add(place);
      } else {
        end(place, State.NOT_STORED, problem);
      }
    }
    return ready;
  }

  private @Nullable RqException parentProblem(NewJob job) {
    for (String parent : job.options().dependencyIds()) {
      Integer place = places.get(parent);
      Entry entry = place == null ? null : entries[place];
      if (entry != null && entry.problem() != null) {
        return entry.problem();
      }
    }
    return null;
  }

  private List<List<Integer>> chunks(List<Integer> wave) {
    List<List<Integer>> chunks = new ArrayList<>();
    List<Integer> chunk = new ArrayList<>();
    long bytes = 0;
    for (int place : wave) {
      long size = jobs.get(place).fields().values().stream().mapToLong(value -> value.length).sum();
      if (!chunk.isEmpty() && (chunk.size() == MOST_JOBS || bytes + size > MOST_BYTES)) {
        chunks.add(chunk);
        chunk = new ArrayList<>();
        bytes = 0;
      }
      chunk.add(place);
      bytes += size;
    }
    if (!chunk.isEmpty()) {
      chunks.add(chunk);
    }
    return chunks;
  }

  private void send(List<Integer> chunk) {
    RqException problem = lost;
    if (problem == null) {
      try (RedisConnection connection = client.server().borrow()) {
        exchange(connection, chunk);
        return;
      } catch (RedisUnavailableException e) {
        lost = e;
        problem = e;
      } catch (RedisCommandException e) {
        problem = e;
      }
    }
    for (int place : chunk) {
      end(place, State.NOT_STORED, problem);
    }
  }

  private void exchange(RedisConnection connection, List<Integer> chunk) {
    Instant now = client.clock().instant();
    List<Command> commands = new ArrayList<>(chunk.size() + 1);
    // In front of the calls, so that none of them has to be sent again after later ones.
    commands.add(EnqueueScripts.loadNewJob());
    for (int place : chunk) {
      commands.add(
          EnqueueScripts.newJob(jobs.get(place), queue, Purpose.ENQUEUE, 0, now, client.dialect()));
    }
    List<Reply> replies = new ArrayList<>(commands.size());
    RedisUnavailableException broken = null;
    try {
      connection.pipeline(commands, replies::add);
    } catch (RedisUnavailableException e) {
      lost = e;
      broken = e;
    }
    for (int i = 0; i < chunk.size(); i++) {
      if (i + 1 < replies.size()) {
        end(chunk.get(i), replies.get(i + 1));
      } else {
        end(chunk.get(i), State.UNKNOWN, broken);
      }
    }
  }

  private void end(int place, Reply reply) {
    if (reply.value() instanceof RedisCommandException refused) {
      end(place, State.NOT_STORED, refused);
    } else if (EnqueueScripts.DUPLICATE.equals(reply.asText())) {
      end(place, State.NOT_STORED, new DuplicateJobException(jobs.get(place).id()));
    } else {
      end(place, State.STORED, null);
    }
  }

  private void sendOne(int place, Consumer<NewJob> store) {
    try {
      store.accept(jobs.get(place));
      end(place, State.STORED, null);
    } catch (RedisUnavailableException e) {
      end(place, State.UNKNOWN, e);
    } catch (RqException e) {
      end(place, State.NOT_STORED, e);
    }
  }

  private void end(int place, State state, @Nullable RqException problem) {
    if (state == State.STORED) {
      stored++;
    } else {
      notStored++;
    }
    entries[place] = new Entry(new Job(client, jobs.get(place).id()), state, problem);
  }
}
