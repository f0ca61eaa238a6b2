package io.github.rq4j.testservers;

/** Python answered with an exception. */
public final class PythonErrorException extends RuntimeException {

  private final String error;
  private final String trace;

  PythonErrorException(String operation, String error, String trace) {
    super(operation + " failed in Python: " + error + System.lineSeparator() + trace);
    this.error = error;
    this.trace = trace;
  }

  /** The exception's class and message: {@code NoSuchJobError: No such job: ...}. */
  public String error() {
    return error;
  }

  /** The Python traceback. */
  public String trace() {
    return trace;
  }
}
