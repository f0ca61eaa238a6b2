package io.github.rq4j.codec;

import org.jspecify.annotations.Nullable;

/**
 * The bytes or the value are well formed but of a kind that this codec does not take: a Java object
 * that has no Python form, a callable that may not be written, an opcode that needs a hook which
 * was not supplied.
 */
public final class UnsupportedValueException extends CodecException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is not supported, where (a path such as {@code args[0].price}, or a byte
   *     offset), and what to do about it
   */
  public UnsupportedValueException(String message) {
    super(message, null);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what is not supported, where and what to do about it
   * @param cause what was thrown below, if anything
   */
  public UnsupportedValueException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
