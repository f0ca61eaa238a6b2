package io.github.rq4j.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of each job of {@link Queue#enqueueMany}. Immutable.
 *
 * @param entries one for each job, in the order in which they were given
 */
public record EnqueueReport(List<Entry> entries) {

  /** Copies the list. */
  public EnqueueReport {
    entries = List.copyOf(entries);
  }

  /** What became of a job. */
  public enum State {
    /** Redis has it. */
    STORED,
    /** Redis does not have it. */
    NOT_STORED,
    /** It was sent, and the connection was lost before Redis answered. */
    UNKNOWN
  }

  /**
   * What became of one job. Immutable.
   *
   * @param job the job, whether it is stored or not
   * @param state what is known of it
   * @param problem why it is not {@code STORED}; null if it is
   */
  public record Entry(Job job, State state, @Nullable RqException problem) {}

  /** Whether all jobs are stored. */
  public boolean isComplete() {
    return entries.stream().allMatch(entry -> entry.state() == State.STORED);
  }

  /** The jobs of a state, in the order in which they were given. */
  public List<Job> jobs(State state) {
    return entries.stream().filter(entry -> entry.state() == state).map(Entry::job).toList();
  }

  /**
   * All jobs, in the order in which they were given.
   *
   * @throws IncompleteEnqueueException if one of them is not stored
   */
  public List<Job> jobsOrThrow() {
    if (!isComplete()) {
      throw new IncompleteEnqueueException(this);
    }
    return jobs(State.STORED);
  }
}
