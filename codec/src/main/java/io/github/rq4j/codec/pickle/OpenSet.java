package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.ValuePath;
import org.jspecify.annotations.Nullable;

/** A set or frozenset of protocol 4 or later. */
final class OpenSet extends OpenValue {
  private static final int GROUP = 1000;

  private final @Nullable Object[] members;

  /** The frozenset, which only comes to be after its members; null for a set. */
  private final @Nullable Object frozen;

  private int next;
  private int groupEnd;

  OpenSet(@Nullable Object[] members, @Nullable Object frozen) {
    this.members = members;
    this.frozen = frozen;
  }

  @Override
  boolean proceed(PickleWriter writer) {
    return frozen == null ? proceedInGroups(writer) : proceedFrozen(writer, frozen);
  }

  private boolean proceedInGroups(PickleWriter writer) {
    while (true) {
      if (next == groupEnd) {
        if (next > 0) {
          writer.opcodes().put(Op.ADDITEMS);
        }
        if (next == members.length) {
          if (next > 0 && next % GROUP == 0) {
            writer.opcodes().put(Op.MARK);
            writer.opcodes().put(Op.ADDITEMS);
          }
          return true;
        }
        groupEnd = Math.min(members.length, next + GROUP);
        writer.opcodes().put(Op.MARK);
      }
      do {
        if (!writer.write(members[next++])) {
          return false;
        }
      } while (next < groupEnd);
    }
  }

  private boolean proceedFrozen(PickleWriter writer, Object set) {
    if (next == 0 && groupEnd == 0) {
      groupEnd = members.length;
      writer.opcodes().put(Op.MARK);
    }
    while (next < members.length) {
      if (!writer.write(members[next++])) {
        return false;
      }
    }
    writer.opcodes().endFrozenSet(set);
    return true;
  }

  @Override
  void describe(ValuePath path) {
    path.key(next - 1);
  }
}
