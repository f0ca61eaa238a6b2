package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.python.PythonRepr;
import java.math.BigInteger;

/** Writes None, booleans, numbers and text in the form of the protocol. */
final class ScalarWriter {
  private static final int SHORT = 256;

  /** Texts up to this length take at most 255 bytes whatever is in them. */
  private static final int SURELY_SHORT_TEXT = 85;

  private final int protocol;
  private final OpcodeWriter opcodes;
  private final PickleOutput out;

  ScalarWriter(OpcodeWriter opcodes) {
    this.opcodes = opcodes;
    protocol = opcodes.protocol();
    out = opcodes.out();
  }

  void none() {
    out.boundary();
    out.put(Op.NONE);
  }

  void bool(boolean value) {
    out.boundary();
    if (protocol >= 2) {
      out.put(value ? Op.NEWTRUE : Op.NEWFALSE);
    } else {
      out.putLine(Op.INT, value ? "01" : "00");
    }
  }

  void integer(long value) {
    out.boundary();
    if (protocol == 0) {
      integerLine(value);
    } else if (value >>> 8 == 0) {
      out.putByte(Op.BININT1, (int) value);
    } else if (value >>> 16 == 0) {
      out.putShort(Op.BININT2, (int) value);
    } else if (value == (int) value) {
      out.putInt(Op.BININT, (int) value);
    } else if (protocol >= 2) {
      out.putLong1(value);
    } else {
      integerLine(value);
    }
  }

  private void integerLine(long value) {
    if (value == (int) value) {
      out.putLine(Op.INT, Long.toString(value));
    } else {
      out.putLine(Op.LONG, value + "L");
    }
  }

  void integer(BigInteger value) {
    if (value.bitLength() < Long.SIZE) {
      integer(value.longValue());
      return;
    }
    out.boundary();
    if (protocol >= 2) {
      out.putLong1(value);
    } else {
      out.putLine(Op.LONG, value + "L");
    }
  }

  void floating(double value) {
    out.boundary();
    if (protocol == 0) {
      out.putLine(Op.FLOAT, PythonRepr.ofFloat(value));
    } else {
      out.putDouble(value);
    }
  }

  void text(String value) {
    String key = value.length() <= 1 ? single(value) : value;
    if (!opcodes.isReferenceOrNew(key)) {
      textBody(value);
      opcodes.putText();
    }
  }

  /** A text that Python's pickler makes on the way, an object that nothing else refers to. */
  void temporaryText(String value) {
    if (value.length() <= 1) {
      text(value);
    } else {
      newText(value);
    }
  }

  /** The same where Python makes even a single character anew. */
  void newText(String value) {
    out.boundary();
    textBody(value);
    opcodes.memoizeTemporary();
  }

  /** The one object that Python has for the empty text and each character of Latin-1. */
  private static String single(String value) {
    if (value.isEmpty()) {
      return "";
    }
    char c = value.charAt(0);
    return c < Latin1.SIZE ? Latin1.text(c) : value;
  }

  private void textBody(String value) {
    if (protocol == 0) {
      out.putLine(Op.UNICODE, RawUnicodeEscape.encode(value));
    } else if (value.length() <= SURELY_SHORT_TEXT) {
      out.putShortText(value, protocol >= 4);
    } else {
      longText(value);
    }
  }

  private void longText(String value) {
    byte[] bytes = Utf8.encode(value);
    if (bytes.length < SHORT && protocol >= 4) {
      out.putPayload(Op.SHORT_BINUNICODE, 1, bytes);
    } else {
      out.putPayload(Op.BINUNICODE, 4, bytes);
    }
  }
}
