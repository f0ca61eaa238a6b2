package io.github.rq4j.codec.python;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the objects of Python's module {@code collections} as the containers they are. */
final class ContainerViews {
  private static final Set<String> MAPPINGS = Set.of("OrderedDict", "defaultdict", "Counter");

  private ContainerViews() {}

  static Optional<Map<@Nullable Object, @Nullable Object>> map(PythonObject object) {
    if (object.hasDictItems()) {
      return Optional.of(object.dictItems());
    }
    if (!isOf(object, MAPPINGS)) {
      return Optional.empty();
    }
    for (Object arg : object.args()) {
      if (arg instanceof PythonDict dict) {
        return Optional.of(dict);
      }
      if (arg instanceof PythonList pairs) {
        return Optional.of(fromPairs(pairs));
      }
    }
    return Optional.of(object.dictItems());
  }

  private static PythonDict fromPairs(PythonList pairs) {
    PythonDict dict = new PythonDict();
    for (Object pair : pairs) {
      if (pair instanceof PythonList list && list.size() == 2) {
        dict.put(list.get(0), list.get(1));
      } else if (pair instanceof PythonTuple tuple && tuple.size() == 2) {
        dict.put(tuple.get(0), tuple.get(1));
      }
    }
    return dict;
  }

  static Optional<List<@Nullable Object>> list(PythonObject object) {
    if (object.hasListItems()) {
      return Optional.of(object.listItems());
    }
    PythonTuple args = object.args();
    if (isOf(object, Set.of("deque"))) {
      return Optional.of(
          !args.isEmpty() && args.get(0) instanceof PythonList given ? given : object.listItems());
    }
    if (object.form() == PythonObject.Form.REDUCE
        && args.size() == 1
        && args.get(0) instanceof PythonList items
        && !isOf(object, MAPPINGS)) {
      return Optional.of(items);
    }
    return Optional.empty();
  }

  private static boolean isOf(PythonObject object, Set<String> names) {
    return object.callable() instanceof PythonGlobal global
        && global.module().equals("collections")
        && names.contains(global.name());
  }
}
