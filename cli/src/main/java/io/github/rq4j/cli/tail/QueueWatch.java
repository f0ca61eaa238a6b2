package io.github.rq4j.cli.tail;

import io.github.rq4j.client.JobRegistry.Kind;
import io.github.rq4j.client.JobSnapshot;
import io.github.rq4j.client.PythonJobFailure;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RegistryEntry;
import io.github.rq4j.client.Result;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.RqException;
import io.github.rq4j.codec.CodecException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what happened in a queue by comparing it, each time it is looked at, with how it was.
 * It looks at so many jobs of the queue and of each registry at most, so that a look costs the same
 * whatever piles up. For one thread.
 */
final class QueueWatch {
  /** Registries whose new entries are events, with the event's name. */
  private static final Map<Kind, String> EVENTS =
      new EnumMap<>(
          Map.of(
              Kind.STARTED, "started",
              Kind.FINISHED, "finished",
              Kind.FAILED, "failed",
              Kind.DEFERRED, "deferred",
              Kind.SCHEDULED, "scheduled",
              Kind.CANCELED, "canceled"));

  private static final String ENQUEUED = "enqueued";

  private final RqClient client;
  private final Queue queue;
  private final int most;
  private Map<String, Set<String>> before = Map.of();
  private Instant lookedAt;

  private QueueWatch(RqClient client, Queue queue, int most, Instant now) {
    this.client = client;
    this.queue = queue;
    this.most = most;
    this.lookedAt = now;
  }

  /**
   * Tells of what happens to a queue from now on.
   *
   * @param most how many jobs to look at of the queue and each registry
   */
  static QueueWatch from(RqClient client, Queue queue, int most, Instant now) {
    QueueWatch watch = new QueueWatch(client, queue, most, now);
    watch.before = watch.look();
    return watch;
  }

  /** Tells of all that happened to a queue that was not there at that time. */
  static QueueWatch since(RqClient client, Queue queue, int most, Instant time) {
    return new QueueWatch(client, queue, most, time);
  }

  private Map<String, Set<String>> look() {
    Map<String, Set<String>> ids = new HashMap<>();
    long size = queue.size();
    Set<String> waiting = new HashSet<>(queue.jobIds(0, most));
    // The last ones are those that came last.
    waiting.addAll(queue.jobIds(Math.max(0, size - most), most));
    ids.put(ENQUEUED, waiting);
    EVENTS.forEach((kind, name) -> ids.put(name, latest(kind)));
    return ids;
  }

  private Set<String> latest(Kind kind) {
    Set<String> ids = new LinkedHashSet<>();
    for (RegistryEntry entry : queue.registry(kind).latestEntries(0, most)) {
      ids.add(entry.jobId());
    }
    return ids;
  }

  /** What happened since the last look, in the order of time. */
  List<Event> events(Instant now) {
    Map<String, Set<String>> current = look();
    Map<String, Set<String>> fresh = new HashMap<>();
    Set<String> all = new LinkedHashSet<>();
    current.forEach(
        (name, ids) -> {
          Set<String> added = new LinkedHashSet<>(ids);
          added.removeAll(before.getOrDefault(name, Set.of()));
          fresh.put(name, added);
          all.addAll(added);
        });
    List<Event> events = new ArrayList<>();
    for (JobSnapshot job : client.jobs(all).values()) {
      for (Map.Entry<String, Set<String>> entry : fresh.entrySet()) {
        if (entry.getValue().contains(job.id())) {
          events.add(event(job, entry.getKey(), now));
        }
      }
      missed(job, fresh, events, now);
    }
    events.sort(Comparator.comparing(Event::time));
    before = current;
    lookedAt = now;
    return events;
  }

  /** What a job passed through between two looks, as its times tell. */
  private void missed(
      JobSnapshot job, Map<String, Set<String>> fresh, List<Event> events, Instant now) {
    boolean hasEnded = isIn(fresh, "finished", job) || isIn(fresh, "failed", job);
    boolean hasStarted = hasEnded || isIn(fresh, "started", job);
    if (hasEnded && !isIn(before, "started", job) && !isIn(fresh, "started", job)) {
      events.add(event(job, "started", now));
    }
    Instant enqueued = time(job::enqueuedAt);
    boolean isNew = enqueued != null && enqueued.isAfter(lookedAt.minus(Duration.ofSeconds(1)));
    if (hasStarted && isNew && !isIn(before, ENQUEUED, job) && !isIn(fresh, ENQUEUED, job)) {
      events.add(event(job, ENQUEUED, now));
    }
  }

  private static boolean isIn(Map<String, Set<String>> ids, String name, JobSnapshot job) {
    return ids.getOrDefault(name, Set.of()).contains(job.id());
  }

  private Event event(JobSnapshot job, String what, Instant now) {
    Instant time =
        switch (what) {
          case ENQUEUED -> time(job::enqueuedAt);
          case "started" -> time(job::startedAt);
          case "finished", "failed" -> time(job::endedAt);
          default -> null;
        };
    String description = job.description();
    return new Event(
        time == null ? now : time,
        queue.name(),
        what,
        job.id(),
        description == null ? "" : description.lines().findFirst().orElse(""),
        detail(job, what));
  }

  private @Nullable String detail(JobSnapshot job, String what) {
    return switch (what) {
      case "started" -> job.workerName() == null ? null : "on worker " + job.workerName();
      case "finished" -> duration(job);
      case "failed" -> failure(job);
      default -> null;
    };
  }

  private static @Nullable String duration(JobSnapshot job) {
    Instant start = time(job::startedAt);
    Instant end = time(job::endedAt);
    return start == null || end == null
        ? null
        : "in %.3f s".formatted(Duration.between(start, end).toNanos() / 1e9);
  }

  private @Nullable String failure(JobSnapshot job) {
    try {
      return client
          .job(job.id())
          .latestResult()
          .flatMap(Result::failure)
          .map(PythonJobFailure::getMessage)
          .orElse(null);
    } catch (RqException | CodecException e) {
      return null;
    }
  }

  /** A time of a job; null also where it cannot be read. */
  private static @Nullable Instant time(Supplier<@Nullable Instant> field) {
    try {
      return field.get();
    } catch (RqException e) {
      return null;
    }
  }
}
