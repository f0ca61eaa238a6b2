package io.github.rq4j.codec.python;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A Python {@code bytes} value. Immutable; equal by content; never equal to text. */
public final class PythonBytes {
  /** The empty value. Python has only one of them, and so does this class. */
  public static final PythonBytes EMPTY = new PythonBytes(new byte[0]);

  private final byte[] bytes;

  private PythonBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies an array. */
  public static PythonBytes fromArray(byte[] bytes) {
    return fromArray(bytes, 0, bytes.length);
  }

  /**
   * Copies a part of an array.
   *
   * @throws IndexOutOfBoundsException if the part does not lie within the array
   */
  public static PythonBytes fromArray(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return length == 0
        ? EMPTY
        : new PythonBytes(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /**
   * One byte.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < length()}
   */
  public byte get(int index) {
    return bytes[index];
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * Copies all bytes into an array.
   *
   * @throws IndexOutOfBoundsException if they do not fit there
   */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof PythonBytes that && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Python's literal, abbreviated. */
  @Override
  public String toString() {
    return PythonRepr.abbreviated(this);
  }
}
