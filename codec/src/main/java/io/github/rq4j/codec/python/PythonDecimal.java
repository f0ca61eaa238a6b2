package io.github.rq4j.codec.python;

import java.util.Locale;
import java.util.Objects;

/**
 * A Python {@code decimal.Decimal} that {@link java.math.BigDecimal} cannot hold: NaN, signalling
 * NaN, an infinity, minus zero, or an exponent beyond 32 bits.
 *
 * @param text the number as Python's {@code str} gives it, such as {@code -0.00}, {@code NaN123},
 *     {@code sNaN}, {@code -Infinity}, {@code 1E+9999999999}
 */
public record PythonDecimal(String text) {

  /** Checks that there is a text. Its syntax is not checked. */
  public PythonDecimal {
    Objects.requireNonNull(text, "text");
  }

  /**
   * Reads a decimal number as Python's {@code Decimal} does: spaces around it and underscores are
   * ignored, the exponent is kept.
   *
   * @return a {@link java.math.BigDecimal} where that says exactly the same, else a {@code
   *     PythonDecimal}
   * @throws IllegalArgumentException if the text is not a number
   */
  public static Object parse(String text) {
    return DecimalText.parse(text);
  }

  /** Whether this is a NaN, quiet or signalling. */
  public boolean isNaN() {
    return text.toLowerCase(Locale.ROOT).contains("nan");
  }

  /** Whether this is one of the two infinities. */
  public boolean isInfinite() {
    return text.endsWith("Infinity");
  }

  /** Whether the sign is minus, also of a zero or a NaN. */
  public boolean isNegative() {
    return text.startsWith("-");
  }

  /** Whether this is minus zero, with any exponent. */
  public boolean isZero() {
    return !isNaN() && !isInfinite() && text.startsWith("-0") && !hasDigitsOtherThanZero();
  }

  private boolean hasDigitsOtherThanZero() {
    int exponent = text.indexOf('E');
    String digits = exponent < 0 ? text : text.substring(0, exponent);
    return digits.chars().anyMatch(unit -> unit >= '1' && unit <= '9');
  }

  @Override
  public String toString() {
    return text;
  }
}
