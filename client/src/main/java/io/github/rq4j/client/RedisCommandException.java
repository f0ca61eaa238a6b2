package io.github.rq4j.client;

/** Redis answered a command with an error, such as {@code NOAUTH} or {@code OOM}. */
public final class RedisCommandException extends RqException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the server's own error text
   */
  public RedisCommandException(String message) {
    super(message, null);
  }

  /** Tells whether the error text starts with a code such as {@code NOSCRIPT}. */
  public boolean hasCode(String code) {
    String message = getMessage();
    return message != null && message.startsWith(code);
  }
}
