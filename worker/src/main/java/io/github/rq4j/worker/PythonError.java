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

  /** The exception's name as Python prints it, such as {@code TypeError}. */
  String type() {
    return type;
  }
}
