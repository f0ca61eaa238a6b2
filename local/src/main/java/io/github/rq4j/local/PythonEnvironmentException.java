package io.github.rq4j.local;

import org.jspecify.annotations.Nullable;

/** A virtualenv could not be made or filled. */
public final class PythonEnvironmentException extends LocalToolException {

  private final String output;

  PythonEnvironmentException(String message, String output) {
    super(output.isEmpty() ? message : message + System.lineSeparator() + output);
    this.output = output;
  }

  PythonEnvironmentException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.output = "";
  }

  /** The last lines that the failing program printed; empty when none ran. */
  public String output() {
    return output;
  }
}
