package io.github.rq4j.codec.python;

import io.github.rq4j.codec.UnsupportedValueException;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Python {@code set}: a {@link Set} that takes null and tells members apart as {@link PythonDict}
 * does its keys. The order is that of insertion. Adding what cannot be a member in Python throws
 * {@link UnsupportedValueException}. Not safe for use by several threads while one changes it.
 */
public final class PythonSet extends AbstractSet<@Nullable Object> {
  private final KeyTable table = new KeyTable(1);

  /** Creates an empty set. */
  public PythonSet() {}

  /**
   * Creates a set of the elements of a collection; of equal ones the first stays.
   *
   * @throws UnsupportedValueException if an element cannot be a member in Python
   */
  public PythonSet(Collection<? extends @Nullable Object> elements) {
    ensureCapacity(elements.size());
    addAll(elements);
  }

  /**
   * The set of these elements; of equal ones the first stays.
   *
   * @throws UnsupportedValueException if an element cannot be a member in Python
   */
  public static PythonSet of(@Nullable Object... elements) {
    PythonSet set = new PythonSet();
    for (Object element : elements) {
      set.add(element);
    }
    return set;
  }

  /**
   * Makes room for some more members.
   *
   * @param more how many; not negative
   */
  public void ensureCapacity(int more) {
    table.ensureCapacity(more);
  }

  @Override
  public int size() {
    return table.size();
  }

  @Override
  public boolean contains(@Nullable Object element) {
    return table.find(element) >= 0;
  }

  @Override
  public boolean add(@Nullable Object element) {
    int before = table.size();
    table.put(element, null);
    return table.size() > before;
  }

  @Override
  public boolean remove(@Nullable Object element) {
    int slot = table.find(element);
    if (slot >= 0) {
      table.remove(slot);
    }
    return slot >= 0;
  }

  @Override
  public void clear() {
    table.clear();
  }

  @Override
  public Iterator<@Nullable Object> iterator() {
    return new KeyIterator(table, true);
  }

  KeyTable table() {
    return table;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Set<?> that
            && size() == that.size()
            && ContentEquality.equal(this, that));
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  /** Python's literal, abbreviated. */
  @Override
  public String toString() {
    return PythonRepr.abbreviated(this);
  }
}
