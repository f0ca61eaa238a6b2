package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.python.PythonArray;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of an {@code array.array}: a list below protocol 3, above it bytes in a layout
 * that has a number.
 */
final class ArrayContent {
  private static final String ARRAY = "array.array";
  private static final PythonGlobal CLASS = new PythonGlobal("array", "array");
  private static final int FLOATS = 14;
  private static final int DOUBLES = 16;

  /** The bytes of an element by the number of the layout. */
  private static final int[] WIDTHS = {1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 8, 8};

  private ArrayContent() {}

  /** The array of a call of the class: type code and elements. */
  static @Nullable Object ofCall(PythonTuple args, CodecLimits limits) throws BadArguments {
    if (args.isEmpty() || args.size() > 2) {
      throw BadArguments.of(ARRAY);
    }
    if (isText(args.get(0))) {
      return null;
    }
    char code = code(args.get(0));
    Object content = args.size() == 1 ? new PythonList() : args.get(1);
    return content instanceof PythonList list ? ofList(code, list) : null;
  }

  private static PythonArray ofList(char code, PythonList list) throws BadArguments {
    int size = list.size();
    if (isFloat(code)) {
      double[] numbers = new double[size];
      for (int i = 0; i < size; i++) {
        if (!(list.get(i) instanceof Double number)) {
          throw BadArguments.of(ARRAY);
        }
        numbers[i] = number;
      }
      return PythonArray.ofDoubles(code, numbers);
    }
    long[] numbers = new long[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = integer(code, list.get(i));
    }
    return PythonArray.ofLongs(code, numbers);
  }

  private static long integer(char code, @Nullable Object element) throws BadArguments {
    if (element instanceof Long number) {
      return checked(code, number);
    }
    if (isUnsigned64(code)
        && element instanceof BigInteger number
        && number.signum() > 0
        && number.bitLength() <= Long.SIZE) {
      return number.longValue();
    }
    throw BadArguments.of(ARRAY);
  }

  /** The number, if the type of elements can hold it. */
  private static long checked(char code, long number) throws BadArguments {
    int bits = width(code) * Byte.SIZE;
    boolean fits =
        Character.isUpperCase(code)
            ? number >= 0 && (bits == Long.SIZE || number >>> bits == 0)
            : bits == Long.SIZE || number >> (bits - 1) == 0 || number >> (bits - 1) == -1;
    if (!fits) {
      throw BadArguments.of(ARRAY);
    }
    return number;
  }

  /** The array of class, type code, number of the layout, and bytes. */
  static @Nullable Object ofReconstructor(PythonTuple args, CodecLimits limits)
      throws BadArguments {
    if (args.size() == 4 && isText(args.get(1))) {
      return null;
    }
    if (args.size() != 4
        || !(args.get(2) instanceof Long layout)
        || !(args.get(3) instanceof PythonBytes bytes)
        || layout < 0
        || layout >= WIDTHS.length) {
      throw BadArguments.of(ARRAY);
    }
    if (!CLASS.equals(args.get(0))) {
      return null;
    }
    return ofBytes(code(args.get(1)), layout.intValue(), bytes);
  }

  private static PythonArray ofBytes(char code, int layout, PythonBytes content)
      throws BadArguments {
    int width = WIDTHS[layout];
    int size = content.length() / width;
    if (content.length() % width != 0 || isFloat(code) != (layout >= FLOATS)) {
      throw BadArguments.of(ARRAY);
    }
    boolean isBigEndian = layout >= 2 && (layout & 1) == 1;
    ByteBuffer bytes =
        ByteBuffer.wrap(content.toByteArray())
            .order(isBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    if (layout >= FLOATS) {
      double[] numbers = new double[size];
      for (int i = 0; i < size; i++) {
        numbers[i] = layout < DOUBLES ? bytes.getFloat() : bytes.getDouble();
      }
      return PythonArray.ofDoubles(code, numbers);
    }
    long[] numbers = new long[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = integer(code, layout, width, bytes);
    }
    return PythonArray.ofLongs(code, numbers);
  }

  private static long integer(char code, int layout, int width, ByteBuffer bytes)
      throws BadArguments {
    boolean isSigned = layout == 1 || (layout > 1 && (layout - 2) / 2 % 2 == 1);
    long number =
        switch (width) {
          case 1 -> isSigned ? bytes.get() : bytes.get() & 0xFF;
          case 2 -> isSigned ? bytes.getShort() : bytes.getShort() & 0xFFFF;
          case 4 -> isSigned ? bytes.getInt() : bytes.getInt() & 0xFFFF_FFFFL;
          default -> bytes.getLong();
        };
    boolean isBeyondLong = width == Long.BYTES && !isSigned && number < 0;
    if (!isBeyondLong) {
      return checked(code, number);
    }
    if (!isUnsigned64(code)) {
      throw BadArguments.of(ARRAY);
    }
    return number;
  }

  /** Arrays of characters have no Java form. */
  private static boolean isText(@Nullable Object code) {
    return code instanceof String text && text.length() == 1 && "cuw".contains(text);
  }

  private static char code(@Nullable Object code) throws BadArguments {
    if (code instanceof String text && text.length() == 1 && "bBhHiIlLqQfd".contains(text)) {
      return text.charAt(0);
    }
    throw BadArguments.of(ARRAY);
  }

  private static boolean isUnsigned64(char code) {
    return code == 'L' || code == 'Q';
  }

  private static boolean isFloat(char code) {
    return code == 'f' || code == 'd';
  }

  private static int width(char code) {
    return switch (code) {
      case 'b', 'B' -> 1;
      case 'h', 'H' -> 2;
      case 'i', 'I' -> 4;
      default -> 8;
    };
  }
}
