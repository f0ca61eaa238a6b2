package io.github.rq4j.codec.json;

import io.github.rq4j.codec.UnsupportedValueException;
import java.util.Arrays;

/** The text as it grows; all of it is ASCII. */
final class JsonOutput {
  private static final int LONGEST = Integer.MAX_VALUE - 8;
  private static final int LONGEST_ESCAPE = 6;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private byte[] buffer = new byte[512];
  private int position;

  byte[] toByteArray() {
    return Arrays.copyOf(buffer, position);
  }

  void put(char c) {
    reserve(1);
    buffer[position++] = (byte) c;
  }

  /** Text of ASCII that needs no escapes. */
  void put(String ascii) {
    int length = ascii.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      buffer[position++] = (byte) ascii.charAt(i);
    }
  }

  /** A string with its quotes. */
  void putString(String text) {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
        put(c);
      } else {
        putEscape(c);
      }
    }
    put('"');
  }

  private void putEscape(char c) {
    reserve(LONGEST_ESCAPE);
    buffer[position++] = '\\';
    switch (c) {
      case '"', '\\' -> put(c);
      case '\n' -> put('n');
      case '\r' -> put('r');
      case '\t' -> put('t');
      case '\f' -> put('f');
      case '\b' -> put('b');
      default -> {
        put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
          put(HEX[(c >> shift) & 0xf]);
        }
      }
    }
  }

  private void reserve(int room) {
    if (buffer.length - position < room) {
      long needed = (long) position + room;
      if (needed > LONGEST) {
        throw new UnsupportedValueException(
            "the text would exceed 2 GiB, the most that a Java array holds; split the value");
      }
      long roomy = Math.min(LONGEST, 2L * buffer.length);
      buffer = Arrays.copyOf(buffer, (int) Math.max(needed, roomy));
    }
  }
}
