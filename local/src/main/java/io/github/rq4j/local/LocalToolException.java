package io.github.rq4j.local;

import org.jspecify.annotations.Nullable;

/**
 * A program of this machine (a Redis server, a Python interpreter, pip) could not be found, started
 * or brought to its end. The message says what was tried and what to do.
 */
public class LocalToolException extends RuntimeException {

  LocalToolException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  LocalToolException(String message) {
    super(message);
  }
}
