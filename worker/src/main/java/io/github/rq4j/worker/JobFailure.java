package io.github.rq4j.worker;

import org.jspecify.annotations.Nullable;

/**
 * How a run failed, as callbacks and exception handlers are told of it. Immutable.
 *
 * @param type the exception's name as a Python reader sees it, such as {@code ValueError} or {@code
 *     java.io.IOException}
 * @param message what it says; empty where it says nothing
 * @param traceback the text that is stored for it, which ends with type and message
 * @param exception what Java code threw; null for the failures that RQ defines itself, such as a
 *     timeout, arguments that do not fit, or a function that is not registered
 */
public record JobFailure(
    String type, String message, String traceback, @Nullable Throwable exception) {
  private static final String WHILE_HANDLING =
      "\nDuring handling of the above exception, another exception occurred:\n\n";

  /** The failure that came up while this one was dealt with, told as Python tells it. */
  JobFailure followedBy(JobFailure next) {
    return new JobFailure(
        next.type, next.message, traceback + WHILE_HANDLING + next.traceback, next.exception);
  }
}
