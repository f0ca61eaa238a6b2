package io.github.rq4j.local;

import org.jspecify.annotations.Nullable;

/** No suitable Python interpreter is on this machine; the message lists every one looked at. */
public final class PythonUnavailableException extends LocalToolException {

  PythonUnavailableException(String message) {
    super(message);
  }

  PythonUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
