package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.UnsupportedValueException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a pickle, the place of reading, and failures that tell the place. Nothing is
 * allocated on the word of the pickle: each length is compared with what is left of it.
 */
final class PickleInput {
  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LITTLE_ENDIAN_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  final byte[] bytes;

  /** Where the next byte is read. */
  int position;

  /** Where the opcode at work begins. */
  int opcodeStart;

  private final int maxTextBytes;

  PickleInput(byte[] bytes, CodecLimits limits) {
    this.bytes = bytes;
    maxTextBytes = limits.maxTextBytes();
  }

  int unsigned1() {
    return bytes[take(1)] & 0xFF;
  }

  long unsigned4() {
    return (int) LITTLE_ENDIAN_INT.get(bytes, take(4)) & 0xFFFF_FFFFL;
  }

  /** A length of 8 bytes. Beyond 63 bits Python, too, refuses it. */
  long length8() {
    long length = (long) LITTLE_ENDIAN_LONG.get(bytes, take(8));
    if (length < 0) {
      throw malformed("the length is out of range");
    }
    return length;
  }

  /** The length of LONG4, which is signed. */
  long signedLength4() {
    int length = (int) unsigned4();
    if (length < 0) {
      throw malformed("the length is negative");
    }
    return length;
  }

  /** Passes some bytes, which have to be there, and returns where they begin. */
  int take(long length) {
    requireLeft(length);
    int start = position;
    position += (int) length;
    return start;
  }

  /** Fails unless there are as many bytes left. */
  void requireLeft(long length) {
    if (length > bytes.length - position) {
      throw truncated();
    }
  }

  /** Passes the content of a text or bytes value and returns where it begins. */
  int takeContent(long length) {
    int start = take(length);
    if (length > maxTextBytes) {
      throw exceeded("maxTextBytes", maxTextBytes);
    }
    return start;
  }

  /** The rest of the line in Latin-1, without its end. */
  String line() {
    int end = position;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    if (end == bytes.length) {
      throw truncated();
    }
    int start = takeContent(end - position);
    position++;
    return TextDecoding.latin1(bytes, start, end - start);
  }

  /** A line that holds the name of a module, or of something in one. */
  String nameLine() {
    int start = position;
    int length = line().length();
    String name = TextDecoding.utf8(bytes, start, length);
    if (name == null) {
      throw malformed("the name is not valid UTF-8");
    }
    if (name.isEmpty()) {
      throw malformed("the name is empty");
    }
    return name;
  }

  MalformedPayloadException malformed(String problem) {
    return new MalformedPayloadException(place() + problem);
  }

  UnsupportedValueException unsupported(String problem) {
    return new UnsupportedValueException(place() + problem);
  }

  /** The same failure with the place of reading in front. */
  UnsupportedValueException unsupported(UnsupportedValueException cause) {
    return unsupported(String.valueOf(cause.getMessage()));
  }

  MalformedPayloadException truncated() {
    return malformed("the pickle ends within the argument");
  }

  MalformedPayloadException exceeded(String limit, long value) {
    return CodecLimits.exceeded(limit, value, place() + "what the pickle asks for");
  }

  MalformedPayloadException unknownOpcode() {
    String hex = Integer.toHexString(bytes[opcodeStart] & 0xFF);
    return malformed(
        opcodeStart == 0
            ? "the first byte, 0x" + hex + ", is no opcode, so this is not a pickle"
            : "0x" + hex + " is no opcode");
  }

  /** A value's type, for messages. */
  static String type(@Nullable Object value) {
    return value == null ? "None" : "a value of type " + value.getClass().getSimpleName();
  }

  private String place() {
    boolean isAtOpcode = opcodeStart < bytes.length;
    String name = isAtOpcode ? OpcodeNames.of(bytes[opcodeStart] & 0xFF) : null;
    return "pickle, byte " + opcodeStart + (name == null ? ": " : ", " + name + ": ");
  }
}
