package io.github.rq4j.testservers;

import org.jspecify.annotations.Nullable;

/** One way to a Redis server is not open here; the message says why. */
final class RedisNotAvailableException extends RuntimeException {

  private final boolean isFinal;

  private RedisNotAvailableException(String message, boolean isFinal, @Nullable Throwable cause) {
    super(message, cause);
    this.isFinal = isFinal;
  }

  /** The next way may be tried. */
  static RedisNotAvailableException tryNext(String reason, @Nullable Throwable cause) {
    return new RedisNotAvailableException(reason, false, cause);
  }

  /** This way was asked for by name: going another one would hide the mistake. */
  static RedisNotAvailableException giveUp(String reason, @Nullable Throwable cause) {
    return new RedisNotAvailableException(reason, true, cause);
  }

  boolean isFinal() {
    return isFinal;
  }
}
