package io.github.rq4j.worker;

import io.github.rq4j.codec.binding.TypeReference;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a job function: its Python name, so that a keyword argument finds it, the Java
 * type, and what it is where the job does not give it. Immutable.
 *
 * @param <T> the Java type
 */
public final class Parameter<T extends @Nullable Object> {
  private final String name;
  private final Type type;
  private final boolean required;
  private final @Nullable Object defaultValue;
  private final boolean keywordOnly;

  private Parameter(
      String name,
      Type type,
      boolean required,
      @Nullable Object defaultValue,
      boolean keywordOnly) {
    this.name = name;
    this.type = type;
    this.required = required;
    this.defaultValue = defaultValue;
    this.keywordOnly = keywordOnly;
  }

  /** A parameter that a job must give. */
  public static <T> Parameter<T> of(String name, Class<T> type) {
    return new Parameter<>(name, type, true, null, false);
  }

  /** A parameter of a generic type that a job must give. */
  public static <T> Parameter<T> of(String name, TypeReference<T> type) {
    return new Parameter<>(name, type.type(), true, null, false);
  }

  static Parameter<@Nullable Object> required(String name, Type type) {
    return new Parameter<>(name, type, true, null, false);
  }

  static Parameter<@Nullable Object> optional(
      String name, Type type, @Nullable Object defaultValue) {
    return new Parameter<>(name, type, false, defaultValue, false);
  }

  /** The same parameter with a value for jobs that do not give it. */
  public Parameter<T> orElse(T value) {
    return new Parameter<>(name, type, false, value, keywordOnly);
  }

  /** The same parameter for jobs to give by its name alone, as behind {@code *} in Python. */
  public Parameter<T> keywordOnly() {
    return new Parameter<>(name, type, required, defaultValue, true);
  }

  /** The Python name. */
  public String name() {
    return name;
  }

  /** The Java type. */
  public Type type() {
    return type;
  }

  /** Whether a job must give it. */
  public boolean isRequired() {
    return required;
  }

  /** Whether a job may give it by its name alone, as behind {@code *} in Python. */
  public boolean isKeywordOnly() {
    return keywordOnly;
  }

  /** What it is where a job does not give it; null also where a job must. */
  public @Nullable Object defaultValue() {
    return defaultValue;
  }

  /** The value that was bound to this parameter, which stands at a place among the bound ones. */
  @SuppressWarnings("unchecked") // the binder was asked for exactly this type
  T in(@Nullable Object[] bound, int place) {
    return (T) bound[place];
  }
}
