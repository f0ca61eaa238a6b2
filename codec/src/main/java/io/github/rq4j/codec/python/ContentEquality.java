package io.github.rq4j.codec.python;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares containers by content without recursion, in time that is nearly linear in the number of
 * distinct objects. Two containers once met as a pair are taken as equal from then on (if they are
 * not, another pair of parts will differ), so that cycles end and shared parts are visited once.
 * Pairs are kept as disjoint sets of objects: as many pairs as there are objects suffice.
 */
final class ContentEquality {
  private final IdentityHashMap<Object, Object> representatives = new IdentityHashMap<>();
  private @Nullable Object[] pending = new Object[32];
  private int size;

  private ContentEquality() {}

  /** Whether two containers are equal, numbers by their Java types. */
  static boolean equal(Object a, Object b) {
    return new ContentEquality().run(a, b);
  }

  private boolean run(Object a, Object b) {
    push(a, b);
    while (size > 0) {
      Object y = pending[--size];
      Object x = pending[--size];
      if (!equalOrPushed(x, y)) {
        return false;
      }
    }
    return true;
  }

  private void push(@Nullable Object a, @Nullable Object b) {
    if (size == pending.length) {
      pending = Arrays.copyOf(pending, size * 2);
    }
    pending[size++] = a;
    pending[size++] = b;
  }

  private boolean equalOrPushed(@Nullable Object a, @Nullable Object b) {
    if (a == b) {
      return true;
    }
    if (a == null || b == null) {
      return false;
    }
    if (a instanceof PythonTuple x) {
      return b instanceof PythonTuple y && x.size() == y.size() && (met(a, b) || pushTuples(x, y));
    }
    if (a instanceof PythonFrozenSet x) {
      return b instanceof PythonFrozenSet y
          && x.size() == y.size()
          && (met(a, b) || pushMembers(x.table(), y));
    }
    if (a instanceof List<?> x) {
      return b instanceof List<?> y && (met(a, b) || pushLists(x, y));
    }
    if (a instanceof Map<?, ?> x) {
      return b instanceof Map<?, ?> y && x.size() == y.size() && (met(a, b) || pushMaps(x, y));
    }
    if (a instanceof PythonSlice x) {
      return b instanceof PythonSlice y && equalOrPushed(x.parts(), y.parts());
    }
    if (a instanceof Set<?> x) {
      return b instanceof Set<?> y && x.size() == y.size() && (met(a, b) || pushSets(x, y));
    }
    return a.equals(b);
  }

  /** Notes that two objects are to be equal; true if that was known. */
  private boolean met(Object a, Object b) {
    Object x = representative(a);
    Object y = representative(b);
    if (x != y) {
      representatives.put(x, y);
    }
    return x == y;
  }

  private Object representative(Object object) {
    Object root = object;
    for (Object next = representatives.get(root); next != null; next = representatives.get(root)) {
      root = next;
    }
    for (Object at = object; at != root; ) {
      at = Objects.requireNonNull(representatives.put(at, root));
    }
    return root;
  }

  private boolean pushTuples(PythonTuple a, PythonTuple b) {
    for (int i = 0; i < a.size(); i++) {
      Object element = a.get(i);
      // As in Python, and as the hash of a tuple has it: a NaN equals itself alone.
      if (element != b.get(i) && KeyEquality.isNan(element)) {
        return false;
      }
      push(element, b.get(i));
    }
    return true;
  }

  private boolean pushLists(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<?> other = b.iterator();
    for (Object element : a) {
      if (!other.hasNext()) {
        return false;
      }
      push(element, other.next());
    }
    return true;
  }

  private boolean pushMaps(Map<?, ?> a, Map<?, ?> b) {
    if (!(a instanceof PythonDict) && b instanceof PythonDict) {
      return pushMaps(b, a);
    }
    for (Map.Entry<?, ?> entry : b.entrySet()) {
      if (!a.containsKey(entry.getKey())) {
        return false;
      }
      if (a instanceof PythonDict dict) {
        push(dict.storedKey(entry.getKey()), entry.getKey());
      }
      push(a.get(entry.getKey()), entry.getValue());
    }
    return true;
  }

  private boolean pushSets(Set<?> a, Set<?> b) {
    if (a instanceof PythonSet set) {
      for (Object member : b) {
        int slot = set.table().find(member);
        if (slot < 0) {
          return false;
        }
        push(set.table().key(slot), member);
      }
      return true;
    }
    return b instanceof PythonSet ? pushSets(b, a) : a.equals(b);
  }

  private boolean pushMembers(KeyTable a, PythonFrozenSet b) {
    for (int slot = a.next(-1); slot >= 0; slot = a.next(slot)) {
      Object member = a.key(slot);
      int other = b.table().find(member);
      if (other < 0) {
        return false;
      }
      push(member, b.table().key(other));
    }
    return true;
  }
}
