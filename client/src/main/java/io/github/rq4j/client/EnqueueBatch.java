package io.github.rq4j.client;

import io.github.rq4j.client.EnqueueReport.Entry;
import io.github.rq4j.client.EnqueueReport.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that are enqueued together, and what becomes of each. A job that waits for others of the
 * batch is sent when they were answered: only then is it known that they are stored, and a parent
 * that is missing would not be waited for. For one use by one thread.
 */
final class EnqueueBatch {
  private final RqClient client;
  private final String queue;
  private final List<NewJob> jobs;
  private final Map<String, Integer> places = new HashMap<>();
  private final @Nullable Entry[] entries;
  private final Consumer<EnqueueProgress> progress;
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
      NewJob job = jobs.get(i);
      // Random ids are neither given twice nor waited for.
      if (job.options().jobId() != null && places.put(job.id(), i) != null) {
        throw new IllegalArgumentException("two jobs of one enqueueMany have the id " + job.id());
      }
    }
  }

  /**
   * Stores the jobs, many in a round trip.
   *
   * @throws IllegalArgumentException if jobs wait for each other in a circle
   */
  EnqueueReport send() {
    List<List<Integer>> waves = waves();
    try (EnqueuePipeline pipeline = new EnqueuePipeline(client, queue, this::take)) {
      for (List<Integer> wave : waves) {
        parcels(withStoredParents(wave)).forEach(pipeline::send);
        pipeline.finish();
      }
    }
    return report();
  }

  /**
   * Stores the jobs one by one, for a queue that runs each at once.
   *
   * @throws IllegalArgumentException if jobs wait for each other in a circle
   */
  EnqueueReport sendOneByOne(Consumer<NewJob> store) {
    for (List<Integer> wave : waves()) {
      for (int place : withStoredParents(wave)) {
        sendOne(place, store);
        tellProgress();
      }
    }
    return report();
  }

  private List<List<Integer>> waves() {
    return new EnqueueWaves(jobs, places).inOrder();
  }

  private EnqueueReport report() {
    return new EnqueueReport(Arrays.stream(entries).map(Objects::requireNonNull).toList());
  }

  private List<EnqueueParcel> parcels(List<Integer> wave) {
    List<EnqueueParcel> parcels = new ArrayList<>();
    EnqueueParcel last = null;
    for (int place : wave) {
      NewJob job = jobs.get(place);
      if (last == null || !last.add(job, place)) {
        last = new EnqueueParcel(job, place);
        parcels.add(last);
      }
    }
    return parcels;
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

  private void take(
      EnqueueParcel parcel,
      boolean sent,
      List<@Nullable RqException> problems,
      @Nullable RqException failure) {
    List<Integer> answered = parcel.places();
    for (int i = 0; i < answered.size(); i++) {
      if (i >= problems.size()) {
        end(answered.get(i), sent ? State.UNKNOWN : State.NOT_STORED, failure);
      } else if (problems.get(i) == null) {
        end(answered.get(i), State.STORED, null);
      } else {
        end(answered.get(i), State.NOT_STORED, problems.get(i));
      }
    }
    tellProgress();
  }

  private void tellProgress() {
    progress.accept(new EnqueueProgress(stored, notStored, entries.length));
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
