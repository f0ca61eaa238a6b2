package io.github.rq4j.codec.python;

import io.github.rq4j.codec.UnsupportedValueException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A Python {@code dict}: a {@link Map} in insertion order that takes null and finds keys as Python
 * does.
 *
 * <p>{@code True}, {@code 1}, {@code 1.0} and {@code Decimal(1)} are one key, also inside tuples
 * and frozen sets, and so are the Java numbers {@code 1}, {@code 1L} and {@code 1.0f}. When a key
 * comes again, the first key object and its place stay and the last value wins. A NaN is found by
 * identity only, as are generic objects. Lists, dicts, sets, byte arrays and tuples that contain
 * one cannot be keys: {@link #put} throws {@link UnsupportedValueException}.
 *
 * <p>{@code equals} and {@code hashCode} keep to the contract of {@code Map} and so tell {@code 1}
 * from {@code 1.0}. Keys cannot be crafted to make access slow. Not safe for use by several threads
 * while one changes it.
 */
public final class PythonDict extends AbstractMap<@Nullable Object, @Nullable Object> {
  private final KeyTable table = new KeyTable(2);

  /** Creates an empty dict. */
  public PythonDict() {}

  /**
   * Creates a dict of the entries of a map, in its order.
   *
   * @throws UnsupportedValueException if a key cannot be one in Python
   */
  public PythonDict(Map<?, ?> entries) {
    ensureCapacity(entries.size());
    entries.forEach(this::put);
  }

  /**
   * Makes room for some more entries.
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
  public boolean containsKey(@Nullable Object key) {
    return table.find(key) >= 0;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    int slot = table.find(key);
    return slot < 0 ? null : table.value(slot);
  }

  /** The key object that is stored for a key, null if there is none. */
  @Nullable Object storedKey(@Nullable Object key) {
    int slot = table.find(key);
    return slot < 0 ? null : table.key(slot);
  }

  @Override
  public @Nullable Object put(@Nullable Object key, @Nullable Object value) {
    return table.put(key, value);
  }

  /**
   * Adds the entries of a part of an array in which keys and values take turns.
   *
   * @throws UnsupportedValueException if a key cannot be one in Python; those before it are there
   * @throws IndexOutOfBoundsException if the part does not lie within the array
   * @throws IllegalArgumentException if the length is odd
   */
  public void putPairs(@Nullable Object[] keysAndValues, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, keysAndValues.length);
    if (length % 2 != 0) {
      throw new IllegalArgumentException("a key has no value");
    }
    table.putPairs(keysAndValues, offset, length);
  }

  @Override
  public @Nullable Object remove(@Nullable Object key) {
    int slot = table.find(key);
    return slot < 0 ? null : table.remove(slot);
  }

  @Override
  public void clear() {
    table.clear();
  }

  @Override
  public void forEach(BiConsumer<? super @Nullable Object, ? super @Nullable Object> action) {
    Objects.requireNonNull(action, "action");
    for (int slot = table.next(-1); slot >= 0; slot = table.next(slot)) {
      action.accept(table.key(slot), table.value(slot));
    }
  }

  @Override
  public Set<Map.Entry<@Nullable Object, @Nullable Object>> entrySet() {
    return new Entries(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Map<?, ?> that
            && size() == that.size()
            && ContentEquality.equal(this, that));
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

  private static final class Entries
      extends AbstractSet<Map.Entry<@Nullable Object, @Nullable Object>> {
    private final PythonDict dict;

    Entries(PythonDict dict) {
      this.dict = dict;
    }

    @Override
    public int size() {
      return dict.size();
    }

    @Override
    public void clear() {
      dict.clear();
    }

    @Override
    public Iterator<Map.Entry<@Nullable Object, @Nullable Object>> iterator() {
      KeyTable.Slots slots = new KeyTable.Slots(dict.table);
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return slots.hasNext();
        }

        @Override
        public Map.Entry<@Nullable Object, @Nullable Object> next() {
          int slot = slots.next();
          return new Entry(dict, dict.table.key(slot), dict.table.value(slot));
        }

        @Override
        public void remove() {
          slots.remove();
        }
      };
    }
  }

  private static final class Entry extends SimpleEntry<@Nullable Object, @Nullable Object> {
    private static final long serialVersionUID = 1L;

    private final transient PythonDict dict;

    Entry(PythonDict dict, @Nullable Object key, @Nullable Object value) {
      super(key, value);
      this.dict = dict;
    }

    @Override
    public @Nullable Object setValue(@Nullable Object value) {
      dict.put(getKey(), value);
      return super.setValue(value);
    }
  }
}
