package io.github.rq4j.codec.python;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hash codes of lists and dicts as {@link List} and {@link Map} define them, without recursion
 * and visiting shared parts once. What contains itself has no such hash and gets a fixed one: equal
 * structures both contain themselves or both do not.
 */
final class ContentHash {
  private static final int CYCLIC = 0x5CC7C11C;

  private final IdentityHashMap<Object, Integer> known = new IdentityHashMap<>();
  private final IdentityHashMap<Object, Boolean> entered = new IdentityHashMap<>();
  private final ArrayDeque<Object> open = new ArrayDeque<>();

  private ContentHash() {}

  static int of(Object container) {
    return new ContentHash().run(container);
  }

  private int run(Object root) {
    open.push(root);
    while (!open.isEmpty()) {
      Object container = open.element();
      if (known.containsKey(container)) {
        open.pop();
      } else if (entered.put(container, true) != null) {
        open.pop();
        known.put(container, hash(container));
      } else if (!enter(container)) {
        return CYCLIC;
      }
    }
    return hashOf(root);
  }

  /** Opens the unknown parts of a container; false if one of them encloses it. */
  private boolean enter(Object container) {
    if (container instanceof List<?> list) {
      for (Object element : list) {
        if (!open(element)) {
          return false;
        }
      }
    } else {
      for (Object value : ((Map<?, ?>) container).values()) {
        if (!open(value)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean open(@Nullable Object part) {
    if (part == null || !isWalked(part) || known.containsKey(part)) {
      return true;
    }
    open.push(part);
    return !entered.containsKey(part);
  }

  private static boolean isWalked(Object part) {
    return part instanceof List<?> || part instanceof PythonDict;
  }

  private int hash(Object container) {
    int hash;
    if (container instanceof List<?> list) {
      hash = 1;
      for (Object element : list) {
        hash = 31 * hash + hashOf(element);
      }
    } else {
      hash = 0;
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) container).entrySet()) {
        Object key = entry.getKey();
        hash += (key == null ? 0 : key.hashCode()) ^ hashOf(entry.getValue());
      }
    }
    return hash;
  }

  private int hashOf(@Nullable Object part) {
    if (part == null) {
      return 0;
    }
    Integer walked = isWalked(part) ? known.get(part) : null;
    return walked != null ? walked : part.hashCode();
  }
}
