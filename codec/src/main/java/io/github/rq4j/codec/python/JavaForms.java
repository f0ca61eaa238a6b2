package io.github.rq4j.codec.python;

import io.github.rq4j.codec.OptionalContent;
import io.github.rq4j.codec.RecordComponents;
import io.github.rq4j.codec.UnsupportedValueException;
import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The values as which serializers write those Java objects that are of no Python type. */
final class JavaForms {
  private JavaForms() {}

  /** The value to show instead; the object itself if there is none. */
  static @Nullable Object of(Object object) {
    if (object instanceof Character) {
      return object.toString();
    }
    if (object instanceof Enum<?> constant) {
      return constant.name();
    }
    if (object instanceof Object[] array) {
      return Arrays.asList(array);
    }
    if (object.getClass().isArray()) {
      return new Elements(object);
    }
    return object instanceof Record components ? entries(components) : OptionalContent.of(object);
  }

  private static Object entries(Record object) {
    try {
      RecordComponents components = RecordComponents.of(object.getClass());
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      for (int i = 0; i < components.names().size(); i++) {
        entries.put(components.names().get(i), components.value(object, i));
      }
      return entries;
    } catch (UnsupportedValueException e) {
      // A text need not fail where the serializer will, with a better message.
      return object;
    }
  }

  /** The elements of an array of primitives. */
  private static final class Elements extends AbstractList<Object> implements RandomAccess {
    private final Object array;

    Elements(Object array) {
      this.array = array;
    }

    @Override
    public Object get(int index) {
      return Array.get(array, index);
    }

    @Override
    public int size() {
      return Array.getLength(array);
    }
  }
}
