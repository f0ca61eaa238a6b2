package io.github.rq4j.codec.pickle;

/**
 * How 8-bit strings of Python 2 are read. They may hold text in any encoding or plain bytes, and
 * the pickle does not say which; Python 3's {@code loads} has its {@code encoding} argument for
 * this.
 */
public enum Python2Strings {
  /** Text if the bytes are valid UTF-8, else bytes. The default. */
  UTF8_OR_BYTES,

  /** Text, one character for each byte; never fails and loses nothing. */
  LATIN1,

  /** Always bytes. */
  BYTES
}
