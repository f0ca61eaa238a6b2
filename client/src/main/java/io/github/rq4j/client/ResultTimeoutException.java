package io.github.rq4j.client;

import java.time.Duration;

/** The job did not end within the time that the caller was willing to wait. It may still do so. */
public final class ResultTimeoutException extends RqException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param jobId the job
   * @param waited how long was waited
   * @param status the status it was last seen in
   */
  public ResultTimeoutException(String jobId, Duration waited, JobStatus status) {
    super("job " + jobId + " is still " + status.text() + " after " + waited, null);
  }
}
