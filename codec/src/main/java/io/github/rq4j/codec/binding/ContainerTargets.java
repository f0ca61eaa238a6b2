package io.github.rq4j.codec.binding;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.python.PythonArray;
import io.github.rq4j.codec.python.PythonFrozenSet;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Containers, each element bound to the element type. What comes out cannot be modified. */
final class ContainerTargets {
  private static final String SEQUENCE = "list or tuple";
  private static final String ANY = "list, tuple, set or frozenset";

  private ContainerTargets() {}

  /** A {@code List}: of a list, tuple, array or deque, since sets have no order to keep. */
  static Target list(Type element, ValueBinder binder) {
    return (value, at) ->
        Collections.unmodifiableList(elements(sequence(value, SEQUENCE, at), element, binder, at));
  }

  /** A {@code Collection}: a list, of sets also. */
  static Target collection(Type element, ValueBinder binder) {
    return (value, at) ->
        Collections.unmodifiableList(elements(members(value, at), element, binder, at));
  }

  /** A {@code Set}: of sets, and of sequences without equal elements. */
  static Target set(Type element, ValueBinder binder) {
    return (value, at) -> {
      Set<@Nullable Object> bound = new LinkedHashSet<>();
      for (Object member : elements(members(value, at), element, binder, at)) {
        if (!bound.add(member)) {
          throw at.failure("two elements are equal as " + element.getTypeName());
        }
      }
      return Collections.unmodifiableSet(bound);
    };
  }

  /** A {@code Map}: of a dict or another mapping, in its order. */
  static Target map(Type key, Type element, ValueBinder binder) {
    return (value, at) -> {
      Map<@Nullable Object, @Nullable Object> bound = new LinkedHashMap<>();
      int index = 0;
      for (Map.Entry<?, ?> entry : entries(value, at).entrySet()) {
        at.enterKey(index);
        Object boundKey = binder.bind(entry.getKey(), key, at);
        at.leave();
        if (bound.containsKey(boundKey)) {
          throw at.failure("two keys are equal as " + key.getTypeName());
        }
        at.enterEntry(index);
        bound.put(boundKey, binder.bind(entry.getValue(), element, at));
        at.leave();
        index++;
      }
      return Collections.unmodifiableMap(bound);
    };
  }

  /** An array, of primitives also. */
  static Target array(Type element, ValueBinder binder) {
    Class<?> component = JavaTypes.resolve(element).raw();
    return (value, at) -> {
      List<?> bound = elements(sequence(value, SEQUENCE, at), element, binder, at);
      Object array = Array.newInstance(component, bound.size());
      for (int i = 0; i < bound.size(); i++) {
        Array.set(array, i, bound.get(i));
      }
      return array;
    };
  }

  private static List<@Nullable Object> elements(
      Collection<?> values, Type element, ValueBinder binder, Position at) {
    List<@Nullable Object> bound = new ArrayList<>(values.size());
    for (Object value : values) {
      at.enterElement(bound.size());
      bound.add(binder.bind(value, element, at));
      at.leave();
    }
    return bound;
  }

  private static Collection<?> members(Object value, Position at) {
    if (value instanceof Set<?> set) {
      return set;
    }
    return value instanceof PythonFrozenSet set ? set.asSet() : sequence(value, ANY, at);
  }

  private static List<?> sequence(Object value, String expected, Position at) {
    if (value instanceof PythonTuple tuple) {
      return tuple.asList();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    if (value instanceof PythonArray array) {
      return array.asList();
    }
    List<?> list = value instanceof PythonObject object ? object.asList().orElse(null) : null;
    if (list == null) {
      throw at.mismatch(expected, value);
    }
    return list;
  }

  /**
   * The entries of a mapping.
   *
   * @throws BindingException if the value is none
   */
  static Map<?, ?> entries(Object value, Position at) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    Map<?, ?> map = value instanceof PythonObject object ? object.asMap().orElse(null) : null;
    if (map == null) {
      throw at.mismatch("dict", value);
    }
    return map;
  }
}
