package io.github.rq4j.codec.python;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A Python {@code tuple}. Immutable in itself, although its elements may be mutable; equal to
 * tuples of equal elements and to nothing else. Elements are equal as in Java, but a NaN equals
 * itself alone, as in Python. The hash is computed once.
 */
public final class PythonTuple implements Iterable<@Nullable Object> {
  /** The tuple without elements. Python has only one of them, and so does this class. */
  public static final PythonTuple EMPTY = new PythonTuple(new Object[0]);

  private final @Nullable Object[] elements;
  private long keyHash;

  private PythonTuple(@Nullable Object[] elements) {
    this.elements = elements;
  }

  /** The tuple of these elements. */
  public static PythonTuple of(@Nullable Object... elements) {
    return fromArray(elements, 0, elements.length);
  }

  /** The tuple of the elements of a collection, in its order. */
  public static PythonTuple copyOf(Collection<? extends @Nullable Object> elements) {
    return elements.isEmpty() ? EMPTY : new PythonTuple(elements.toArray());
  }

  /**
   * The tuple of a part of an array.
   *
   * @throws IndexOutOfBoundsException if the part does not lie within the array
   */
  public static PythonTuple fromArray(@Nullable Object[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    if (length == 0) {
      return EMPTY;
    }
    @Nullable Object[] elements = new Object[length];
    System.arraycopy(array, offset, elements, 0, length);
    return new PythonTuple(elements);
  }

  /** The number of elements. */
  public int size() {
    return elements.length;
  }

  /** Whether there are no elements. */
  public boolean isEmpty() {
    return elements.length == 0;
  }

  /**
   * One element.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < size()}
   */
  public @Nullable Object get(int index) {
    return elements[index];
  }

  /** The elements as an unmodifiable list. */
  public List<@Nullable Object> asList() {
    return elements.length == 0 ? Collections.emptyList() : new Elements(this);
  }

  /** A copy of the elements. */
  public @Nullable Object[] toArray() {
    return Arrays.copyOf(elements, elements.length, Object[].class);
  }

  @Override
  public Iterator<@Nullable Object> iterator() {
    return asList().iterator();
  }

  /** The hash as a key, zero while unknown. */
  long keyHash() {
    return keyHash;
  }

  /** Remembers the hash as a key; racing threads write the same. */
  void keyHash(long hash) {
    keyHash = hash;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof PythonTuple that
            && elements.length == that.elements.length
            && ContentEquality.equal(this, that));
  }

  @Override
  public int hashCode() {
    return Long.hashCode(KeyHash.of(this));
  }

  /** Python's literal, abbreviated. */
  @Override
  public String toString() {
    return PythonRepr.abbreviated(this);
  }

  private static final class Elements extends AbstractList<@Nullable Object>
      implements RandomAccess {
    private final PythonTuple tuple;

    Elements(PythonTuple tuple) {
      this.tuple = tuple;
    }

    @Override
    public @Nullable Object get(int index) {
      return tuple.elements[index];
    }

    @Override
    public int size() {
      return tuple.elements.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || (other instanceof List<?> that && ContentEquality.equal(this, that));
    }

    @Override
    public int hashCode() {
      return ContentHash.of(this);
    }

    @Override
    public String toString() {
      return PythonRepr.abbreviated(this);
    }
  }
}
