package io.github.rq4j.codec.python;

/** The quoting of {@code str} and {@code bytes} in Python's {@code repr}. */
final class TextRepr {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private TextRepr() {}

  /** Appends a str; stops early once the output is longer than {@code enough}. */
  static void appendStr(StringBuilder out, String text, int enough) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    for (int i = 0; i < text.length() && out.length() <= enough; ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (codePoint < 0x7f) {
        appendAscii(out, codePoint, quote);
      } else if (isPrintable(codePoint)) {
        out.appendCodePoint(codePoint);
      } else {
        appendEscape(out, codePoint);
      }
    }
    out.append(quote);
  }

  /** Appends bytes with their prefix; stops early once the output is longer than needed. */
  static void appendBytes(StringBuilder out, byte[] bytes, int enough) {
    char quote = quoteFor(bytes);
    appendBytes(out, bytes, quote, quote, enough);
  }

  /** Appends a bytearray, whose single quotes CPython escapes between double quotes also. */
  static void appendByteArray(StringBuilder out, byte[] bytes, int enough) {
    out.append("bytearray(");
    appendBytes(out, bytes, quoteFor(bytes), '\'', enough);
    out.append(')');
  }

  private static char quoteFor(byte[] bytes) {
    return contains(bytes, '\'') && !contains(bytes, '"') ? '"' : '\'';
  }

  private static void appendBytes(
      StringBuilder out, byte[] bytes, char quote, char escaped, int enough) {
    out.append('b').append(quote);
    for (int i = 0; i < bytes.length && out.length() <= enough; i++) {
      int value = bytes[i] & 0xff;
      if (value < 0x7f) {
        appendAscii(out, value, escaped);
      } else {
        appendEscape(out, value);
      }
    }
    out.append(quote);
  }

  private static boolean contains(byte[] bytes, char wanted) {
    for (byte value : bytes) {
      if (value == wanted) {
        return true;
      }
    }
    return false;
  }

  private static void appendAscii(StringBuilder out, int character, char escaped) {
    switch (character) {
      case '\\' -> out.append("\\\\");
      case '\t' -> out.append("\\t");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      default -> {
        if (character < ' ') {
          appendEscape(out, character);
        } else {
          if (character == escaped) {
            out.append('\\');
          }
          out.append((char) character);
        }
      }
    }
  }

  private static void appendEscape(StringBuilder out, int codePoint) {
    if (codePoint <= 0xff) {
      appendHex(out.append("\\x"), codePoint, 2);
    } else if (codePoint <= 0xffff) {
      appendHex(out.append("\\u"), codePoint, 4);
    } else {
      appendHex(out.append("\\U"), codePoint, 8);
    }
  }

  private static void appendHex(StringBuilder out, int value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(HEX[(value >> shift) & 0xf]);
    }
  }

  /**
   * Python's {@code str.isprintable}, by the Unicode tables of the running Java. They differ from
   * Python's only in characters that one of the two does not know yet.
   */
  static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      default -> true;
    };
  }
}
