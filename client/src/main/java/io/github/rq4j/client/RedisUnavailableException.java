package io.github.rq4j.client;

import org.jspecify.annotations.Nullable;

/**
 * Redis could not be reached, or the connection broke before the reply arrived. In the second case
 * the command may or may not have been carried out.
 */
public final class RedisUnavailableException extends RqException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message which server, and what happened
   * @param cause what was thrown below, if anything
   */
  public RedisUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
