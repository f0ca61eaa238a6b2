package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.ValuePath;
import org.jspecify.annotations.Nullable;

/** A list whose items are being appended, in groups of up to 1000. */
final class OpenList extends OpenValue {
  private static final int GROUP = 1000;

  private final @Nullable Object[] items;
  private final boolean exact;
  private int next;
  private int groupEnd;

  /**
   * Opens a list.
   *
   * @param exact whether it is a plain list. Python appends what comes from an iterator, such as
   *     the items of a deque, by a slightly other rule: a last group of one has no mark.
   */
  OpenList(@Nullable Object[] items, boolean exact) {
    this.items = items;
    this.exact = exact;
  }

  @Override
  boolean proceed(PickleWriter writer) {
    return writer.opcodes().protocol() == 0 ? proceedOneByOne(writer) : proceedInGroups(writer);
  }

  private boolean proceedOneByOne(PickleWriter writer) {
    while (true) {
      if (next > 0) {
        writer.opcodes().put(Op.APPEND);
      }
      if (next == items.length) {
        return true;
      }
      if (!writer.write(items[next++])) {
        return false;
      }
    }
  }

  private boolean proceedInGroups(PickleWriter writer) {
    while (true) {
      if (next == groupEnd) {
        if (next > 0) {
          writer.opcodes().put(isSingle() ? Op.APPEND : Op.APPENDS);
        }
        if (next == items.length) {
          return true;
        }
        groupEnd = Math.min(items.length, next + GROUP);
        if (!isSingle()) {
          writer.opcodes().put(Op.MARK);
        }
      }
      do {
        if (!writer.write(items[next++])) {
          return false;
        }
      } while (next < groupEnd);
    }
  }

  /** Whether the current group is one item without a mark. */
  private boolean isSingle() {
    return exact ? items.length == 1 : groupEnd % GROUP == 1;
  }

  @Override
  void describe(ValuePath path) {
    path.element(next - 1);
  }
}
