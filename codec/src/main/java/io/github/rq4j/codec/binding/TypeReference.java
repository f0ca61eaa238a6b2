package io.github.rq4j.codec.binding;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A Java type with its arguments, which a {@link Class} cannot say: {@code new
 * TypeReference<List<Order>>() {}}.
 *
 * @param <T> the type
 */
public abstract class TypeReference<T> {
  private final Type type;

  /** Captures the argument that the anonymous subclass gives. */
  protected TypeReference() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType captured)
        || captured.getRawType() != TypeReference.class) {
      throw new IllegalStateException(
          "a TypeReference is an anonymous class with a type argument:"
              + " new TypeReference<List<String>>() {}");
    }
    this.type = captured.getActualTypeArguments()[0];
  }

  /** The captured type. */
  public final Type type() {
    return type;
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
