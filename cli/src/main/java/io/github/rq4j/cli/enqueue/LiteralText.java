package io.github.rq4j.cli.enqueue;

import io.github.rq4j.codec.python.PythonBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Texts and bytes in the notations of Python; those that follow each other are joined. */
final class LiteralText {
  private static final Set<String> PREFIXES = Set.of("", "r", "u", "b", "br", "rb");

  /** Python has one object for each, which a pickle shows. */
  private static final List<PythonBytes> SINGLE =
      IntStream.range(0, 256).mapToObj(i -> PythonBytes.fromArray(new byte[] {(byte) i})).toList();

  private final LiteralInput in;
  private final StringBuilder text = new StringBuilder();
  private boolean isRaw;
  private boolean isBytes;

  private LiteralText(LiteralInput in) {
    this.in = in;
  }

  /** Whether one begins here. */
  static boolean isNext(LiteralInput in) {
    int length = 0;
    StringBuilder prefix = new StringBuilder();
    while (length < 3 && LiteralInput.isNamePart(in.peek(length))) {
      prefix.append((char) in.peek(length++));
    }
    int quote = in.peek(length);
    return (quote == '"' || quote == '\'')
        && PREFIXES.contains(prefix.toString().toLowerCase(Locale.ROOT));
  }

  /**
   * Reads one.
   *
   * @return a {@code String} of its own, or {@code PythonBytes}
   * @throws IllegalArgumentException if it is not well formed
   */
  static Object read(LiteralInput in) {
    LiteralText literal = new LiteralText(in);
    boolean isFirst = true;
    while (isNext(in)) {
      String prefix = in.name().toLowerCase(Locale.ROOT);
      boolean bytes = prefix.indexOf('b') >= 0;
      if (!isFirst && bytes != literal.isBytes) {
        throw in.failure("bytes and text cannot be joined");
      }
      literal.isBytes = bytes;
      literal.isRaw = prefix.indexOf('r') >= 0;
      literal.part();
      in.skipBlanks();
      isFirst = false;
    }
    String text = literal.text.toString();
    return literal.isBytes ? bytes(text) : text;
  }

  private static PythonBytes bytes(String text) {
    return text.length() == 1
        ? SINGLE.get(text.charAt(0))
        : PythonBytes.fromArray(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void part() {
    char quote = (char) in.next();
    String end = String.valueOf(quote).repeat(3);
    boolean isLong = in.take(end.substring(1));
    if (!isLong) {
      end = String.valueOf(quote);
    }
    while (!in.take(end)) {
      int c = in.next();
      if (c == LiteralInput.END || (!isLong && c == '\n')) {
        throw in.failure("a text has no end");
      }
      if (c == '\\') {
        escape();
      } else {
        plain(c);
      }
    }
  }

  private void plain(int c) {
    if (isBytes && c > 0x7f) {
      throw in.failure("bytes may hold ASCII only");
    }
    text.append((char) c);
  }

  private void escape() {
    int c = in.next();
    if (c == LiteralInput.END) {
      throw in.failure("a text has no end");
    }
    if (isRaw) {
      text.append('\\');
      plain(c);
      return;
    }
    int simple = "\\'\"abfnrtv".indexOf(c);
    if (simple >= 0) {
      text.append("\\'\"\u0007\b\f\n\r\t\u000b".charAt(simple));
    } else if (c >= '0' && c <= '7') {
      octal(c - '0');
    } else if (c == 'x') {
      text.append((char) hex(2));
    } else if (!isBytes && (c == 'u' || c == 'U')) {
      codePoint(hex(c == 'u' ? 4 : 8));
    } else if (!isBytes && c == 'N') {
      named();
    } else if (c != '\n') {
      text.append('\\');
      plain(c);
    }
  }

  private void octal(int first) {
    int value = first;
    for (int i = 0; i < 2 && in.peek() >= '0' && in.peek() <= '7'; i++) {
      value = value * 8 + (in.next() - '0');
    }
    text.append((char) (isBytes ? value & 0xff : value));
  }

  private int hex(int digits) {
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = in.peek() == LiteralInput.END ? -1 : Character.digit((char) in.next(), 16);
      if (digit < 0) {
        throw in.failure(digits + " hexadecimal digits expected");
      }
      value = value * 16 + digit;
    }
    if (value > Character.MAX_CODE_POINT) {
      throw in.failure("there is no such character");
    }
    return (int) value;
  }

  private void codePoint(int value) {
    text.appendCodePoint(value);
  }

  private void named() {
    in.expect('{');
    StringBuilder name = new StringBuilder();
    while (in.peek() != '}') {
      int c = in.next();
      if (c == LiteralInput.END) {
        throw in.failure("'}' expected");
      }
      name.append((char) c);
    }
    in.expect('}');
    try {
      codePoint(Character.codePointOf(name.toString()));
    } catch (IllegalArgumentException e) {
      throw in.failure("there is no character of this name");
    }
  }
}
