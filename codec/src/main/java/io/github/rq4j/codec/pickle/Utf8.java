package io.github.rq4j.codec.pickle;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * UTF-8 as pickles hold it: a surrogate without its partner becomes three bytes of its own, where
 * Java's encoder would put a question mark.
 */
final class Utf8 {
  private Utf8() {}

  /** The bytes of a text. */
  static byte[] encode(String text) {
    byte[] ascii = encodeAscii(text);
    if (ascii != null) {
      return ascii;
    }
    byte[] bytes = new byte[length(text)];
    encode(text, bytes, 0);
    return bytes;
  }

  /**
   * Writes a text where at least three bytes per character are free.
   *
   * @return the index after the last byte
   */
  static int encode(String text, byte[] target, int start) {
    int out = start;
    int length = text.length();
    int i = 0;
    for (char c; i < length && (c = text.charAt(i)) < 0x80; i++) {
      target[out++] = (byte) c;
    }
    return i == length ? out : encodeRest(text, i, target, out);
  }

  private static int encodeRest(String text, int from, byte[] target, int start) {
    int out = start;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        target[out++] = (byte) c;
      } else if (c < 0x800) {
        target[out++] = (byte) (0xc0 | (c >> 6));
        target[out++] = (byte) (0x80 | (c & 0x3f));
      } else if (startsPair(text, i)) {
        int point = text.codePointAt(i++);
        target[out++] = (byte) (0xf0 | (point >> 18));
        target[out++] = (byte) (0x80 | ((point >> 12) & 0x3f));
        target[out++] = (byte) (0x80 | ((point >> 6) & 0x3f));
        target[out++] = (byte) (0x80 | (point & 0x3f));
      } else {
        target[out++] = (byte) (0xe0 | (c >> 12));
        target[out++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        target[out++] = (byte) (0x80 | (c & 0x3f));
      }
    }
    return out;
  }

  private static int length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length = Math.addExact(length, 1);
      } else if (c < 0x800) {
        length = Math.addExact(length, 2);
      } else if (startsPair(text, i)) {
        length = Math.addExact(length, 4);
        i++;
      } else {
        length = Math.addExact(length, 3);
      }
    }
    return length;
  }

  private static boolean startsPair(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1));
  }

  /**
   * The fast way for long ASCII text, made of the JVM's own array copies. The way back tells a
   * question mark from one that the encoder put in place of a surrogate.
   */
  private static byte @Nullable [] encodeAscii(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean same =
        bytes.length == text.length()
            && new String(bytes, StandardCharsets.ISO_8859_1).equals(text);
    return same ? bytes : null;
  }
}
