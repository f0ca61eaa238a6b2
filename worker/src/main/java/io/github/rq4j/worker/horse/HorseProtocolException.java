package io.github.rq4j.worker.horse;

import java.io.IOException;

/**
 * What came over the channel is not what the protocol says: cut off, too large, of another version,
 * or no message at all.
 */
public final class HorseProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong and where; holds nothing of the payload
   */
  public HorseProtocolException(String message) {
    super(message);
  }
}
