package io.github.rq4j.codec.pickle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The ways in which a pickle encodes text: UTF-8, and the escapes of protocol 0. */
final class TextDecoding {
  private TextDecoding() {}

  /**
   * Text in UTF-8, in which encoded surrogates are let through as Python's pickler writes them. The
   * empty text and the characters of Latin-1 are one object each, as they are in Python.
   *
   * @return null if the bytes are not valid
   */
  static @Nullable String utf8(byte[] bytes, int offset, int length) {
    if (length < 2) {
      if (length == 0) {
        return "";
      }
      return bytes[offset] >= 0 ? Latin1.text(bytes[offset]) : null;
    }
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      return withSurrogates(bytes, offset, length);
    }
    return text.length() == 1 ? shared(text) : text;
  }

  /** The one object for a character of Latin-1. */
  static String shared(String text) {
    return text.length() == 1 && text.charAt(0) < Latin1.SIZE ? Latin1.text(text.charAt(0)) : text;
  }

  /** Text in UTF-8 without any exception; null if invalid. */
  static @Nullable String strictUtf8(byte[] bytes, int offset, int length) {
    String text = utf8(bytes, offset, length);
    if (text == null || text.chars().noneMatch(TextDecoding::isSurrogate)) {
      return text;
    }
    byte[] again = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(again, 0, again.length, bytes, offset, offset + length) ? text : null;
  }

  private static boolean isSurrogate(int unit) {
    return Character.isSurrogate((char) unit);
  }

  /** Each byte one character. */
  static String latin1(byte[] bytes, int offset, int length) {
    if (length < 2) {
      return length == 0 ? "" : Latin1.text(bytes[offset] & 0xFF);
    }
    return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
  }

  /** Strict UTF-8 but for surrogates; null if invalid. */
  private static @Nullable String withSurrogates(byte[] bytes, int offset, int length) {
    StringBuilder text = new StringBuilder(length);
    int end = offset + length;
    int at = offset;
    while (at < end) {
      int lead = bytes[at] & 0xFF;
      int size = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      if (size == 0 || lead > 0xF4 || end - at < size) {
        return null;
      }
      int point = size == 1 ? lead : lead & (0x7F >> size);
      for (int i = 1; i < size; i++) {
        int next = bytes[at + i] & 0xFF;
        if ((next & 0xC0) != 0x80) {
          return null;
        }
        point = point << 6 | (next & 0x3F);
      }
      boolean overlong = size == 3 ? point < 0x800 : size == 4 && point < 0x10000;
      if (overlong || point > Character.MAX_CODE_POINT) {
        return null;
      }
      text.appendCodePoint(point);
      at += size;
    }
    return text.toString();
  }

  /**
   * The line of UNICODE: Latin-1 with {@code \}{@code uXXXX} and {@code \UXXXXXXXX}.
   *
   * @return null if an escape is cut short or out of range
   */
  static @Nullable String rawUnicodeEscape(String line) {
    if (line.indexOf('\\') < 0) {
      return line;
    }
    StringBuilder text = new StringBuilder(line.length());
    for (int at = 0; at < line.length(); ) {
      char unit = line.charAt(at++);
      text.append(unit);
      if (unit == '\\' && at < line.length()) {
        char kind = line.charAt(at++);
        if (kind == 'u' || kind == 'U') {
          int digits = kind == 'u' ? 4 : 8;
          int point = hexadecimal(line, at, digits);
          if (point < 0 || point > Character.MAX_CODE_POINT) {
            return null;
          }
          text.setLength(text.length() - 1);
          text.appendCodePoint(point);
          at += digits;
        } else {
          text.append(kind);
        }
      }
    }
    return text.toString();
  }

  /** The number of some hexadecimal digits, -1 if they are not there or too large. */
  private static int hexadecimal(String line, int start, int digits) {
    if (line.length() - start < digits) {
      return -1;
    }
    long value = 0;
    for (int i = start; i < start + digits; i++) {
      char unit = line.charAt(i);
      int digit = unit < 0x80 ? Character.digit(unit, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value > Integer.MAX_VALUE ? -1 : (int) value;
  }

  /**
   * The quoted line of STRING, as bytes in Latin-1.
   *
   * @return null if quotes are missing or an escape is cut short
   */
  static @Nullable String quoted(String line) {
    int last = line.length() - 1;
    if (last < 1 || line.charAt(0) != line.charAt(last)) {
      return null;
    }
    if (line.charAt(0) != '\'' && line.charAt(0) != '"') {
      return null;
    }
    String body = line.substring(1, last);
    return body.indexOf('\\') < 0 ? body : unescaped(body);
  }

  private static @Nullable String unescaped(String body) {
    StringBuilder text = new StringBuilder(body.length());
    for (int at = 0; at < body.length(); ) {
      char unit = body.charAt(at++);
      if (unit != '\\') {
        text.append(unit);
        continue;
      }
      if (at == body.length()) {
        return null;
      }
      char kind = body.charAt(at++);
      if (kind >= '0' && kind <= '7') {
        int value = kind - '0';
        for (int more = 0; more < 2 && at < body.length() && isOctal(body.charAt(at)); more++) {
          value = value * 8 + body.charAt(at++) - '0';
        }
        text.append((char) (value & 0xFF));
      } else if (kind == 'x') {
        int value = hexadecimal(body, at, 2);
        if (value < 0) {
          return null;
        }
        text.append((char) value);
        at += 2;
      } else {
        appendEscape(kind, text);
      }
    }
    return text.toString();
  }

  private static boolean isOctal(char unit) {
    return unit >= '0' && unit <= '7';
  }

  private static void appendEscape(char kind, StringBuilder text) {
    switch (kind) {
      case '\n' -> {}
      case '\\', '\'', '"' -> text.append(kind);
      case 'a' -> text.append('\u0007');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'v' -> text.append('\u000B');
      default -> text.append('\\').append(kind);
    }
  }
}
