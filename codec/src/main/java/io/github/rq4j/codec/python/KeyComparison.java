package io.github.rq4j.codec.python;

import org.jspecify.annotations.Nullable;

/**
 * Whether two tuples or frozen sets with the same {@link KeyHash} are one key. Their parts are
 * compared, but only so many: a pickle of a few bytes can hold huge tuples that share their parts,
 * and can ask for the same comparison over and over. What the comparison does not get to see is
 * left to the hash, which covers all of it and cannot be met by design.
 */
final class KeyComparison {
  private static final int MAX_PARTS = 64;
  private static final int MAX_LENGTH = 64;

  private int left = MAX_PARTS;

  private KeyComparison() {}

  /** Whether two tuples or two frozen sets are one key. */
  static boolean same(Object a, Object b) {
    return KeyHash.of(a) == KeyHash.of(b) && new KeyComparison().sameParts(a, b);
  }

  private boolean sameParts(@Nullable Object a, @Nullable Object b) {
    if (a == b || --left < 0) {
      return true;
    }
    if (a instanceof PythonTuple x && b instanceof PythonTuple y) {
      return sameTuples(x, y);
    }
    if (a instanceof PythonFrozenSet x && b instanceof PythonFrozenSet y) {
      return sameSets(x, y);
    }
    if (a instanceof String x && b instanceof String y && x.length() > MAX_LENGTH) {
      return x.length() == y.length();
    }
    return KeyEquality.same(a, b);
  }

  private boolean sameTuples(PythonTuple a, PythonTuple b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size() && left > 0; i++) {
      if (!sameParts(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean sameSets(PythonFrozenSet a, PythonFrozenSet b) {
    if (a.size() != b.size()) {
      return false;
    }
    KeyTable members = a.table();
    for (int slot = members.next(-1); slot >= 0 && left > 0; slot = members.next(slot)) {
      Object member = members.key(slot);
      boolean isLeaf = !(member instanceof PythonTuple || member instanceof PythonFrozenSet);
      left--;
      if (isLeaf && !b.contains(member)) {
        return false;
      }
    }
    return true;
  }
}
