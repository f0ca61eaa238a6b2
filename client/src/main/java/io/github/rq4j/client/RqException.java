package io.github.rq4j.client;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that rq4j's client and worker throw on purpose, beside the codec's own.
 */
public abstract class RqException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened, to what, and what to do about it
   * @param cause what was thrown below, if anything
   */
  protected RqException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
