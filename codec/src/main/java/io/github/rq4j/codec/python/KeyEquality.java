package io.github.rq4j.codec.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Python's equality of dict keys and set members, which crosses the types of numbers. */
final class KeyEquality {
  private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  /** Beyond as many digits a decimal is not turned into an integer to compare it with one. */
  private static final int MAX_DIGITS = 5000;

  /** A double has no more significant decimal digits, nor a larger exponent. */
  private static final int MAX_DOUBLE_DIGITS = 800;

  private static final int MAX_DOUBLE_EXPONENT = 400;

  private static final double TWO_TO_63 = 0x1p63;

  private KeyEquality() {}

  /** Whether two keys are one in Python: the same object, or equal. */
  static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a == b) {
      return true;
    }
    if (a == null || b == null) {
      return false;
    }
    if (a instanceof String text) {
      return text.equals(b);
    }
    if (a instanceof Long x && b instanceof Long y) {
      return x.longValue() == y.longValue();
    }
    if (a instanceof PythonTuple || a instanceof PythonFrozenSet) {
      return a.getClass() == b.getClass() && KeyComparison.same(a, b);
    }
    if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
      return x.compareTo(y) == 0;
    }
    Object x = canonical(a);
    return !(x instanceof Double number && number.isNaN()) && Objects.equals(x, canonical(b));
  }

  /** Whether a value is a NaN that Python finds by identity only. */
  static boolean isNan(@Nullable Object value) {
    return (value instanceof Double || value instanceof Float || value instanceof PythonComplex)
        && canonical(value) instanceof Double number
        && number.isNaN();
  }

  /**
   * One form for all values that are equal in Python: whole numbers are {@code Long} or {@code
   * BigInteger}, other numbers that are exact in binary {@code Double}, other decimals {@code
   * BigDecimal} without trailing zeros; aware times are their instant.
   */
  static @Nullable Object canonical(@Nullable Object key) {
    if (key instanceof Number number) {
      return ofNumber(number);
    }
    if (key instanceof Boolean flag) {
      return flag ? 1L : 0L;
    }
    if (key instanceof PythonComplex complex) {
      return complex.imaginary() == 0 ? ofDouble(complex.real()) : withoutMinusZero(complex);
    }
    if (key instanceof PythonFraction fraction) {
      return ofFraction(fraction);
    }
    if (key instanceof PythonDecimal decimal) {
      return ofDecimal(decimal);
    }
    if (key instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (key instanceof ZonedDateTime time) {
      return time.toInstant();
    }
    if (key instanceof PythonDateTime time) {
      return time.toOffsetDateTime().<Object>map(OffsetDateTime::toInstant).orElse(time);
    }
    return key;
  }

  private static Object ofNumber(Number number) {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      return number.longValue();
    }
    if (number instanceof Double || number instanceof Float) {
      return ofDouble(number.doubleValue());
    }
    if (number instanceof BigInteger integer) {
      return ofInteger(integer);
    }
    return number instanceof BigDecimal decimal ? ofDecimal(decimal) : number;
  }

  private static Object ofDouble(double number) {
    if (number == Math.rint(number) && !Double.isInfinite(number)) {
      return number >= -TWO_TO_63 && number < TWO_TO_63
          ? (Object) (long) number
          : new BigDecimal(number).toBigInteger();
    }
    return number;
  }

  private static Object ofInteger(BigInteger number) {
    return number.compareTo(MIN_LONG) >= 0 && number.compareTo(MAX_LONG) <= 0
        ? (Object) number.longValue()
        : number;
  }

  private static Object ofDecimal(BigDecimal decimal) {
    if (decimal.signum() == 0) {
      return 0L;
    }
    BigDecimal number = withoutTrailingZeros(decimal);
    long integerDigits = (long) number.precision() - number.scale();
    if (number.scale() <= 0) {
      return integerDigits <= MAX_DIGITS ? ofInteger(number.toBigInteger()) : number;
    }
    if (number.precision() <= MAX_DOUBLE_DIGITS && Math.abs(integerDigits) <= MAX_DOUBLE_EXPONENT) {
      double nearest = number.doubleValue();
      if (!Double.isInfinite(nearest) && new BigDecimal(nearest).compareTo(number) == 0) {
        return nearest;
      }
    }
    return number;
  }

  /** The same as {@link BigDecimal#stripTrailingZeros}, which takes quadratic time. */
  private static BigDecimal withoutTrailingZeros(BigDecimal number) {
    if (number.precision() > MAX_DIGITS || number.scale() < Integer.MIN_VALUE + MAX_DIGITS) {
      return number;
    }
    String digits = number.unscaledValue().toString();
    int zeros = 0;
    while (digits.charAt(digits.length() - 1 - zeros) == '0') {
      zeros++;
    }
    return zeros == 0
        ? number
        : new BigDecimal(
            new BigInteger(digits.substring(0, digits.length() - zeros)), number.scale() - zeros);
  }

  private static Object ofDecimal(PythonDecimal decimal) {
    if (decimal.isInfinite()) {
      return decimal.isNegative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return decimal.isZero() ? (Object) 0L : decimal;
  }

  private static Object ofFraction(PythonFraction fraction) {
    BigInteger denominator = fraction.denominator();
    if (denominator.equals(BigInteger.ONE)) {
      return ofInteger(fraction.numerator());
    }
    if (denominator.bitLength() > 1100 || fraction.numerator().bitLength() > 1100) {
      return fraction;
    }
    BigInteger odd = denominator.shiftRight(denominator.getLowestSetBit());
    while (odd.mod(BigInteger.valueOf(5)).signum() == 0) {
      odd = odd.divide(BigInteger.valueOf(5));
    }
    return odd.equals(BigInteger.ONE)
        ? ofDecimal(new BigDecimal(fraction.numerator()).divide(new BigDecimal(denominator)))
        : fraction;
  }

  private static PythonComplex withoutMinusZero(PythonComplex number) {
    return new PythonComplex(number.real() + 0.0, number.imaginary() + 0.0);
  }
}
