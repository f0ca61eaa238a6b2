package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonFraction;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** How much work it can be to hash a key or to compare it with an equal one. */
final class KeyWeight {
  /** What a number costs in comparison to text of as many bytes. */
  private static final int NUMBER = 16;

  /** What a decimal number costs in comparison to an integer: its zeros have to be found. */
  private static final int DECIMAL = 8;

  private KeyWeight() {}

  /** The weight of a key, about that of a text of as many characters. */
  static int of(@Nullable Object key) {
    if (key instanceof String text) {
      return text.length();
    }
    if (key instanceof PythonBytes bytes) {
      return bytes.length();
    }
    if (key instanceof BigInteger number) {
      return of(number);
    }
    if (key instanceof BigDecimal number) {
      return of(number.unscaledValue()) * DECIMAL;
    }
    if (key instanceof PythonFraction fraction) {
      return of(fraction.numerator()) + of(fraction.denominator());
    }
    return 0;
  }

  private static int of(BigInteger number) {
    return number.bitLength() / 8 * NUMBER;
  }
}
