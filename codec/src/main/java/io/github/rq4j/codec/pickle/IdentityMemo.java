package io.github.rq4j.codec.pickle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pickle's memo as seen from the writing side: which object has which number. Objects are told
 * apart by identity. They stand in the order of their numbers, with a table of open addressing over
 * them.
 *
 * <p>The place of a short text follows from its content, whose hash the string remembers, which is
 * far cheaper than a first identity hash. Equal texts that are different objects would pile up
 * there, so only a few slots are tried before the identity hash decides.
 */
final class IdentityMemo {
  private static final int INITIAL_ENTRIES = 16;
  private static final int MOST_KEPT = 1024;
  private static final int SLOTS_PER_ENTRY = 2;
  private static final int GROWTH = 4;
  private static final int TEXT_WINDOW = 8;
  private static final int LONGEST_HASHED_TEXT = 64;

  /** By number; null for those that nothing refers to again. */
  private @Nullable Object[] objects = new @Nullable Object[INITIAL_ENTRIES];

  /** The numbers plus one, at the places that the hashes tell; 0 for a free place. */
  private int[] slots = new int[INITIAL_ENTRIES * SLOTS_PER_ENTRY];

  private int count;

  /** How many entries there are: one more than the number of the last. */
  int count() {
    return count;
  }

  /** Adds an entry that nothing refers to again, and tells its number. */
  int addAnonymous() {
    if (++count == objects.length) {
      grow();
    }
    return count - 1;
  }

  /** The number of an object, or -1. */
  int find(Object object) {
    return slots[object instanceof String text ? slotOfText(text) : slotOf(object)] - 1;
  }

  /**
   * The number of an object that is no text; if it has none, it gets the next, and -1 comes back.
   */
  int findOrAdd(Object object) {
    int slot = slotOf(object);
    int number = slots[slot] - 1;
    if (number < 0) {
      add(object, slot);
    }
    return number;
  }

  /** The same for a text. */
  int findOrAddText(String text) {
    int slot = slotOfText(text);
    int number = slots[slot] - 1;
    if (number < 0) {
      add(text, slot);
    }
    return number;
  }

  private void add(Object object, int slot) {
    objects[count++] = object;
    slots[slot] = count;
    if (count == objects.length) {
      grow();
    }
  }

  /** The place that tells the number of an object, or the free one where it belongs. */
  private int slotOf(Object object) {
    int mask = slots.length - 1;
    int slot = spread(System.identityHashCode(object)) & mask;
    while (slots[slot] != 0 && objects[slots[slot] - 1] != object) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int slotOfText(String text) {
    if (text.length() <= LONGEST_HASHED_TEXT) {
      int mask = slots.length - 1;
      int slot = spread(text.hashCode()) & mask;
      for (int i = 0; i < TEXT_WINDOW; i++) {
        int number = slots[slot];
        if (number == 0 || objects[number - 1] == text) {
          return slot;
        }
        slot = (slot + 1) & mask;
      }
    }
    return slotOf(text);
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9e3779b9;
    return mixed ^ (mixed >>> 16);
  }

  /** Forgets all objects, and the room for very many of them. */
  void clear() {
    if (objects.length > MOST_KEPT) {
      objects = new @Nullable Object[INITIAL_ENTRIES];
      slots = new int[INITIAL_ENTRIES * SLOTS_PER_ENTRY];
    } else {
      Arrays.fill(objects, 0, count, null);
      Arrays.fill(slots, 0);
    }
    count = 0;
  }

  private void grow() {
    objects = Arrays.copyOf(objects, Math.multiplyExact(objects.length, GROWTH));
    slots = new int[Math.multiplyExact(objects.length, SLOTS_PER_ENTRY)];
    for (int i = 0; i < count; i++) {
      Object object = objects[i];
      if (object != null) {
        slots[object instanceof String text ? slotOfText(text) : slotOf(object)] = i + 1;
      }
    }
  }
}
