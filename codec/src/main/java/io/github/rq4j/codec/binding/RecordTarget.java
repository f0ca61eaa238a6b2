package io.github.rq4j.codec.binding;

import io.github.rq4j.codec.binding.JavaTypes.Applied;
import io.github.rq4j.codec.python.PythonTypeName;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record: of a dict whose keys are the names of its components. */
final class RecordTarget implements Target {
  private final ValueBinder binder;
  private final String name;
  private final Constructor<?> constructor;
  private final RecordComponent[] components;
  private final Type[] types;
  private final boolean[] mayBeAbsent;
  private final Map<String, Integer> positions = new HashMap<>();

  RecordTarget(Applied type, ValueBinder binder) {
    this.binder = binder;
    name = type.raw().getSimpleName();
    components = type.raw().getRecordComponents();
    constructor = canonicalConstructor(type.raw());
    types = Arrays.stream(components).map(type::typeOf).toArray(Type[]::new);
    mayBeAbsent = new boolean[components.length];
    for (int i = 0; i < components.length; i++) {
      mayBeAbsent[i] = components[i].getType() == Optional.class || isNullable(components[i]);
      positions.put(components[i].getName(), i);
    }
  }

  private Constructor<?> canonicalConstructor(Class<?> type) {
    Class<?>[] parameters =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(parameters);
      canonical.trySetAccessible();
      return canonical;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has its canonical constructor", e);
    }
  }

  /** By any annotation of that name: of JSpecify, and of the libraries before it. */
  private static boolean isNullable(RecordComponent component) {
    return hasNullable(component) || hasNullable(component.getAnnotatedType());
  }

  private static boolean hasNullable(AnnotatedElement element) {
    for (Annotation annotation : element.getAnnotations()) {
      if (annotation.annotationType().getSimpleName().equals("Nullable")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Object bind(Object value, Position at) {
    return bindEntries(ContainerTargets.entries(value, at), at);
  }

  /** Binds the attributes of an object, or the entries of a dict. */
  Object bindEntries(Map<?, ?> entries, Position at) {
    @Nullable Object[] arguments = new Object[components.length];
    boolean[] present = new boolean[components.length];
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw at.failure(
            "expected only str as keys for " + name + ", got " + PythonTypeName.of(entry.getKey()));
      }
      Integer position = positions.get(key);
      if (position != null) {
        at.enterPart(key);
        arguments[position] = binder.bind(entry.getValue(), types[position], at);
        at.leave();
        present[position] = true;
      } else if (!binder.ignoresUnknownKeys()) {
        throw at.failure(name + " has no component for key " + PythonTypeName.printable(key));
      }
    }
    for (int i = 0; i < present.length; i++) {
      if (!present[i]) {
        arguments[i] = absent(i, at);
      }
    }
    return construct(arguments, at);
  }

  private @Nullable Object absent(int position, Position at) {
    RecordComponent component = components[position];
    if (!mayBeAbsent[position]) {
      throw at.failure("key " + component.getName() + " of " + name + " is missing");
    }
    return component.getType() == Optional.class ? Optional.empty() : null;
  }

  private Object construct(@Nullable Object[] arguments, Position at) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw at.failure("the constructor of " + name + " refused the values", e.getCause());
    } catch (IllegalAccessException e) {
      throw at.failure(
          "the constructor of " + name + " is not accessible: open its package to the codec");
    } catch (InstantiationException e) {
      throw new IllegalStateException("no record is abstract", e);
    }
  }
}
