package io.github.rq4j.codec.python;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Iterates over the keys of a table, that is over the members of a set. */
final class KeyIterator implements Iterator<@Nullable Object> {
  private final KeyTable table;
  private final KeyTable.Slots slots;
  private final boolean removing;

  /**
   * Starts before the first key.
   *
   * @param removing whether {@link #remove} is allowed
   */
  KeyIterator(KeyTable table, boolean removing) {
    this.table = table;
    this.removing = removing;
    slots = new KeyTable.Slots(table);
  }

  @Override
  public boolean hasNext() {
    return slots.hasNext();
  }

  @Override
  public @Nullable Object next() {
    return table.key(slots.next());
  }

  @Override
  public void remove() {
    if (!removing) {
      throw new UnsupportedOperationException("a frozenset does not change");
    }
    slots.remove();
  }
}
