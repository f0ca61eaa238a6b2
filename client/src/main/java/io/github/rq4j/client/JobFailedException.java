package io.github.rq4j.client;

import java.util.Optional;

/**
 * The job that was waited for did not succeed. Its cause, if the worker stored a traceback, is a
 * {@link PythonJobFailure}, so that a printed stack trace goes on with Python's frames.
 */
public final class JobFailedException extends RqException {
  private static final long serialVersionUID = 1L;

  private final String jobId;
  private final JobStatus status;
  private final String excString;

  /**
   * Creates the exception.
   *
   * @param jobId the job
   * @param status {@code FAILED}, {@code STOPPED} or {@code CANCELED}
   * @param excString the traceback text that the worker stored; empty if there is none
   */
  public JobFailedException(String jobId, JobStatus status, String excString) {
    super(
        "job " + jobId + " is " + status.text() + lastLine(excString),
        PythonJobFailure.parse(excString).orElse(null));
    this.jobId = jobId;
    this.status = status;
    this.excString = excString;
  }

  private static String lastLine(String excString) {
    String text = excString.strip();
    return text.isEmpty() ? "" : ": " + text.substring(text.lastIndexOf('\n') + 1);
  }

  /** The job that did not succeed. */
  public String jobId() {
    return jobId;
  }

  /** The status it was found in. */
  public JobStatus status() {
    return status;
  }

  /** The failure with its class, message and frames; empty if the worker stored none. */
  public Optional<PythonJobFailure> failure() {
    return getCause() instanceof PythonJobFailure failure ? Optional.of(failure) : Optional.empty();
  }

  /** The traceback as the worker stored it, its last line naming type and message; may be empty. */
  public String excString() {
    return excString;
  }
}
