package io.github.rq4j.client;

/**
 * There is no such job: it was never enqueued, was deleted, or its result expired. RQ's {@code
 * NoSuchJobError}.
 */
public final class NoSuchJobException extends RqException {
  private static final long serialVersionUID = 1L;

  private final String jobId;

  /**
   * Creates the exception.
   *
   * @param jobId the id that was looked for
   */
  public NoSuchJobException(String jobId) {
    super("no such job: " + jobId + " (never enqueued, deleted, or expired)", null);
    this.jobId = jobId;
  }

  /** The id that was looked for. */
  public String jobId() {
    return jobId;
  }
}
