package io.github.rq4j.codec.binding;

import static java.util.Map.entry;

import io.github.rq4j.codec.python.PythonTypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/** Numbers and truth values. A bool is no int, and a float never becomes an int. */
final class NumberTargets {
  static final Map<Class<?>, Target> ALL =
      Map.ofEntries(
          entry(boolean.class, NumberTargets::toBoolean),
          entry(Boolean.class, NumberTargets::toBoolean),
          entry(byte.class, NumberTargets::toByte),
          entry(Byte.class, NumberTargets::toByte),
          entry(short.class, NumberTargets::toShort),
          entry(Short.class, NumberTargets::toShort),
          entry(int.class, NumberTargets::toInteger),
          entry(Integer.class, NumberTargets::toInteger),
          entry(long.class, NumberTargets::toLong),
          entry(Long.class, NumberTargets::toLong),
          entry(float.class, NumberTargets::toFloat),
          entry(Float.class, NumberTargets::toFloat),
          entry(double.class, NumberTargets::toDouble),
          entry(Double.class, NumberTargets::toDouble),
          entry(BigInteger.class, NumberTargets::toBigInteger),
          entry(BigDecimal.class, NumberTargets::toBigDecimal));

  /** Every whole number up to this size is a double. */
  private static final double ALL_EXACT_BELOW = 0x1p53;

  private NumberTargets() {}

  private static Boolean toBoolean(Object value, Position at) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw at.mismatch("bool", value);
  }

  private static Byte toByte(Object value, Position at) {
    return (byte) whole(value, at, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
  }

  private static Short toShort(Object value, Position at) {
    return (short) whole(value, at, Short.MIN_VALUE, Short.MAX_VALUE, "short");
  }

  private static Integer toInteger(Object value, Position at) {
    return (int) whole(value, at, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
  }

  private static Long toLong(Object value, Position at) {
    return whole(value, at, Long.MIN_VALUE, Long.MAX_VALUE, "long");
  }

  private static long whole(Object value, Position at, long min, long max, String type) {
    boolean fits;
    if (isSmall(value)) {
      fits = true;
    } else if (value instanceof BigInteger big) {
      fits = big.bitLength() < Long.SIZE;
    } else {
      throw at.mismatch("int", value);
    }
    long number = ((Number) value).longValue();
    if (!fits || number < min || number > max) {
      throw at.failure("int outside the range of Java's " + type);
    }
    return number;
  }

  private static boolean isSmall(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }

  private static BigInteger toBigInteger(Object value, Position at) {
    if (value instanceof BigInteger big) {
      return big;
    }
    if (isSmall(value)) {
      return BigInteger.valueOf(((Number) value).longValue());
    }
    throw at.mismatch("int", value);
  }

  private static Double toDouble(Object value, Position at) {
    if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    if (isSmall(value) || value instanceof BigInteger) {
      double number = ((Number) value).doubleValue();
      if (isExact(number, value, at)) {
        return number;
      }
      throw at.failure("int that Java's double cannot hold exactly");
    }
    throw at.mismatch("float or int", value);
  }

  private static Float toFloat(Object value, Position at) {
    double number = toDouble(value, at);
    float narrow = (float) number;
    if (Float.isInfinite(narrow) && !Double.isInfinite(number)) {
      throw at.failure(PythonTypeName.of(value) + " outside the range of Java's float");
    }
    if (!(value instanceof Double) && narrow != number && !Double.isNaN(number)) {
      throw at.failure("int that Java's float cannot hold exactly");
    }
    return narrow;
  }

  private static boolean isExact(double number, Object whole, Position at) {
    if (Math.abs(number) < ALL_EXACT_BELOW) {
      return true;
    }
    return !Double.isInfinite(number)
        && new BigDecimal(number).compareTo(new BigDecimal(toBigInteger(whole, at))) == 0;
  }

  private static BigDecimal toBigDecimal(Object value, Position at) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (isSmall(value) || value instanceof BigInteger) {
      return new BigDecimal(toBigInteger(value, at));
    }
    throw at.mismatch("Decimal or int", value);
  }
}
