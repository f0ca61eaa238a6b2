package io.github.rq4j.codec.python;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A Python {@code list}: a growable {@link List} that takes null. Equal to every list of equal
 * elements, as {@code List} asks, and safe to compare, hash and print when it contains itself. Not
 * safe for use by several threads while one changes it.
 */
public final class PythonList extends AbstractList<@Nullable Object> implements RandomAccess {
  private static final @Nullable Object[] NONE = new Object[0];

  private @Nullable Object[] elements;
  private int size;

  /** Creates an empty list. */
  public PythonList() {
    elements = NONE;
  }

  /**
   * Creates an empty list with room for some elements.
   *
   * @throws IllegalArgumentException if the capacity is negative
   */
  public PythonList(int capacity) {
    if (capacity < 0) {
      throw new IllegalArgumentException("negative capacity " + capacity);
    }
    elements = capacity == 0 ? NONE : new Object[capacity];
  }

  /** Creates a list of the elements of a collection, in its order. */
  public PythonList(Collection<? extends @Nullable Object> elements) {
    this.elements = elements.toArray();
    size = this.elements.length;
  }

  /** The list of these elements. */
  public static PythonList of(@Nullable Object... elements) {
    PythonList list = new PythonList();
    list.addAll(elements, 0, elements.length);
    return list;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable Object get(int index) {
    return elements[Objects.checkIndex(index, size)];
  }

  @Override
  public @Nullable Object set(int index, @Nullable Object element) {
    Object before = elements[Objects.checkIndex(index, size)];
    elements[index] = element;
    return before;
  }

  @Override
  public boolean add(@Nullable Object element) {
    modCount++;
    if (size == elements.length) {
      grow(1);
    }
    elements[size++] = element;
    return true;
  }

  @Override
  public void add(int index, @Nullable Object element) {
    Objects.checkIndex(index, size + 1);
    modCount++;
    grow(1);
    System.arraycopy(elements, index, elements, index + 1, size - index);
    elements[index] = element;
    size++;
  }

  @Override
  public boolean addAll(Collection<? extends @Nullable Object> more) {
    @Nullable Object[] array = more.toArray();
    addAll(array, 0, array.length);
    return array.length > 0;
  }

  /**
   * Appends a part of an array.
   *
   * @throws IndexOutOfBoundsException if the part does not lie within the array
   */
  public void addAll(@Nullable Object[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    modCount++;
    grow(length);
    System.arraycopy(array, offset, elements, size, length);
    size += length;
  }

  @Override
  public @Nullable Object remove(int index) {
    Object before = elements[Objects.checkIndex(index, size)];
    removeRange(index, index + 1);
    return before;
  }

  @Override
  protected void removeRange(int from, int to) {
    modCount++;
    System.arraycopy(elements, to, elements, from, size - to);
    Arrays.fill(elements, size - (to - from), size, null);
    size -= to - from;
  }

  @Override
  public @Nullable Object[] toArray() {
    return Arrays.copyOf(elements, size, Object[].class);
  }

  private void grow(int more) {
    int needed = Math.addExact(size, more);
    if (needed > elements.length) {
      int roomy = size == 0 ? needed : Math.max(4, size + (size >> 1));
      elements = Arrays.copyOf(elements, Math.max(needed, roomy));
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof List<?> that && ContentEquality.equal(this, that));
  }

  @Override
  public int hashCode() {
    return ContentHash.of(this);
  }

  /** Python's literal, abbreviated. */
  @Override
  public String toString() {
    return PythonRepr.abbreviated(this);
  }
}
