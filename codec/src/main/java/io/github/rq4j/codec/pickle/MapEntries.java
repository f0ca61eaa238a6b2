package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.OptionalContent;
import io.github.rq4j.codec.RecordComponents;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.mapping.TypeMappings;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonSingleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes maps apart and makes sure that their keys are keys in Python, too: hashable, and still
 * different from each other where {@code 1}, {@code 1.0} and {@code true} are equal.
 */
final class MapEntries implements BiConsumer<@Nullable Object, @Nullable Object> {
  private @Nullable Object[] entries;
  private int length;

  private MapEntries(int size) {
    entries = new @Nullable Object[2 * size];
  }

  /** The keys and values of a map in turn, in its order. */
  static @Nullable Object[] of(Map<?, ?> map, TypeMappings mappings) {
    MapEntries collector = new MapEntries(map.size());
    map.forEach(collector);
    @Nullable Object[] entries =
        collector.length == collector.entries.length
            ? collector.entries
            : Arrays.copyOf(collector.entries, collector.length);
    if (!(map instanceof PythonDict)) {
      checkKeys(entries, 2, mappings);
    }
    return entries;
  }

  /** The names and values of a record's components in turn. */
  static @Nullable Object[] of(Record object) {
    RecordComponents components = RecordComponents.of(object.getClass());
    List<String> names = components.names();
    @Nullable Object[] entries = new @Nullable Object[2 * names.size()];
    for (int i = 0; i < names.size(); i++) {
      entries[2 * i] = names.get(i);
      entries[2 * i + 1] = components.value(object, i);
    }
    return entries;
  }

  @Override
  public void accept(@Nullable Object key, @Nullable Object value) {
    if (length == entries.length) {
      entries = Arrays.copyOf(entries, Math.addExact(length, Math.max(8, length)));
    }
    entries[length++] = key;
    entries[length++] = value;
  }

  /**
   * Checks the keys of a dict, or the members of a set, that stand at every so many places. Those
   * of mapped classes are taken to be keys in Python and to differ there where they do in Java.
   */
  static void checkKeys(@Nullable Object[] values, int stride, TypeMappings mappings) {
    if (values.length > 0 && !areOfOneSafeType(values, stride)) {
      PythonSet keys = new PythonSet();
      keys.ensureCapacity(values.length / stride);
      for (int i = 0; i < values.length; i += stride) {
        Object key = values[i];
        boolean isMapped = key != null && mappings.toWrite(key.getClass()).isPresent();
        if (!isMapped && !keys.add(written(key))) {
          throw new UnsupportedValueException(
              "two keys or members that Python holds equal, of which it would keep one;"
                  + " use keys of one type");
        }
      }
    }
  }

  /** Whether all are of one final class with the same equality in both languages. */
  private static boolean areOfOneSafeType(@Nullable Object[] values, int stride) {
    Class<?> type = values[0] == null ? null : values[0].getClass();
    if (type != String.class && type != Long.class && type != Integer.class) {
      return false;
    }
    for (int i = stride; i < values.length; i += stride) {
      Object value = values[i];
      if (value == null || value.getClass() != type) {
        return false;
      }
    }
    return true;
  }

  /** The key as it comes out in Python, as far as that matters here. */
  private static @Nullable Object written(@Nullable Object original) {
    Object key = OptionalContent.of(original);
    if (key instanceof Enum<?> constant && !(key instanceof PythonSingleton)) {
      return constant.name();
    }
    if (key instanceof byte[] bytes) {
      return PythonBytes.fromArray(bytes);
    }
    boolean isPythonValue =
        key != null && key.getClass().getPackage() == PythonSingleton.class.getPackage();
    if (key instanceof Record && !isPythonValue) {
      throw new UnsupportedValueException(
          "a record as a key; it is written as a dict, which cannot be one");
    }
    if (key != null && key.getClass().isArray()) {
      throw new UnsupportedValueException(
          "an array as a key; it is written as a list, which cannot be one");
    }
    return key;
  }
}
