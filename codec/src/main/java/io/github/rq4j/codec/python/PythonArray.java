package io.github.rq4j.codec.python;

import java.math.BigInteger;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A Python {@code array.array} of numbers of one machine type. Immutable here; equal when type code
 * and elements are. It cannot be a key, as in Python. Arrays of characters, which Python has given
 * up, are generic objects.
 */
public final class PythonArray {
  private static final String INTEGERS = "bBhHiIlLqQ";
  private static final String FLOATS = "fd";

  private final char typeCode;
  private final long[] bits;

  private PythonArray(char typeCode, long[] bits) {
    this.typeCode = typeCode;
    this.bits = bits;
  }

  /**
   * An array of integers.
   *
   * @param typeCode one of {@code bBhHiIlLqQ}
   * @param values the elements; for {@code L} and {@code Q} as unsigned 64 bits
   * @throws IllegalArgumentException if the type code is another
   */
  public static PythonArray ofLongs(char typeCode, long... values) {
    return new PythonArray(check(typeCode, INTEGERS), values.clone());
  }

  /**
   * An array of floating-point numbers.
   *
   * @param typeCode {@code f} or {@code d}
   * @param values the elements; those of {@code f} are rounded to 32 bits, as in Python
   * @throws IllegalArgumentException if the type code is another
   */
  public static PythonArray ofDoubles(char typeCode, double... values) {
    check(typeCode, FLOATS);
    DoubleStream elements = Arrays.stream(values);
    if (typeCode == 'f') {
      elements = elements.map(element -> (float) element);
    }
    return new PythonArray(typeCode, elements.mapToLong(Double::doubleToRawLongBits).toArray());
  }

  private static char check(char typeCode, String codes) {
    if (codes.indexOf(typeCode) < 0) {
      throw new IllegalArgumentException("the type code is none of " + codes);
    }
    return typeCode;
  }

  /** Python's type code, such as {@code i} or {@code d}. */
  public char typeCode() {
    return typeCode;
  }

  /** The number of elements. */
  public int size() {
    return bits.length;
  }

  /** Whether the elements are integers. */
  public boolean isInteger() {
    return INTEGERS.indexOf(typeCode) >= 0;
  }

  /**
   * One element: {@code Long} or {@code BigInteger}, {@code Double}, or a {@code String} of one
   * code point.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < size()}
   */
  public Object get(int index) {
    long value = bits[index];
    if (!isInteger()) {
      return Double.longBitsToDouble(value);
    }
    boolean unsigned = typeCode == 'Q' || typeCode == 'L';
    return unsigned && value < 0 ? new BigInteger(Long.toUnsignedString(value)) : (Object) value;
  }

  /**
   * The elements of an integer array; those of {@code L} and {@code Q} as unsigned 64 bits. A copy.
   *
   * @throws IllegalStateException if the elements are no integers
   */
  public long[] toLongArray() {
    if (!isInteger()) {
      throw new IllegalStateException("an array of type code " + typeCode + " has no integers");
    }
    return bits.clone();
  }

  /**
   * The elements of a floating-point array. A copy.
   *
   * @throws IllegalStateException if the elements are no floating-point numbers
   */
  public double[] toDoubleArray() {
    if (FLOATS.indexOf(typeCode) < 0) {
      throw new IllegalStateException("an array of type code " + typeCode + " has no floats");
    }
    return Arrays.stream(bits).mapToDouble(Double::longBitsToDouble).toArray();
  }

  /** The elements as {@link #get} gives them, an unmodifiable list. */
  public List<Object> asList() {
    return new Elements(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof PythonArray that
            && typeCode == that.typeCode
            && Arrays.equals(bits, that.bits));
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bits) + typeCode;
  }

  /** Python's literal, abbreviated. */
  @Override
  public String toString() {
    return PythonRepr.abbreviated(this);
  }

  private static final class Elements extends AbstractList<Object> implements RandomAccess {
    private final PythonArray array;

    Elements(PythonArray array) {
      this.array = array;
    }

    @Override
    public Object get(int index) {
      return array.get(index);
    }

    @Override
    public int size() {
      return array.size();
    }
  }
}
