package io.github.rq4j.worker;

/**
 * A failure that a Python reader is to see as a Python exception: its type and message become the
 * last line of the traceback text. Has no frames of its own: they would show nothing but this
 * library.
 */
final class PythonError extends Exception {
  private static final long serialVersionUID = 1L;

  private final String type;

  PythonError(String type, String message) {
    super(message, null, true, false);
    this.type = type;
  }

  /** An error with frames that were taken elsewhere. */
  PythonError(String type, String message, StackTraceElement[] frames) {
    super(message);
    this.type = type;
    setStackTrace(frames);
  }

  /**
   * What RQ raises in code that runs longer than it may.
   *
   * @param frames where that code stood
   */
  static PythonError timeout(long seconds, StackTraceElement[] frames) {
    return new PythonError(
        "rq.timeouts.JobTimeoutException",
        "Task exceeded maximum timeout value (" + seconds + " seconds)",
        frames);
  }

  /** The exception's name as Python prints it, such as {@code TypeError}. */
  String type() {
    return type;
  }
}
