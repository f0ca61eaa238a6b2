package io.github.rq4j.codec;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything the codec throws on purpose. Its subclasses say which side is wrong:
 * {@link MalformedPayloadException} the bytes, {@link UnsupportedValueException} the value, {@link
 * BindingException} the expectation. Messages name positions, opcodes, types and limits, never the
 * content of a payload.
 */
public abstract class CodecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CodecException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
