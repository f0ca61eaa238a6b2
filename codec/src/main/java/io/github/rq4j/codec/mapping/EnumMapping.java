package io.github.rq4j.codec.mapping;

import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Members of a Python enum that are the constants of a Java enum. */
public final class EnumMapping implements TypeMapping {
  private final PythonGlobal pythonClass;
  private final Class<? extends Enum<?>> javaClass;
  private final Map<Enum<?>, @Nullable Object> values = new HashMap<>();
  private final PythonDict byValue = new PythonDict();
  private final Map<String, Enum<?>> byName = new HashMap<>();

  private EnumMapping(PythonGlobal pythonClass, Class<? extends Enum<?>> javaClass) {
    this.pythonClass = pythonClass;
    this.javaClass = javaClass;
  }

  /**
   * Maps an enum.
   *
   * @param value the value that the member of a constant has in Python
   * @throws IllegalArgumentException if Python holds the values of two constants equal, or cannot
   *     look a member up by one
   */
  static <E extends Enum<E>> EnumMapping of(
      PythonGlobal pythonClass, Class<E> type, Function<? super E, ?> value) {
    EnumMapping mapping = new EnumMapping(pythonClass, type);
    for (E constant : type.getEnumConstants()) {
      mapping.add(constant, value.apply(constant));
    }
    return mapping;
  }

  private void add(Enum<?> constant, @Nullable Object value) {
    values.put(constant, value);
    byName.put(constant.name(), constant);
    try {
      if (byValue.put(value, constant) != null) {
        throw new IllegalArgumentException(
            "two constants of " + javaClass.getName() + " have values that Python holds equal");
      }
    } catch (UnsupportedValueException e) {
      throw new IllegalArgumentException(
          "the value of " + javaClass.getName() + "." + constant.name() + " is not hashable", e);
    }
  }

  @Override
  public PythonGlobal pythonClass() {
    return pythonClass;
  }

  @Override
  public Class<?> javaClass() {
    return javaClass;
  }

  @Override
  public boolean writes() {
    return true;
  }

  /** The value that the member of a constant has in Python. */
  public @Nullable Object valueOf(Enum<?> constant) {
    return values.get(constant);
  }

  /** The constant whose member has a value that Python holds equal to this one. */
  public Optional<Enum<?>> constantOf(@Nullable Object value) {
    return Optional.ofNullable((Enum<?>) byValue.get(value));
  }

  /** The constant of a name. */
  public Optional<Enum<?>> constantNamed(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
