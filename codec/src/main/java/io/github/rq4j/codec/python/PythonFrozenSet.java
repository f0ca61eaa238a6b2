package io.github.rq4j.codec.python;

import io.github.rq4j.codec.UnsupportedValueException;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Python {@code frozenset}. Immutable; equal to frozen sets of equal members and to nothing else;
 * tells members apart as {@link PythonDict} does its keys. The order is that of insertion.
 */
public final class PythonFrozenSet implements Iterable<@Nullable Object> {
  private final KeyTable table = new KeyTable(1);
  private long keyHash;

  private PythonFrozenSet(int size) {
    table.ensureCapacity(size);
  }

  /**
   * The frozen set of these elements; of equal ones the first stays.
   *
   * @throws UnsupportedValueException if an element cannot be a member in Python
   */
  public static PythonFrozenSet of(@Nullable Object... elements) {
    return fromArray(elements, 0, elements.length);
  }

  /**
   * The frozen set of the elements of a collection; of equal ones the first stays.
   *
   * @throws UnsupportedValueException if an element cannot be a member in Python
   */
  public static PythonFrozenSet copyOf(Collection<? extends @Nullable Object> elements) {
    @Nullable Object[] array = elements.toArray();
    return fromArray(array, 0, array.length);
  }

  /**
   * The frozen set of a part of an array; of equal elements the first stays.
   *
   * @throws UnsupportedValueException if an element cannot be a member in Python
   * @throws IndexOutOfBoundsException if the part does not lie within the array
   */
  public static PythonFrozenSet fromArray(@Nullable Object[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    PythonFrozenSet set = new PythonFrozenSet(length);
    for (int i = offset; i < offset + length; i++) {
      set.table.put(array[i], null);
    }
    return set;
  }

  /** The number of members. */
  public int size() {
    return table.size();
  }

  /** Whether there are no members. */
  public boolean isEmpty() {
    return table.size() == 0;
  }

  /** Whether an equal member is there, as Python compares. */
  public boolean contains(@Nullable Object element) {
    return table.find(element) >= 0;
  }

  /** The members as an unmodifiable set. */
  public Set<@Nullable Object> asSet() {
    return new Members(this);
  }

  @Override
  public Iterator<@Nullable Object> iterator() {
    return asSet().iterator();
  }

  KeyTable table() {
    return table;
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
        || (other instanceof PythonFrozenSet that
            && size() == that.size()
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

  private static final class Members extends AbstractSet<@Nullable Object> {
    private final PythonFrozenSet set;

    Members(PythonFrozenSet set) {
      this.set = set;
    }

    @Override
    public int size() {
      return set.size();
    }

    @Override
    public boolean contains(@Nullable Object element) {
      return set.contains(element);
    }

    @Override
    public Iterator<@Nullable Object> iterator() {
      return new KeyIterator(set.table, false);
    }
  }
}
