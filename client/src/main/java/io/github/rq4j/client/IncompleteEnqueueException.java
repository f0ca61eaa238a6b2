package io.github.rq4j.client;

import io.github.rq4j.client.EnqueueReport.Entry;
import io.github.rq4j.client.EnqueueReport.State;
import java.util.Objects;

/** Not all jobs of one {@link Queue#enqueueMany} are stored. Its cause is the first problem. */
public final class IncompleteEnqueueException extends RqException {
  private static final long serialVersionUID = 1L;

  private final transient EnqueueReport report;

  /**
   * Creates the exception.
   *
   * @param report what became of each job
   */
  public IncompleteEnqueueException(EnqueueReport report) {
    super(
        "of %d jobs, %d are not stored and %d are in doubt"
            .formatted(
                report.entries().size(),
                report.jobs(State.NOT_STORED).size(),
                report.jobs(State.UNKNOWN).size()),
        report.entries().stream()
            .map(Entry::problem)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null));
    this.report = report;
  }

  /** What became of each job. */
  public EnqueueReport report() {
    return report;
  }
}
