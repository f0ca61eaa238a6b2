package io.github.rq4j.worker;

import io.github.rq4j.client.RqException;
import org.jspecify.annotations.Nullable;

/**
 * A work horse cannot be started: the JVM does not take an option, its class path is wrong, the
 * {@link HandlersFactory} fails or makes other functions than the worker has, or the system has no
 * room for another process.
 */
public final class HorseStartException extends RqException {
  private static final long serialVersionUID = 1L;

  HorseStartException(String message, @Nullable Throwable cause) {
    super("a work horse cannot be started: " + message, cause);
  }
}
