package io.github.rq4j.codec.binding;

import static java.util.Map.entry;

import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonBytes;
import java.nio.ByteBuffer;
import java.util.Map;

/** Text and bytes, which are two different things as in Python 3. */
final class TextTargets {
  static final Map<Class<?>, Target> ALL =
      Map.ofEntries(
          entry(String.class, TextTargets::toText),
          entry(char.class, TextTargets::toCharacter),
          entry(Character.class, TextTargets::toCharacter),
          entry(byte[].class, TextTargets::toBytes),
          entry(ByteBuffer.class, TextTargets::toByteBuffer));

  private TextTargets() {}

  private static String toText(Object value, Position at) {
    if (value instanceof String text) {
      return text;
    }
    throw at.mismatch("str", value);
  }

  private static Character toCharacter(Object value, Position at) {
    if (value instanceof String text && text.length() == 1) {
      return text.charAt(0);
    }
    if (value instanceof String) {
      throw at.failure("expected a str of one character that fits Java's char");
    }
    throw at.mismatch("str of one character", value);
  }

  private static byte[] toBytes(Object value, Position at) {
    if (value instanceof PythonBytes bytes) {
      return bytes.toByteArray();
    }
    if (value instanceof PythonByteArray bytes) {
      return bytes.toByteArray();
    }
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    throw at.mismatch("bytes or bytearray", value);
  }

  private static ByteBuffer toByteBuffer(Object value, Position at) {
    return ByteBuffer.wrap(toBytes(value, at)).asReadOnlyBuffer();
  }
}
