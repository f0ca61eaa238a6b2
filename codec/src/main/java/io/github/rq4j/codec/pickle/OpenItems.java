package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.ValuePath;
import org.jspecify.annotations.Nullable;

/** A list or dict whose items are being added, in groups of up to 1000. */
final class OpenItems extends OpenValue {
  private static final int GROUP = 1000;

  private final @Nullable Object[] values;
  private final boolean exact;

  /** How many values make an item: one in a list, key and value in a dict. */
  private final int stride;

  private int next;
  private int groupEnd;

  private OpenItems(@Nullable Object[] values, boolean exact, int stride) {
    this.values = values;
    this.exact = exact;
    this.stride = stride;
  }

  /**
   * Opens a list.
   *
   * @param exact whether it is a plain list. Python appends what comes from an iterator, such as
   *     the items of a deque, by a slightly other rule: a last group of one has no mark.
   */
  static OpenItems ofList(@Nullable Object[] items, boolean exact) {
    return new OpenItems(items, exact, 1);
  }

  /**
   * Opens a dict.
   *
   * @param entries keys and values in turn
   * @param exact whether it is a plain dict. By the other rule, for entries such as those of an
   *     OrderedDict, no empty group follows a full one either.
   */
  static OpenItems ofDict(@Nullable Object[] entries, boolean exact) {
    return new OpenItems(entries, exact, 2);
  }

  @Override
  boolean proceed(PickleWriter writer) {
    return writer.opcodes().protocol() == 0 ? proceedOneByOne(writer) : proceedInGroups(writer);
  }

  private boolean proceedOneByOne(PickleWriter writer) {
    while (true) {
      if (next > 0 && next % stride == 0) {
        writer.opcodes().put(isDict() ? Op.SETITEM : Op.APPEND);
      }
      if (next == values.length) {
        return true;
      }
      if (!writer.write(values[next++])) {
        return false;
      }
    }
  }

  private boolean proceedInGroups(PickleWriter writer) {
    while (true) {
      if (next == groupEnd) {
        if (next > 0) {
          writer.opcodes().put(endOfGroup());
        }
        if (next == values.length) {
          if (isDict() && exact && isFullGroup()) {
            writer.opcodes().put(Op.MARK);
            writer.opcodes().put(Op.SETITEMS);
          }
          return true;
        }
        groupEnd = Math.min(values.length, next + GROUP * stride);
        if (!isSingle()) {
          writer.opcodes().put(Op.MARK);
        }
      }
      do {
        if (!writer.write(values[next++])) {
          return false;
        }
      } while (next < groupEnd);
    }
  }

  private boolean isDict() {
    return stride == 2;
  }

  private byte endOfGroup() {
    if (isDict()) {
      return isSingle() ? Op.SETITEM : Op.SETITEMS;
    }
    return isSingle() ? Op.APPEND : Op.APPENDS;
  }

  private boolean isFullGroup() {
    return next > 0 && next % (GROUP * stride) == 0;
  }

  /** Whether the current group is one item without a mark. */
  private boolean isSingle() {
    return exact ? values.length == stride : groupEnd % (GROUP * stride) == stride;
  }

  @Override
  void describe(ValuePath path) {
    if (!isDict()) {
      path.element(next - 1);
    } else if (next % 2 == 0) {
      path.entry(values[next - 2], (next - 1) / 2);
    } else {
      path.key((next - 1) / 2);
    }
  }
}
