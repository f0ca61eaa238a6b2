package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.UnsupportedValueException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of one pickle as they grow, and from protocol 4 on the frames around its opcodes. A
 * frame is opened as soon as the one before it is closed; one that stays too short for a header
 * loses it again, so an empty frame leaves no trace.
 *
 * <p>What is complete goes from the buffer to a list of parts from time to time, so that the buffer
 * stays small, and in the processor's cache, however long the pickle gets.
 */
final class PickleOutput {
  /** A frame is closed at the next object once it holds this much; longer payloads stay outside. */
  private static final int FRAME_TARGET = 64 * 1024;

  private static final int FRAME_HEADER = 9;
  private static final int FRAME_MINIMUM = 4;

  /** The longest array that every JVM can make. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private static final VarHandle SHORT_LE =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_LE =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_LE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE_BE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.BIG_ENDIAN);

  private static final int INITIAL_SIZE = 256;

  /** As much of the buffer is kept for the next pickle. */
  private static final int MOST_KEPT = 4 * FRAME_TARGET;

  private final int protocol;
  private final boolean framing;
  private byte[] buffer = new byte[INITIAL_SIZE];
  private int position;
  private int frameStart;

  /** Where the frame, or without frames the part, is long enough. */
  private int limit;

  private final List<byte[]> parts = new ArrayList<>();
  private long partsLength;

  PickleOutput(int protocol) {
    this.protocol = protocol;
    framing = protocol >= 4;
  }

  /** Begins a pickle, whatever became of the one before. */
  void begin() {
    if (buffer.length > MOST_KEPT) {
      buffer = new byte[INITIAL_SIZE];
    }
    position = 0;
    parts.clear();
    partsLength = 0;
    if (protocol >= 2) {
      put(Op.PROTO, (byte) protocol);
    }
    openFrame();
  }

  /** Ends the pickle. */
  byte[] finish() {
    put(Op.STOP);
    closeFrame();
    if (parts.isEmpty()) {
      return Arrays.copyOf(buffer, position);
    }
    endPart();
    byte[] pickle = new byte[(int) partsLength];
    int end = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, pickle, end, part.length);
      end += part.length;
    }
    parts.clear();
    return pickle;
  }

  /** The place between two objects, where a full frame ends. */
  void boundary() {
    if (position >= limit) {
      closeFrame();
      endPart();
      openFrame();
    }
  }

  private void endPart() {
    add(Arrays.copyOf(buffer, position));
    position = 0;
  }

  private void add(byte[] part) {
    if (partsLength + part.length > LONGEST) {
      throw tooLong();
    }
    parts.add(part);
    partsLength += part.length;
  }

  private static UnsupportedValueException tooLong() {
    return new UnsupportedValueException(
        "the pickle would exceed 2 GiB, the most that a Java array holds; split the value");
  }

  private void openFrame() {
    if (framing) {
      reserve(FRAME_HEADER);
      frameStart = position;
      position += FRAME_HEADER;
    }
    limit = position + FRAME_TARGET;
  }

  private void closeFrame() {
    if (!framing) {
      return;
    }
    int length = position - frameStart - FRAME_HEADER;
    if (length >= FRAME_MINIMUM) {
      buffer[frameStart] = Op.FRAME;
      LONG_LE.set(buffer, frameStart + 1, (long) length);
    } else {
      System.arraycopy(buffer, frameStart + FRAME_HEADER, buffer, frameStart, length);
      position -= FRAME_HEADER;
    }
  }

  void put(byte value) {
    if (position == buffer.length) {
      grow(1);
    }
    buffer[position++] = value;
  }

  void put(byte first, byte second) {
    reserve(2);
    buffer[position] = first;
    buffer[position + 1] = second;
    position += 2;
  }

  void putByte(byte opcode, int argument) {
    put(opcode, (byte) argument);
  }

  void putShort(byte opcode, int argument) {
    reserve(3);
    buffer[position] = opcode;
    SHORT_LE.set(buffer, position + 1, (short) argument);
    position += 3;
  }

  void putInt(byte opcode, int argument) {
    reserve(5);
    buffer[position] = opcode;
    INT_LE.set(buffer, position + 1, argument);
    position += 5;
  }

  void putLong(byte opcode, long argument) {
    reserve(9);
    buffer[position] = opcode;
    LONG_LE.set(buffer, position + 1, argument);
    position += 9;
  }

  void putDouble(double value) {
    reserve(9);
    buffer[position] = Op.BINFLOAT;
    DOUBLE_BE.set(buffer, position + 1, value);
    position += 9;
  }

  void putBytes(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, position, bytes.length);
    position += bytes.length;
  }

  /** Writes the text of an opcode's line; it holds nothing beyond Latin-1. */
  void putLine(byte opcode, String line) {
    put(opcode);
    putBytes(line.getBytes(StandardCharsets.ISO_8859_1));
    put((byte) '\n');
  }

  /** An integer of protocol 2 or later that does not fit 32 bits. */
  void putLong1(BigInteger value) {
    byte[] bytes = value.toByteArray();
    if (bytes.length < 256) {
      putByte(Op.LONG1, bytes.length);
    } else {
      putInt(Op.LONG4, bytes.length);
    }
    reserve(bytes.length);
    for (int i = bytes.length - 1; i >= 0; i--) {
      buffer[position++] = bytes[i];
    }
  }

  /** The same for a value of 64 bits, least bytes first and no more of them than needed. */
  void putLong1(long value) {
    int magnitudeBits = 64 - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
    int length = magnitudeBits / 8 + 1;
    reserve(10);
    buffer[position] = Op.LONG1;
    buffer[position + 1] = (byte) length;
    LONG_LE.set(buffer, position + 2, value);
    position += 2 + length;
  }

  /** A payload with its opcode and length; a long one stands outside the frames. */
  void putPayload(byte opcode, int lengthBytes, byte[] payload) {
    boolean isLong = payload.length >= FRAME_TARGET;
    if (isLong) {
      closeFrame();
    }
    switch (lengthBytes) {
      case 1 -> putByte(opcode, payload.length);
      case 4 -> putInt(opcode, payload.length);
      default -> putLong(opcode, payload.length);
    }
    if (isLong) {
      endPart();
      add(payload);
      openFrame();
    } else {
      putBytes(payload);
    }
  }

  /**
   * A str that is so short that each of its characters as three bytes of UTF-8 fits a length of one
   * byte.
   */
  void putShortText(String text, boolean shortForm) {
    int header = shortForm ? 2 : 5;
    int length = text.length();
    reserve(header + 3 * length);
    int end = Utf8.encode(text, buffer, position + header);
    int size = end - position - header;
    if (shortForm) {
      buffer[position] = Op.SHORT_BINUNICODE;
      buffer[position + 1] = (byte) size;
    } else {
      buffer[position] = Op.BINUNICODE;
      INT_LE.set(buffer, position + 1, size);
    }
    position = end;
  }

  private void reserve(int room) {
    if (buffer.length - position < room) {
      grow(room);
    }
  }

  private void grow(int room) {
    long needed = (long) position + room;
    if (needed > LONGEST) {
      throw tooLong();
    }
    long roomy = Math.min(LONGEST, 2L * buffer.length);
    buffer = Arrays.copyOf(buffer, (int) Math.max(needed, roomy));
  }
}
