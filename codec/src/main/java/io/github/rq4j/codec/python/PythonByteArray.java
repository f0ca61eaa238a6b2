package io.github.rq4j.codec.python;

import java.util.Arrays;
import java.util.Objects;

/**
 * A Python {@code bytearray}: bytes that may change in place, of fixed length here. Like every
 * mutable Python value it keeps its identity and cannot be a key, so equality is identity; compare
 * contents with {@link #toByteArray()}. Not safe for use by several threads while one changes it.
 */
public final class PythonByteArray {
  private final byte[] bytes;

  private PythonByteArray(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies an array. */
  public static PythonByteArray fromArray(byte[] bytes) {
    return new PythonByteArray(bytes.clone());
  }

  /**
   * Copies a part of an array.
   *
   * @throws IndexOutOfBoundsException if the part does not lie within the array
   */
  public static PythonByteArray fromArray(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return new PythonByteArray(Arrays.copyOfRange(bytes, offset, offset + length));
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

  /**
   * Replaces one byte.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < length()}
   */
  public void set(int index, byte value) {
    bytes[index] = value;
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

  /** Python's literal, abbreviated. */
  @Override
  public String toString() {
    return PythonRepr.abbreviated(this);
  }
}
