package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.python.PythonByteArray;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes bytes and bytearray, which the older protocols make of text. */
final class BytesForms {
  private static final int SHORT = 256;
  private static final String ENCODING = "latin1";

  /** Python has one object for the empty bytes. */
  private static final Object NO_BYTES = new Object();

  private final int protocol;
  private final OpcodeWriter opcodes;
  private final ScalarWriter scalars;
  private final GlobalWriter globals;

  BytesForms(OpcodeWriter opcodes, ScalarWriter scalars, GlobalWriter globals) {
    this.opcodes = opcodes;
    this.scalars = scalars;
    this.globals = globals;
    protocol = opcodes.protocol();
  }

  /** A bytes object with what stands for it in the memo. */
  void bytes(byte[] value, Object key) {
    Object object = value.length == 0 ? NO_BYTES : key;
    if (!opcodes.isReference(object)) {
      newBytes(value, object);
    }
  }

  /** Bytes that nothing refers to again. */
  void temporaryBytes(byte[] value) {
    if (value.length == 0) {
      bytes(value, NO_BYTES);
    } else {
      opcodes.out().boundary();
      newBytes(value, null);
    }
  }

  private void newBytes(byte[] value, @Nullable Object key) {
    if (protocol < 3) {
      encodedText(value, key);
      return;
    }
    if (value.length < SHORT) {
      opcodes.out().putPayload(Op.SHORT_BINBYTES, 1, value);
    } else {
      opcodes.out().putPayload(Op.BINBYTES, 4, value);
    }
    if (key == null) {
      opcodes.memoizeTemporary();
    } else {
      opcodes.memoize(key);
    }
  }

  private void encodedText(byte[] value, @Nullable Object key) {
    if (value.length == 0) {
      globals.beginCall(Globals.BYTES, 0);
      opcodes.endLeafCall(0, key);
    } else {
      globals.beginCall(Globals.ENCODE, 2);
      scalars.temporaryText(new String(value, StandardCharsets.ISO_8859_1));
      scalars.text(ENCODING);
      opcodes.endLeafCall(2, key);
    }
  }

  void byteArray(PythonByteArray array) {
    if (opcodes.isReference(array)) {
      return;
    }
    byte[] value = array.toByteArray();
    if (protocol >= 5) {
      opcodes.out().putPayload(Op.BYTEARRAY8, 8, value);
      opcodes.memoize(array);
      return;
    }
    int size = value.length == 0 ? 0 : 1;
    globals.beginCall(Globals.BYTEARRAY, size);
    if (size > 0) {
      temporaryBytes(value);
    }
    opcodes.endLeafCall(size, array);
  }
}
