package io.github.rq4j.client;

/**
 * A field of a job's hash is not of the form that RQ writes. RQ's own workers stop at such a job;
 * rq4j's fail it and go on.
 */
public final class UnreadableJobException extends RqException {
  private static final long serialVersionUID = 1L;

  private final String jobId;
  private final String field;

  /**
   * Creates the exception.
   *
   * @param jobId the job
   * @param field the hash field that cannot be read
   * @param expected the form that RQ writes, in words
   */
  public UnreadableJobException(String jobId, String field, String expected) {
    super("job " + jobId + ": field '" + field + "' is not " + expected, null);
    this.jobId = jobId;
    this.field = field;
  }

  /** The job whose hash cannot be read. */
  public String jobId() {
    return jobId;
  }

  /** The hash field that cannot be read. */
  public String field() {
    return field;
  }
}
