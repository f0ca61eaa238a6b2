package io.github.rq4j.cli.enqueue;

import io.github.rq4j.codec.python.PythonComplex;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers without sign, in the notations of Python. */
final class LiteralNumber {
  /** Python refuses to read more, since it takes long. */
  private static final int MOST_DIGITS = 4_300;

  private static final String DIGITS = "[0-9](?:_?[0-9])*";
  private static final Pattern DECIMAL = Pattern.compile("0(?:_?0)*|[1-9](?:_?[0-9])*");
  private static final Pattern PREFIXED =
      Pattern.compile("0(?:x(?:_?[0-9a-f])+|o(?:_?[0-7])+|b(?:_?[01])+)");
  private static final Pattern FLOAT =
      Pattern.compile("(?:(?:%1$s)?\\.%1$s|%1$s\\.?)(?:e[+-]?%1$s)?".formatted(DIGITS));

  private LiteralNumber() {}

  /**
   * Reads a number.
   *
   * @return a {@code Long} or {@code BigInteger}, a {@code Double}, or a {@code PythonComplex}
   * @throws IllegalArgumentException if there is none
   */
  static Object read(LiteralInput in) {
    String token = token(in).toLowerCase(Locale.ROOT);
    if (token.endsWith("j") && FLOAT.matcher(token.substring(0, token.length() - 1)).matches()) {
      return new PythonComplex(0, floating(token.substring(0, token.length() - 1)));
    }
    String digits = token.replace("_", "");
    if (DECIMAL.matcher(token).matches() && digits.length() <= MOST_DIGITS) {
      return integer(new BigInteger(digits));
    }
    if (PREFIXED.matcher(token).matches()) {
      int radix = token.charAt(1) == 'x' ? 16 : token.charAt(1) == 'o' ? 8 : 2;
      return integer(new BigInteger(digits.substring(2), radix));
    }
    boolean isFloat = token.indexOf('.') >= 0 || token.indexOf('e') >= 0;
    if (isFloat && FLOAT.matcher(token).matches()) {
      return floating(token);
    }
    throw in.failure("a number expected");
  }

  private static double floating(String token) {
    return Double.parseDouble(token.replace("_", ""));
  }

  private static Object integer(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  /** All that could belong to the number: letters, digits, dots, and the sign of an exponent. */
  private static String token(LiteralInput in) {
    StringBuilder token = new StringBuilder();
    while (LiteralInput.isNamePart(in.peek()) || in.peek() == '.' || isExponentSign(in, token)) {
      token.append((char) in.next());
    }
    return token.toString();
  }

  private static boolean isExponentSign(LiteralInput in, StringBuilder token) {
    int last = token.length() - 1;
    boolean isSign = in.peek() == '+' || in.peek() == '-';
    boolean isHex = token.length() > 1 && Character.toLowerCase(token.charAt(1)) == 'x';
    return isSign && last >= 0 && !isHex && Character.toLowerCase(token.charAt(last)) == 'e';
  }
}
