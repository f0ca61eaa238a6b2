package io.github.rq4j.cli.enqueue;

import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes equal keys of a JSON document one object, as they are in Python, which a pickle shows. */
final class SharedKeys {
  private final Map<String, String> keys = new HashMap<>();

  private SharedKeys() {}

  /** The same value, read from JSON, with its keys shared. */
  static @Nullable Object in(@Nullable Object value) {
    return new SharedKeys().copy(value);
  }

  private @Nullable Object copy(@Nullable Object value) {
    if (value instanceof List<?> list) {
      PythonList copy = new PythonList(list.size());
      list.forEach(element -> copy.add(copy(element)));
      return copy;
    }
    if (value instanceof Map<?, ?> map) {
      PythonDict copy = new PythonDict();
      map.forEach((key, element) -> copy.put(shared(String.valueOf(key)), copy(element)));
      return copy;
    }
    return value;
  }

  private String shared(String key) {
    return keys.computeIfAbsent(key, own -> own);
  }
}
