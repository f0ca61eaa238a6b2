package io.github.rq4j.codec.pickle;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pickle's memo as seen from the writing side: which object has which number. Objects are told
 * apart by identity. They stand in the order of their numbers, with a table of open addressing over
 * them.
 *
 * <p>The first identity hash of an object is dear: the JVM has to make it and to keep it in the
 * object. So the place of a short text follows from its content, whose hash the string remembers.
 * Equal texts that are different objects would pile up there, so only a few slots are tried before
 * the identity hash decides. All other objects are searched one by one as long as they are few.
 */
final class IdentityMemo {
  private static final int INITIAL_ENTRIES = 16;
  private static final int MOST_KEPT = 1024;
  private static final int SLOTS_PER_ENTRY = 2;
  private static final int GROWTH = 4;
  private static final int TEXT_WINDOW = 8;
  private static final int LONGEST_HASHED_TEXT = 64;
  private static final int MOST_SCANNED = 64;

  /** By number; null for those that nothing refers to again. */
  private @Nullable Object[] objects = new @Nullable Object[INITIAL_ENTRIES];

  /** The numbers plus one, at the places that the hashes tell; 0 for a free place. */
  private int[] slots = new int[INITIAL_ENTRIES * SLOTS_PER_ENTRY];

  private int count;

  /** The numbers of the objects that are no short texts, until there are too many to scan. */
  private final int[] scanned = new int[MOST_SCANNED];

  private int scannedCount;

  /** Whether those objects have come to stand in the table, too. */
  private boolean hashed;

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
    return isShortText(object) ? slots[slotOfText((String) object)] - 1 : findOther(object);
  }

  private static boolean isShortText(Object object) {
    return object instanceof String text && text.length() <= LONGEST_HASHED_TEXT;
  }

  private int findOther(Object object) {
    if (hashed) {
      return slots[slotOf(object)] - 1;
    }
    for (int i = scannedCount - 1; i >= 0; i--) {
      if (objects[scanned[i]] == object) {
        return scanned[i];
      }
    }
    return -1;
  }

  /** The number of an object; if it has none, it gets the next, and -1 comes back. */
  int findOrAdd(Object object) {
    if (isShortText(object)) {
      int slot = slotOfText((String) object);
      int number = slots[slot] - 1;
      if (number < 0) {
        add(object, slot);
      }
      return number;
    }
    int number = findOther(object);
    if (number < 0) {
      addOther(object);
    }
    return number;
  }

  private void addOther(Object object) {
    if (!hashed && scannedCount == MOST_SCANNED) {
      hashed = true;
      for (int number : scanned) {
        slots[slotOf(Objects.requireNonNull(objects[number]))] = number + 1;
      }
    }
    if (hashed) {
      add(object, slotOf(object));
    } else {
      scanned[scannedCount++] = count;
      objects[count] = object;
      addAnonymous();
    }
  }

  private void add(Object object, int slot) {
    objects[count] = object;
    slots[slot] = count + 1;
    addAnonymous();
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
    int mask = slots.length - 1;
    int slot = spread(text.hashCode()) & mask;
    for (int i = 0; i < TEXT_WINDOW; i++) {
      int number = slots[slot];
      if (number == 0 || objects[number - 1] == text) {
        return slot;
      }
      slot = (slot + 1) & mask;
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
    scannedCount = 0;
    hashed = false;
    count = 0;
  }

  private void grow() {
    objects = Arrays.copyOf(objects, Math.multiplyExact(objects.length, GROWTH));
    slots = new int[Math.multiplyExact(objects.length, SLOTS_PER_ENTRY)];
    for (int i = 0; i < count; i++) {
      Object object = objects[i];
      if (object != null && isShortText(object)) {
        slots[slotOfText((String) object)] = i + 1;
      } else if (object != null && hashed) {
        slots[slotOf(object)] = i + 1;
      }
    }
  }
}
