package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.python.PythonArray;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes Python's {@code array.array}, and Java's arrays of primitive types as lists. */
final class ArrayForms {
  private static final int GROUP = 1000;

  /** The type codes at Python's numbers for the layouts of elements, little-endian ones. */
  private static final String LAYOUTS = "BbH h I i L l f d ";

  private final OpcodeWriter opcodes;
  private final ScalarWriter scalars;
  private final GlobalWriter globals;
  private final BytesForms bytes;

  ArrayForms(OpcodeWriter opcodes, ScalarWriter scalars, GlobalWriter globals, BytesForms bytes) {
    this.opcodes = opcodes;
    this.scalars = scalars;
    this.globals = globals;
    this.bytes = bytes;
  }

  /** An array of protocol 3 or later; earlier ones hold a list. */
  void array(PythonArray array) {
    if (opcodes.isReference(array)) {
      return;
    }
    char code = array.typeCode();
    char sameLayout = code == 'q' ? 'l' : code == 'Q' ? 'L' : code;
    globals.beginCall(Globals.ARRAY_RECONSTRUCTOR, 4);
    globals.global(Globals.ARRAY);
    scalars.text(String.valueOf(code));
    scalars.integer(LAYOUTS.indexOf(sameLayout));
    bytes.temporaryBytes(content(array));
    opcodes.endLeafCall(4, array);
  }

  private static byte[] content(PythonArray array) {
    int width =
        switch (array.typeCode()) {
          case 'b', 'B' -> 1;
          case 'h', 'H' -> 2;
          case 'i', 'I', 'f' -> 4;
          default -> 8;
        };
    ByteBuffer content =
        ByteBuffer.allocate(Math.multiplyExact(array.size(), width)).order(ByteOrder.LITTLE_ENDIAN);
    if (array.isInteger()) {
      for (long value : array.toLongArray()) {
        putInteger(content, width, value);
      }
    } else {
      for (double value : array.toDoubleArray()) {
        if (width == 4) {
          content.putFloat((float) value);
        } else {
          content.putDouble(value);
        }
      }
    }
    return content.array();
  }

  private static void putInteger(ByteBuffer content, int width, long value) {
    switch (width) {
      case 1 -> content.put((byte) value);
      case 2 -> content.putShort((short) value);
      case 4 -> content.putInt((int) value);
      default -> content.putLong(value);
    }
  }

  /** An array of numbers, characters or booleans of Java. */
  void primitives(Object array) {
    if (!opcodes.beginList(array)) {
      return;
    }
    int length = Array.getLength(array);
    if (opcodes.protocol() == 0 || length == 1) {
      for (int i = 0; i < length; i++) {
        element(array, i);
        opcodes.put(Op.APPEND);
      }
      return;
    }
    for (int start = 0; start < length; start += GROUP) {
      opcodes.put(Op.MARK);
      for (int i = start; i < Math.min(length, start + GROUP); i++) {
        element(array, i);
      }
      opcodes.put(Op.APPENDS);
    }
  }

  private void element(Object array, int index) {
    if (array instanceof int[] numbers) {
      scalars.integer(numbers[index]);
    } else if (array instanceof long[] numbers) {
      scalars.integer(numbers[index]);
    } else if (array instanceof double[] numbers) {
      scalars.floating(numbers[index]);
    } else if (array instanceof float[] numbers) {
      scalars.floating(numbers[index]);
    } else if (array instanceof short[] numbers) {
      scalars.integer(numbers[index]);
    } else if (array instanceof boolean[] flags) {
      scalars.bool(flags[index]);
    } else {
      scalars.temporaryText(String.valueOf(((char[]) array)[index]));
    }
  }
}
