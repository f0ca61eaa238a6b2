package io.github.rq4j.client;

import org.jspecify.annotations.Nullable;

/**
 * Redis could not be reached, or the connection broke before the reply arrived; {@link
 * #mayHaveArrived} tells which.
 */
public final class RedisUnavailableException extends RqException {
  private static final long serialVersionUID = 1L;

  private final boolean mayHaveArrived;

  /**
   * Creates the exception for a connection that broke.
   *
   * @param message which server, and what happened
   * @param cause what was thrown below, if anything
   */
  public RedisUnavailableException(String message, @Nullable Throwable cause) {
    this(message, cause, true);
  }

  private RedisUnavailableException(
      String message, @Nullable Throwable cause, boolean mayHaveArrived) {
    super(message, cause);
    this.mayHaveArrived = mayHaveArrived;
  }

  /**
   * The exception for a server to which nothing was sent.
   *
   * @param message which server, and what happened
   * @param cause what was thrown below, if anything
   */
  public static RedisUnavailableException notSent(String message, @Nullable Throwable cause) {
    return new RedisUnavailableException(message, cause, false);
  }

  /**
   * Whether the command may have been carried out: false if nothing was sent, since there was no
   * connection; true if the connection broke on the way there or back, which nobody can tell apart.
   * Of methods with many steps, such as {@link Queue#empty}, it speaks of the step that failed.
   */
  public boolean mayHaveArrived() {
    return mayHaveArrived;
  }
}
