package io.github.rq4j.codec.python;

import io.github.rq4j.codec.UnsupportedValueException;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a dict or set in insertion order, found by Python's equality of keys. Small tables
 * are searched from end to end; larger ones have an index of open addressing over the entries.
 *
 * <p>Text is hashed by {@link String#hashCode}, which is quick and cached but can be made to
 * collide on purpose. A table that meets a long chain of collisions switches to the keyed hash of
 * {@link KeyHash} for text; all other keys use that from the start.
 */
final class KeyTable {
  /** Up to this many entries there is no index. */
  private static final int SCANNED = 8;

  /** A chain as long as this has been crafted: random ones stay far below it. */
  private static final int LONG_CHAIN = 128;

  private static final @Nullable Object[] NOTHING = new Object[0];

  /** The key of an entry that was removed. */
  private static final Object REMOVED = new Object();

  private final int stride;
  private @Nullable Object[] slots = NOTHING;
  private int used;
  private int size;
  private int @Nullable [] index;
  private boolean keyed;
  private int changes;

  /**
   * Creates an empty table.
   *
   * @param stride 1 for keys alone, 2 for keys with values
   */
  KeyTable(int stride) {
    this.stride = stride;
  }

  int size() {
    return size;
  }

  @Nullable Object key(int slot) {
    return slots[slot * stride];
  }

  @Nullable Object value(int slot) {
    return slots[slot * stride + 1];
  }

  /** The slot after this one that holds an entry, -1 if there is none. */
  int next(int slot) {
    int next = slot + 1;
    while (next < used && slots[next * stride] == REMOVED) {
      next++;
    }
    return next < used ? next : -1;
  }

  void ensureCapacity(int more) {
    int needed = Math.multiplyExact(Math.addExact(used, more), stride);
    if (needed > slots.length) {
      slots = Arrays.copyOf(slots, needed);
    }
  }

  void clear() {
    slots = NOTHING;
    used = 0;
    size = 0;
    index = null;
    keyed = false;
    changes++;
  }

  /** The slot of a key, -1 if it is not there. */
  int find(@Nullable Object key) {
    return index == null ? scan(key) : probe(index, key);
  }

  private int scan(@Nullable Object key) {
    if (key instanceof String text) {
      for (int slot = 0, at = 0; slot < used; slot++, at += stride) {
        Object other = slots[at];
        if (other == text || (other instanceof String string && string.equals(text))) {
          return slot;
        }
      }
      return -1;
    }
    for (int slot = 0; slot < used; slot++) {
      if (KeyEquality.same(slots[slot * stride], key)) {
        return slot;
      }
    }
    return -1;
  }

  private int probe(int[] index, @Nullable Object key) {
    int mask = index.length - 1;
    for (int i = hash(key) & mask; index[i] != 0; i = (i + 1) & mask) {
      int slot = index[i] - 1;
      if (KeyEquality.same(slots[slot * stride], key)) {
        return slot;
      }
    }
    return -1;
  }

  /**
   * Adds an entry, or replaces the value of the one that is there.
   *
   * @return the value that was replaced
   */
  @Nullable Object put(@Nullable Object key, @Nullable Object value) {
    if (!KeyHash.isHashable(key)) {
      throw new UnsupportedValueException(
          PythonTypeName.of(key) + " cannot be a dict key or set member: Python cannot hash it");
    }
    int slot = find(key);
    if (slot >= 0) {
      if (stride == 1) {
        return null;
      }
      Object before = slots[slot * stride + 1];
      slots[slot * stride + 1] = value;
      return before;
    }
    if ((used + 1) * stride > slots.length) {
      makeRoom();
    }
    slots[used * stride] = key;
    if (stride == 2) {
      slots[used * stride + 1] = value;
    }
    used++;
    size++;
    changes++;
    addToIndex();
    return null;
  }

  /** Adds the entries of a part of an array in which keys and values take turns. */
  void putPairs(@Nullable Object[] source, int offset, int length) {
    ensureCapacity(length / 2);
    for (int i = offset; i < offset + length; i += 2) {
      if (index == null && used < SCANNED && source[i] instanceof String text) {
        putInSmall(text, source[i + 1]);
      } else {
        put(source[i], source[i + 1]);
      }
    }
  }

  /** Adds an entry to a table that has room and no index: this is what most entries go through. */
  private void putInSmall(String key, @Nullable Object value) {
    @Nullable Object[] slots = this.slots;
    int end = used * 2;
    int at = 0;
    while (at < end && !isText(slots[at], key)) {
      at += 2;
    }
    if (at == end) {
      slots[at] = key;
      used++;
      size++;
      changes++;
    }
    slots[at + 1] = value;
  }

  private static boolean isText(@Nullable Object key, String text) {
    return key == text
        || (key instanceof String other
            && other.hashCode() == text.hashCode()
            && other.equals(text));
  }

  private void makeRoom() {
    if (size < used - used / 4) {
      compact();
    } else {
      int entries = used == 0 ? 2 : Math.addExact(used, Math.max(2, used >> 1));
      slots = Arrays.copyOf(slots, Math.multiplyExact(entries, stride));
    }
  }

  private void compact() {
    int to = 0;
    for (int slot = next(-1); slot >= 0; slot = next(slot)) {
      System.arraycopy(slots, slot * stride, slots, to * stride, stride);
      to++;
    }
    Arrays.fill(slots, to * stride, used * stride, null);
    used = to;
    if (index != null) {
      rebuildIndex();
    }
  }

  private void addToIndex() {
    int[] current = index;
    if (current == null) {
      if (used > SCANNED) {
        rebuildIndex();
      }
    } else if (used * 2 > current.length) {
      rebuildIndex();
    } else if (insert(current, used - 1) > LONG_CHAIN && !keyed) {
      keyed = true;
      rebuildIndex();
    }
  }

  private void rebuildIndex() {
    int capacity = Integer.highestOneBit(Math.max(used, slots.length / stride)) * 4;
    int[] fresh = new int[capacity];
    for (int slot = next(-1); slot >= 0; slot = next(slot)) {
      if (insert(fresh, slot) > LONG_CHAIN && !keyed) {
        keyed = true;
        Arrays.fill(fresh, 0);
        slot = -1;
      }
    }
    index = fresh;
  }

  /** Enters a slot and tells how many others stood in the way. */
  private int insert(int[] index, int slot) {
    int mask = index.length - 1;
    int chain = 0;
    int i = hash(slots[slot * stride]) & mask;
    while (index[i] != 0) {
      i = (i + 1) & mask;
      chain++;
    }
    index[i] = slot + 1;
    return chain;
  }

  private int hash(@Nullable Object key) {
    if (key instanceof String text && !keyed) {
      int hash = text.hashCode();
      return hash ^ (hash >>> 16);
    }
    long hash = KeyHash.of(key);
    return (int) (hash ^ (hash >>> 32));
  }

  /**
   * Removes the entry in a slot.
   *
   * @return its value
   */
  @Nullable Object remove(int slot) {
    Object before = stride == 2 ? slots[slot * stride + 1] : null;
    slots[slot * stride] = REMOVED;
    if (stride == 2) {
      slots[slot * stride + 1] = null;
    }
    size--;
    changes++;
    return before;
  }

  /** Walks over the slots with entries; fails fast as Java's collections do. */
  static final class Slots {
    private final KeyTable table;
    private int expectedChanges;
    private int next;
    private int last = -1;

    Slots(KeyTable table) {
      this.table = table;
      expectedChanges = table.changes;
      next = table.next(-1);
    }

    boolean hasNext() {
      return next >= 0;
    }

    int next() {
      checkUnchanged();
      if (next < 0) {
        throw new NoSuchElementException();
      }
      last = next;
      next = table.next(next);
      return last;
    }

    void remove() {
      checkUnchanged();
      if (last < 0) {
        throw new IllegalStateException("nothing to remove");
      }
      table.remove(last);
      last = -1;
      expectedChanges = table.changes;
    }

    private void checkUnchanged() {
      if (table.changes != expectedChanges) {
        throw new ConcurrentModificationException();
      }
    }
  }
}
