package io.github.rq4j.client;

/**
 * The callback of a job on a {@linkplain Queue#synchronous synchronous queue} threw, or there is no
 * function of its name. The job has run and its end is stored.
 */
public final class CallbackFailedException extends RqException {
  private static final long serialVersionUID = 1L;

  private final String jobId;

  /**
   * Creates the exception.
   *
   * @param jobId the job
   * @param callback the callback's name
   * @param cause what it threw
   */
  public CallbackFailedException(String jobId, String callback, Throwable cause) {
    super("job " + jobId + ": callback " + callback + ": " + cause.getMessage(), cause);
    this.jobId = jobId;
  }

  /** The job whose callback it was. */
  public String jobId() {
    return jobId;
  }
}
