package io.github.rq4j.testkit;

import io.github.rq4j.client.JobRegistry;
import io.github.rq4j.client.RegistryEntry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.worker.JobThreads;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A worker, with scheduler and maintenance, that works only when it is told to: in the thread of
 * the test, until there is nothing more to do, under the test's clock.
 *
 * <p>Each call is a burst of a real {@link RqWorker}: what it leaves in Redis is what any worker of
 * these functions leaves. During a call the time stands still, so that which jobs are due does not
 * depend on how long the others took. Time limits of jobs are measured in real time. Not safe for
 * use by many threads.
 */
public final class ManualWorker {

  private final RqClient client;
  private final Supplier<RqWorkerBuilder> settings;
  private final List<String> queues;
  private final TestClock clock;
  private final int mostJobs;

  /**
   * Prepares the worker.
   *
   * @param settings makes a new builder for each burst
   * @param mostJobs how many jobs a call runs before it takes them for endless
   */
  ManualWorker(
      RqClient client,
      Supplier<RqWorkerBuilder> settings,
      List<String> queues,
      TestClock clock,
      int mostJobs) {
    this.client = client;
    this.settings = settings;
    this.queues = List.copyOf(queues);
    this.clock = clock;
    this.mostJobs = mostJobs;
  }

  /** The clock by which scheduled jobs and retries are due. */
  public TestClock clock() {
    return clock;
  }

  /** Moves the clock forward; runs nothing. */
  public void advance(Duration time) {
    clock.advance(time);
  }

  /**
   * Enqueues the scheduled jobs that are due, and runs the first job of the queues.
   *
   * @return whether there was one
   */
  public boolean runNext() {
    return burst(clock.instant(), 1) > 0;
  }

  /**
   * Runs all jobs that are queued or due, and those that they bring along, until what is left waits
   * for a later time or for somebody else.
   *
   * @return how many jobs ran; a job that ran twice counts twice
   * @throws IllegalStateException if more than ten thousand would
   */
  public int runDue() {
    return runDue(0);
  }

  private int runDue(int before) {
    Instant now = clock.instant();
    int ran = 0;
    int last = burst(now, mostJobs - before);
    // What they scheduled may be due at once.
    while (last > 0) {
      ran += last;
      if (before + ran >= mostJobs) {
        throw new IllegalStateException(
            mostJobs + " jobs have run and there may be more: does one enqueue itself for ever?");
      }
      last = burst(now, mostJobs - before - ran);
    }
    return ran;
  }

  /**
   * Runs all jobs that are queued or due, then moves the clock forward to the time of the next
   * scheduled job, and so on, until nothing is queued or scheduled any more.
   *
   * @return how many jobs ran; a job that ran twice counts twice
   * @throws IllegalStateException if more than ten thousand would, or if a scheduled job is due and
   *     is not enqueued
   */
  public int runUntilIdle() {
    int ran = runDue(0);
    for (Optional<RegistryEntry> next = nextScheduled(); next.isPresent(); next = nextScheduled()) {
      clock.advanceTo(time(next.get()));
      int more = runDue(ran);
      if (more == 0 && nextScheduled().equals(next)) {
        throw new IllegalStateException(
            "job "
                + next.get().jobId()
                + " is due and was not enqueued: does another scheduler hold its queue's lock?");
      }
      ran += more;
    }
    return ran;
  }

  private Optional<RegistryEntry> nextScheduled() {
    return queues.stream()
        .map(queue -> client.queue(queue).registry(JobRegistry.Kind.SCHEDULED))
        .flatMap(registry -> registry.entries(0, 1).stream())
        .min(Comparator.comparing(ManualWorker::time));
  }

  private static Instant time(RegistryEntry entry) {
    Instant time = entry.time();
    return time == null ? Instant.MAX : time;
  }

  /** Returns how many jobs ran, at most as many as given. */
  private int burst(Instant now, int most) {
    try (RqWorker worker =
        settings
            .get()
            .queues(queues.toArray(String[]::new))
            .clock(Clock.fixed(now, ZoneOffset.UTC))
            .threads(JobThreads.CALLER)
            .concurrency(1)
            .burst(true)
            .withScheduler(true)
            .maxJobs(most)
            .build()) {
      worker.runUntilShutdown();
      return (int) worker.takenJobs();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the manual worker ran", e);
    }
  }
}
