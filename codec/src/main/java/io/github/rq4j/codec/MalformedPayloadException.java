package io.github.rq4j.codec;

import org.jspecify.annotations.Nullable;

/**
 * The bytes are not what they claim to be: cut short, damaged, or beyond a limit of {@link
 * CodecLimits}. Whoever wrote them, or the limit that the message names, has to change.
 */
public final class MalformedPayloadException extends CodecException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong and where (byte offset, opcode, limit); no payload content
   */
  public MalformedPayloadException(String message) {
    super(message, null);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what is wrong and where (byte offset, opcode, limit); no payload content
   * @param cause what was thrown below, if anything
   */
  public MalformedPayloadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
