package io.github.rq4j.codec.python;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts of classes, functions and objects, of which a pickle tells no more than their parts.
 */
final class ObjectRepr {
  private static final String BUILTINS = "builtins";

  /** The classes among Python's builtins that begin with a small letter. */
  private static final Set<String> TYPES =
      Set.of(
          "bool",
          "bytearray",
          "bytes",
          "classmethod",
          "complex",
          "dict",
          "enumerate",
          "filter",
          "float",
          "frozenset",
          "int",
          "list",
          "map",
          "memoryview",
          "object",
          "property",
          "range",
          "reversed",
          "set",
          "slice",
          "staticmethod",
          "str",
          "super",
          "tuple",
          "type",
          "zip");

  /** The exceptions among Python's builtins whose names do not end like one. */
  private static final Set<String> OTHER_EXCEPTIONS =
      Set.of(
          "GeneratorExit",
          "KeyboardInterrupt",
          "StopAsyncIteration",
          "StopIteration",
          "SystemExit");

  private static final int MOST_SORTED = 1000;

  private ObjectRepr() {}

  /**
   * A pickle does not say whether a global is a class or a function: outside of the builtins, names
   * are taken to follow Python's convention of capitalised classes.
   */
  static String of(PythonGlobal global) {
    String name = global.name();
    if (global.module().equals(BUILTINS)) {
      return TYPES.contains(name) || startsLikeClass(name)
          ? "<class '" + name + "'>"
          : "<built-in function " + name + ">";
    }
    return startsLikeClass(name) ? "<class '" + global + "'>" : "<function " + name + ">";
  }

  private static boolean startsLikeClass(String name) {
    int last = name.lastIndexOf('.') + 1;
    return last < name.length() && Character.isUpperCase(name.codePointAt(last));
  }

  private static boolean isException(PythonGlobal type) {
    String name = type.name();
    return type.module().equals(BUILTINS)
        && (name.endsWith("Error")
            || name.endsWith("Exception")
            || name.endsWith("Warning")
            || OTHER_EXCEPTIONS.contains(name));
  }

  static void append(PythonObject object, PythonRepr to) {
    PythonGlobal type = object.type().orElse(null);
    if (type == null) {
      to.out().append("<object>");
    } else if (type.module().equals("collections")) {
      appendCollection(object, type, to);
    } else if (isException(type)) {
      to.appendItems(object, type.name() + "(", object.args(), ")");
    } else if (type.is("builtins", "getattr") && object.args().size() == 2) {
      appendAttribute(object.args(), to);
    } else {
      to.out().append('<').append(type).append(" object>");
    }
  }

  /** What is called with which arguments, and what is added then. */
  static void appendParts(PythonObject object, PythonRepr to) {
    if (!to.enter(object)) {
      return;
    }
    to.append(object.callable());
    to.appendItems(object.args(), "(", object.args(), ")");
    if (object.hasListItems()) {
      to.append(object.listItems());
    }
    if (object.hasDictItems()) {
      to.append(object.dictItems());
    }
    if (object.hasState()) {
      to.out().append(" with ");
      to.append(object.state());
    }
    to.leave();
  }

  private static void appendCollection(PythonObject object, PythonGlobal type, PythonRepr to) {
    Map<?, ?> map = object.asMap().orElse(null);
    List<?> list = object.asList().orElse(null);
    if (map != null && type.name().equals("defaultdict")) {
      to.out().append("defaultdict(");
      to.append(object.args().isEmpty() ? null : object.args().get(0));
      to.appendEntries(object, ", {", map, "})");
    } else if (map != null && to.isOpen(object)) {
      to.out().append("...");
    } else if (map != null) {
      to.out().append(type.name()).append('(');
      if (!map.isEmpty()) {
        boolean counter = type.name().equals("Counter");
        to.appendEntries(object, "{", counter ? mostCommonFirst(map) : map, "}");
      }
      to.out().append(')');
    } else if (list != null && type.name().equals("deque")) {
      appendDeque(object, list, to);
    } else {
      to.out().append('<').append(type).append(" object>");
    }
  }

  private static void appendDeque(PythonObject deque, List<?> items, PythonRepr to) {
    if (to.isOpen(deque)) {
      to.out().append("[...]");
      return;
    }
    to.appendItems(deque, "deque([", items, "]");
    if (deque.args().size() == 2) {
      to.out().append(", maxlen=");
      to.append(deque.args().get(1));
    }
    to.out().append(')');
  }

  private static void appendAttribute(PythonTuple ownerAndName, PythonRepr to) {
    Object owner = ownerAndName.get(0);
    if (owner instanceof PythonGlobal && ownerAndName.get(1) instanceof String name) {
      to.out().append('<').append(owner).append('.').append(name).append('>');
    } else {
      to.out().append("<bound method ").append(ownerAndName.get(1)).append(" of ");
      to.append(owner);
      to.out().append('>');
    }
  }

  /**
   * The entries of a Counter in the order in which it prints them, if all counts are small ints.
   */
  private static Map<?, ?> mostCommonFirst(Map<?, ?> counts) {
    if (counts.size() > MOST_SORTED || !counts.values().stream().allMatch(Long.class::isInstance)) {
      return counts;
    }
    List<Map.Entry<?, ?>> entries = new ArrayList<>(counts.entrySet());
    entries.sort(Comparator.comparing(entry -> (Long) entry.getValue(), Comparator.reverseOrder()));
    Map<@Nullable Object, @Nullable Object> sorted = new PythonDict();
    entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
