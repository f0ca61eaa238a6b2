package io.github.rq4j.client;

/** There is already a job of the id under which one was to be enqueued as unique. */
public final class DuplicateJobException extends RqException {
  private static final long serialVersionUID = 1L;

  private final String jobId;

  /**
   * Creates the exception.
   *
   * @param jobId the id that is taken
   */
  public DuplicateJobException(String jobId) {
    super("there is already a job '" + jobId + "', and this one was to be unique", null);
    this.jobId = jobId;
  }

  /** The id that is taken. */
  public String jobId() {
    return jobId;
  }
}
