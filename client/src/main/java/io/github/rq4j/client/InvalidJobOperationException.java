package io.github.rq4j.client;

/** What was asked of a job cannot be done in the state that it is in. RQ's InvalidJobOperation. */
public final class InvalidJobOperationException extends RqException {
  private static final long serialVersionUID = 1L;

  private final String jobId;

  /**
   * Creates the exception.
   *
   * @param jobId the job
   * @param reason what stands in the way
   */
  public InvalidJobOperationException(String jobId, String reason) {
    super("job " + jobId + ": " + reason, null);
    this.jobId = jobId;
  }

  /** The job in question. */
  public String jobId() {
    return jobId;
  }
}
