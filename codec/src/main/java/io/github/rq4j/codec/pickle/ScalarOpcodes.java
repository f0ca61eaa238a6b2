package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonBytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.razorvine.pickle.PickleUtils;

/** Reads the numbers, texts and bytes of the less frequent opcodes. */
final class ScalarOpcodes {
  private final PickleInput input;
  private final CodecLimits limits;
  private final Python2Strings python2Strings;
  private final NumberText numbers;

  ScalarOpcodes(PickleInput input, CodecLimits limits, Python2Strings python2Strings) {
    this.input = input;
    this.limits = limits;
    this.python2Strings = python2Strings;
    numbers = new NumberText(limits.maxIntDigits());
  }

  /** The line of INT, which may be a boolean. */
  Object intLine() {
    String line = input.line();
    try {
      return numbers.integerOrBoolean(line);
    } catch (NumberFormatException e) {
      throw notAnInteger();
    } catch (NumberText.TooManyDigits e) {
      throw tooManyDigits();
    }
  }

  Object longLine() {
    String line = input.line();
    return number(line.endsWith("L") ? line.substring(0, line.length() - 1) : line, 0);
  }

  double floatLine() {
    try {
      return NumberText.floating(input.line());
    } catch (NumberFormatException e) {
      throw input.malformed("the line is not a number");
    }
  }

  /** The line of GET and PUT. */
  long memoIndex() {
    if (!(number(input.line(), 10) instanceof Long index) || index < 0) {
      throw input.malformed("the memo index is out of range");
    }
    return index;
  }

  private Object number(String line, int radix) {
    try {
      return numbers.literal(line, radix);
    } catch (NumberFormatException e) {
      throw notAnInteger();
    } catch (NumberText.TooManyDigits e) {
      throw tooManyDigits();
    }
  }

  private MalformedPayloadException notAnInteger() {
    return input.malformed("the line is not an integer");
  }

  private MalformedPayloadException tooManyDigits() {
    return input.exceeded("maxIntDigits", limits.maxIntDigits());
  }

  /** An integer in two's complement, little-endian, as short as it gets or longer. */
  Object binaryInteger(long length) {
    int start = input.take(length);
    if (length > Long.BYTES) {
      return bigInteger(start, (int) length);
    }
    long value = 0;
    for (int i = start + (int) length - 1; i >= start; i--) {
      value = value << Byte.SIZE | (input.bytes[i] & 0xFF);
    }
    int unused = Long.SIZE - Byte.SIZE * (int) length;
    return length == 0 ? 0L : value << unused >> unused;
  }

  private Object bigInteger(int start, int length) {
    if (length > limits.maxIntBytes()) {
      throw input.exceeded("maxIntBytes", limits.maxIntBytes());
    }
    byte[] bytes = Arrays.copyOfRange(input.bytes, start, start + length);
    Number number = PickleUtils.decode_long(bytes);
    return number instanceof BigInteger big ? NumberText.narrow(big) : number.longValue();
  }

  String text(long length) {
    int start = input.takeContent(length);
    String text = TextDecoding.utf8(input.bytes, start, (int) length);
    if (text == null) {
      throw input.malformed("the text is not valid UTF-8");
    }
    return text;
  }

  String unicodeLine() {
    String text = TextDecoding.rawUnicodeEscape(input.line());
    if (text == null) {
      throw input.malformed("an escape is cut short or out of range");
    }
    return TextDecoding.shared(text);
  }

  /** The line of STRING, in quotes and with escapes. */
  Object stringLine() {
    String text = TextDecoding.quoted(input.line());
    if (text == null) {
      throw input.malformed("the line is not a quoted string");
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return string(bytes, 0, bytes.length);
  }

  /** An 8-bit string of Python 2. */
  Object string(long length) {
    int start = input.takeContent(length);
    return string(input.bytes, start, (int) length);
  }

  private Object string(byte[] bytes, int start, int length) {
    if (python2Strings == Python2Strings.LATIN1) {
      return TextDecoding.latin1(bytes, start, length);
    }
    if (python2Strings == Python2Strings.UTF8_OR_BYTES) {
      String text = TextDecoding.strictUtf8(bytes, start, length);
      if (text != null) {
        return text;
      }
    }
    return PythonBytes.fromArray(bytes, start, length);
  }

  PythonBytes bytes(long length) {
    int start = input.takeContent(length);
    return PythonBytes.fromArray(input.bytes, start, (int) length);
  }

  PythonByteArray byteArray(long length) {
    int start = input.takeContent(length);
    return PythonByteArray.fromArray(input.bytes, start, (int) length);
  }
}
