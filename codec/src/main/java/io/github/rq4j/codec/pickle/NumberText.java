package io.github.rq4j.codec.pickle;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The numbers that the text opcodes hold on a line, by the rules of C and Python that apply. */
final class NumberText {
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\d++(?:\\.\\d*+)?+|\\.\\d++)(?:[eE][-+]?\\d++)?+");
  private static final Pattern SPECIAL =
      Pattern.compile("([-+]?)(?:(inf(?:inity)?)|nan)", Pattern.CASE_INSENSITIVE);

  private static final long NAN = 0x7ff8_0000_0000_0000L;
  private static final long SIGN = Long.MIN_VALUE;

  private final int maxDigits;

  /**
   * Reads numbers of some length.
   *
   * @param maxDigits beyond as many digits a number that does not fit into 64 bits is refused
   */
  NumberText(int maxDigits) {
    this.maxDigits = maxDigits;
  }

  /** The number has more digits than allowed. */
  static final class TooManyDigits extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyDigits() {
      super("too many digits", null, false, false);
    }
  }

  /**
   * The line of INT: {@code 01} and the like are booleans; C's octal and hexadecimal forms are
   * taken, a NUL ends the number, and what C does not take may still be a literal of Python.
   *
   * @throws NumberFormatException if it is neither
   */
  Object integerOrBoolean(String line) throws TooManyDigits {
    String text = upToNul(line);
    Object number = text.isEmpty() && !line.isEmpty() ? (Long) 0L : ofC(text, skipSpaces(text));
    if (number == null) {
      return literal(line, 0);
    }
    boolean isTwoLong = line.length() == 2;
    if (isTwoLong && number.equals(0L)) {
      return false;
    }
    return isTwoLong && number.equals(1L) ? (Object) true : number;
  }

  /**
   * What C's {@code strtol} with base 0 makes of the whole line, null if it does not take it all.
   */
  private static @Nullable Long ofC(String line, int start) {
    boolean negative = line.startsWith("-", start);
    int at = negative || line.startsWith("+", start) ? start + 1 : start;
    int radix = 10;
    if (line.startsWith("0x", at) || line.startsWith("0X", at)) {
      radix = 16;
      at += 2;
    } else if (line.startsWith("0", at)) {
      radix = 8;
    }
    if (at == line.length()) {
      return null;
    }
    long value = 0;
    for (int i = at; i < line.length(); i++) {
      int digit = digit(line.charAt(i), radix);
      long next = value * radix - digit;
      if (digit < 0 || value < (Long.MIN_VALUE + digit) / radix || next > 0) {
        return null;
      }
      value = next;
    }
    if (!negative && value == Long.MIN_VALUE) {
      return null;
    }
    return negative ? value : -value;
  }

  private static int digit(char unit, int radix) {
    return unit < 0x80 ? Character.digit(unit, radix) : -1;
  }

  /**
   * An integer literal as Python's {@code int(text, radix)} takes it; radix 0 goes by the prefix.
   * Ends at a NUL, as C does.
   *
   * @throws NumberFormatException if the text is none
   */
  Object literal(String line, int radix) throws TooManyDigits {
    String text = upToNul(line);
    int start = skipSpaces(text);
    int end = text.length();
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    boolean negative = text.startsWith("-", start);
    if (negative || text.startsWith("+", start)) {
      start++;
    }
    int base = radix == 0 ? prefix(text, start) : radix;
    boolean prefixed = radix == 0 && base != 10;
    String digits = digits(text, prefixed ? start + 2 : start, end, base, prefixed);
    if (radix == 0 && base == 10 && digits.length() > 1 && digits.startsWith("0")) {
      requireZeros(digits);
    }
    return number(digits, base, negative);
  }

  private static int prefix(String text, int start) {
    if (text.length() - start > 2 && text.charAt(start) == '0') {
      return switch (text.charAt(start + 1)) {
        case 'x', 'X' -> 16;
        case 'o', 'O' -> 8;
        case 'b', 'B' -> 2;
        default -> 10;
      };
    }
    return 10;
  }

  /** The digits without underscores, of which one may stand between digits or after a prefix. */
  private static String digits(String text, int start, int end, int base, boolean prefixed) {
    StringBuilder digits = new StringBuilder(Math.max(0, end - start));
    boolean mayBeUnderscore = prefixed;
    for (int i = start; i < end; i++) {
      char unit = text.charAt(i);
      if (unit == '_' && mayBeUnderscore) {
        mayBeUnderscore = false;
      } else if (digit(unit, base) >= 0) {
        digits.append(unit);
        mayBeUnderscore = true;
      } else {
        throw new NumberFormatException();
      }
    }
    if (digits.length() == 0 || !mayBeUnderscore) {
      throw new NumberFormatException();
    }
    return digits.toString();
  }

  private static void requireZeros(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) != '0') {
        throw new NumberFormatException();
      }
    }
  }

  private Object number(String digits, int base, boolean negative) throws TooManyDigits {
    if (digits.length() <= 18 && base == 10) {
      long value = Long.parseLong(digits);
      return negative ? -value : value;
    }
    if (digits.length() > maxDigits) {
      throw new TooManyDigits();
    }
    BigInteger value = new BigInteger(digits, base);
    return narrow(negative ? value.negate() : value);
  }

  /** A {@code Long} if the number fits, else the number. */
  static Object narrow(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  /**
   * The line of FLOAT, as Python's {@code float} takes it but without spaces and underscores.
   *
   * @throws NumberFormatException if it is no such number or out of range
   */
  static double floating(String line) {
    String text = upToNul(line);
    if (FLOAT.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      if (Double.isInfinite(value)) {
        throw new NumberFormatException();
      }
      return value;
    }
    var special = SPECIAL.matcher(text);
    if (!special.matches()) {
      throw new NumberFormatException();
    }
    boolean negative = special.group(1).equals("-");
    if (special.group(2) == null) {
      return Double.longBitsToDouble(negative ? NAN | SIGN : NAN);
    }
    return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** What C sees of a line: its strings end at a NUL. */
  private static String upToNul(String line) {
    int nul = line.indexOf('\0');
    return nul < 0 ? line : line.substring(0, nul);
  }

  private static int skipSpaces(String line) {
    int at = 0;
    while (at < line.length() && isSpace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(char unit) {
    return unit == ' ' || (unit >= '\t' && unit <= '\r');
  }
}
