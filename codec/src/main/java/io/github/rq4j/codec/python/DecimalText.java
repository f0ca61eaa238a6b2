package io.github.rq4j.codec.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of Python's {@code Decimal}. */
final class DecimalText {
  private static final Pattern NUMBER =
      Pattern.compile("([-+]?)(?:(\\d++)(?:\\.(\\d*+))?+|\\.(\\d++))(?:[eE]([-+]?\\d++))?+");
  private static final Pattern SPECIAL =
      Pattern.compile("([-+]?)(?:(inf(?:inity)?)|(s?)nan(\\d*))", Pattern.CASE_INSENSITIVE);

  /** Python's own bound of exponents. */
  private static final long MAX_EXPONENT = 999_999_999_999_999_999L;

  private static final int MAX_EXPONENT_DIGITS = 19;

  private DecimalText() {}

  static Object parse(String given) {
    String text = withPlainDigits(given.strip());
    Matcher number = NUMBER.matcher(text);
    if (number.matches()) {
      return finite(number);
    }
    Matcher special = SPECIAL.matcher(text);
    if (special.matches()) {
      return special(special);
    }
    throw new IllegalArgumentException("not a decimal number");
  }

  /** Drops underscores and writes the digits of all scripts as those of ASCII. */
  private static String withPlainDigits(String text) {
    if (text.chars().allMatch(unit -> unit < 0x80 && unit != '_')) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .filter(point -> point != '_')
        .forEach(
            point -> {
              if (Character.isDigit(point)) {
                plain.append(Character.digit(point, 10));
              } else {
                plain.appendCodePoint(point);
              }
            });
    return plain.toString();
  }

  private static Object special(Matcher match) {
    String sign = match.group(1).equals("-") ? "-" : "";
    if (match.group(2) != null) {
      return new PythonDecimal(sign + "Infinity");
    }
    String digits = withoutLeadingZeros(match.group(4));
    String signalling = match.group(3).isEmpty() ? "" : "s";
    return new PythonDecimal(sign + signalling + "NaN" + digits);
  }

  private static String withoutLeadingZeros(String digits) {
    int start = 0;
    while (start < digits.length() && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static Object finite(Matcher match) {
    boolean negative = match.group(1).equals("-");
    String whole = match.group(2) == null ? "" : match.group(2);
    String part = match.group(2) == null ? match.group(4) : match.group(3);
    String fraction = part == null ? "" : part;
    String digits = withoutLeadingZeros(whole + fraction);
    long exponent = exponent(match.group(5)) - fraction.length();
    if (digits.isEmpty()) {
      exponent = Math.max(-2 * MAX_EXPONENT, Math.min(MAX_EXPONENT, exponent));
    } else if (Math.abs(exponent + digits.length() - 1) > MAX_EXPONENT) {
      throw new IllegalArgumentException("the exponent is out of range");
    }
    boolean fits = exponent == (int) exponent && exponent != Integer.MIN_VALUE;
    if (fits && !(negative && digits.isEmpty())) {
      BigInteger unscaled = digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
      return new BigDecimal(negative ? unscaled.negate() : unscaled, (int) -exponent);
    }
    return new PythonDecimal(
        (negative ? "-" : "") + text(digits.isEmpty() ? "0" : digits, exponent));
  }

  private static long exponent(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    if (withoutLeadingZeros(text.replaceFirst("^[-+]", "")).length() > MAX_EXPONENT_DIGITS - 1) {
      throw new IllegalArgumentException("the exponent is out of range");
    }
    return Long.parseLong(text);
  }

  /** The number as Python writes it, without sign. */
  private static String text(String digits, long exponent) {
    long point = digits.length() + exponent;
    if (exponent > 0 || point <= -6) {
      String mantissa =
          digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
      return point == 1 ? mantissa : mantissa + "E" + (point > 1 ? "+" : "") + (point - 1);
    }
    if (point <= 0) {
      return "0." + "0".repeat((int) -point) + digits;
    }
    return exponent == 0
        ? digits
        : digits.substring(0, (int) point) + "." + digits.substring((int) point);
  }
}
