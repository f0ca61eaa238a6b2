package io.github.rq4j.codec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of one class apart, as serializers do that write a record as a dict of its
 * components. Immutable and safe for use by many threads.
 */
public final class RecordComponents {
  private static final ClassValue<RecordComponents> FOUND =
      new ClassValue<>() {
        @Override
        protected RecordComponents computeValue(Class<?> type) {
          return new RecordComponents(type);
        }
      };

  private final List<String> names;
  private final List<Method> accessors;

  private RecordComponents(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    names = Stream.of(components).map(component -> component.getName().intern()).toList();
    accessors = Stream.of(components).map(RecordComponent::getAccessor).toList();
    if (!accessors.stream().allMatch(Method::trySetAccessible)) {
      throw new UnsupportedValueException(
          "the record "
              + type.getName()
              + " is closed to reflection; make it public, or open its package to rq4j");
    }
  }

  /**
   * The components of a class of records.
   *
   * @throws UnsupportedValueException if the module system does not let them be read
   */
  public static RecordComponents of(Class<? extends Record> type) {
    return FOUND.get(type);
  }

  /** The names in order of declaration; always the same string objects for one class. */
  public List<String> names() {
    return names;
  }

  /**
   * The value of one component of a record of the class.
   *
   * @throws UnsupportedValueException if the accessor throws
   * @throws IndexOutOfBoundsException if there is no component of that index
   */
  public @Nullable Object value(Record object, int index) {
    try {
      return accessors.get(index).invoke(object);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new UnsupportedValueException(
          "the accessor " + names.get(index) + " of " + object.getClass().getName() + " failed", e);
    }
  }
}
