package io.github.rq4j.local;

import org.jspecify.annotations.Nullable;

/** No Redis server could be run on this machine; the message lists every attempt. */
public final class RedisUnavailableException extends LocalToolException {

  RedisUnavailableException(String message) {
    super(message);
  }

  RedisUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
