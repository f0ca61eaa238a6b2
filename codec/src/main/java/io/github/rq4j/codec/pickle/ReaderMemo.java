package io.github.rq4j.codec.pickle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The memo of one load. Entries lie in an array that grows with their number, never with an index
 * that a pickle claims; indexes far beyond the number go into a map.
 */
final class ReaderMemo {
  /** Stands for a None in the memo: null is no entry. */
  private static final Object NONE = new Object();

  private static final int SLACK = 1024;

  private @Nullable Object[] entries;
  private int count;

  /** The index of the entry made last. */
  private long last;

  private @Nullable Map<Long, Object> distant;

  ReaderMemo(int capacity) {
    entries = new Object[capacity];
  }

  /** The number of entries. */
  int count() {
    return count;
  }

  /** Adds an entry under the number of entries, as MEMOIZE does. */
  void add(@Nullable Object value) {
    int index = count;
    if (index < entries.length && entries[index] == null && distant == null) {
      entries[index] = value == null ? NONE : value;
      last = index;
      count = index + 1;
    } else {
      put(index, value);
    }
  }

  /** Sets an entry. */
  void put(long index, @Nullable Object value) {
    Object entry = value == null ? NONE : value;
    last = index;
    if (index >= entries.length && index <= 2L * count + SLACK) {
      grow((int) index);
    }
    if (index < entries.length) {
      if (entries[(int) index] == null && !isDistant(index)) {
        count++;
      }
      entries[(int) index] = entry;
    } else {
      if (distant == null) {
        distant = new HashMap<>();
      }
      if (distant.put(index, entry) == null) {
        count++;
      }
    }
  }

  private void grow(int index) {
    int capacity = Math.max(index + 1, entries.length + (entries.length >> 1) + 16);
    entries = Arrays.copyOf(entries, capacity);
  }

  private boolean isDistant(long index) {
    return distant != null && distant.containsKey(index);
  }

  /** The entry that {@link #value} takes; null if there is none. */
  @Nullable Object entry(long index) {
    if (index >= 0 && index < entries.length) {
      Object entry = entries[(int) index];
      if (entry != null) {
        return entry;
      }
    }
    return distant == null ? null : distant.get(index);
  }

  /** The value of an entry. */
  static @Nullable Object value(Object entry) {
    return entry == NONE ? null : entry;
  }

  /** Puts another value in the place of one, if that is among the last entries of the array. */
  void replaceRecent(Object value, Object replacement, int depth) {
    int newest = (int) Math.min(last, entries.length - 1);
    for (int index = newest; index >= 0 && index > newest - depth; index--) {
      if (entries[index] == value) {
        entries[index] = replacement;
      }
    }
  }
}
