package io.github.rq4j.codec.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A double as Python prints it: the shortest decimal that reads back as the same double, in
 * exponent form below 1e-4 and from 1e16 on. {@link Double#toString} before JDK 19 is not always
 * the shortest.
 */
final class FloatRepr {
  /** So many digits of any decimal survive the way through a normal double. */
  private static final int ALWAYS_KEPT = 15;

  /** With so many digits every double reads back. */
  private static final int ALWAYS_ENOUGH = 17;

  private static final double LARGEST_PLAIN_WHOLE = 1e15;

  private FloatRepr() {}

  static String of(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    double magnitude = Math.abs(value);
    if (magnitude < LARGEST_PLAIN_WHOLE && magnitude == Math.rint(magnitude)) {
      return sign + (long) magnitude + ".0";
    }
    return sign + layOut(shortest(magnitude));
  }

  /** The complex number: {@code (1+2j)}, or {@code 2j} if the real part is a positive zero. */
  static String of(PythonComplex complex) {
    String imaginary = part(complex.imaginary()) + "j";
    if (Double.doubleToRawLongBits(complex.real()) == 0) {
      return imaginary;
    }
    return "(" + part(complex.real()) + (imaginary.startsWith("-") ? "" : "+") + imaginary + ")";
  }

  private static String part(double value) {
    String text = of(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static BigDecimal shortest(double magnitude) {
    BigDecimal exact = new BigDecimal(magnitude);
    int digits = magnitude < Double.MIN_NORMAL ? 1 : ALWAYS_KEPT;
    for (; digits < ALWAYS_ENOUGH; digits++) {
      BigDecimal found = readsBack(exact, digits, magnitude);
      if (found != null) {
        return found.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(ALWAYS_ENOUGH, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  /**
   * The decimal of so many digits that is nearest to the exact value among those that read back.
   * Next to a power of two, the nearest of all may lie outside of the double's interval while its
   * neighbour on the wider side lies within.
   */
  private static @Nullable BigDecimal readsBack(BigDecimal exact, int digits, double magnitude) {
    BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (nearest.doubleValue() == magnitude) {
      return nearest;
    }
    RoundingMode away = nearest.compareTo(exact) < 0 ? RoundingMode.CEILING : RoundingMode.FLOOR;
    BigDecimal second = exact.round(new MathContext(digits, away));
    return second.doubleValue() == magnitude ? second : null;
  }

  private static String layOut(BigDecimal decimal) {
    String digits = decimal.unscaledValue().toString();
    int point = digits.length() - decimal.scale();
    if (point > 16 || point < -3) {
      return withExponent(digits, point - 1);
    }
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return digits + "0".repeat(point - digits.length()) + ".0";
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String withExponent(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String size = Integer.toString(Math.abs(exponent));
    return mantissa + (exponent < 0 ? "e-" : "e+") + (size.length() < 2 ? "0" + size : size);
  }
}
