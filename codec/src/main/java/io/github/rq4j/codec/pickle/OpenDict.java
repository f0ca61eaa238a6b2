package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.ValuePath;
import org.jspecify.annotations.Nullable;

/** A dict whose entries are being set, in groups of up to 1000. */
final class OpenDict extends OpenValue {
  /** Keys and values of a group together. */
  private static final int GROUP = 2 * 1000;

  private final @Nullable Object[] entries;
  private final boolean exact;
  private int next;
  private int groupEnd;

  /**
   * Opens a dict.
   *
   * @param entries keys and values in turn
   * @param exact whether it is a plain dict. Python sets what comes from an iterator, such as the
   *     entries of an OrderedDict, by a slightly other rule: a last group of one has no mark, and
   *     no empty group follows a full one.
   */
  OpenDict(@Nullable Object[] entries, boolean exact) {
    this.entries = entries;
    this.exact = exact;
  }

  @Override
  boolean proceed(PickleWriter writer) {
    return writer.opcodes().protocol() == 0 ? proceedOneByOne(writer) : proceedInGroups(writer);
  }

  private boolean proceedOneByOne(PickleWriter writer) {
    while (true) {
      if (next > 0 && next % 2 == 0) {
        writer.opcodes().put(Op.SETITEM);
      }
      if (next == entries.length) {
        return true;
      }
      if (!writer.write(entries[next++])) {
        return false;
      }
    }
  }

  private boolean proceedInGroups(PickleWriter writer) {
    while (true) {
      if (next == groupEnd) {
        if (next > 0) {
          writer.opcodes().put(isSingle() ? Op.SETITEM : Op.SETITEMS);
        }
        if (next == entries.length) {
          if (exact && next > 0 && next % GROUP == 0) {
            writer.opcodes().put(Op.MARK);
            writer.opcodes().put(Op.SETITEMS);
          }
          return true;
        }
        groupEnd = Math.min(entries.length, next + GROUP);
        if (!isSingle()) {
          writer.opcodes().put(Op.MARK);
        }
      }
      do {
        if (!writer.write(entries[next++])) {
          return false;
        }
      } while (next < groupEnd);
    }
  }

  /** Whether the current group is one entry without a mark. */
  private boolean isSingle() {
    return exact ? entries.length == 2 : groupEnd % GROUP == 2;
  }

  @Override
  void describe(ValuePath path) {
    int position = (next - 1) / 2;
    if (next % 2 == 0) {
      path.entry(entries[next - 2], position);
    } else {
      path.key(position);
    }
  }
}
