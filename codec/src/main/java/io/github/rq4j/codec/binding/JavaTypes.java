package io.github.rq4j.codec.binding;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What generic Java types come down to. */
final class JavaTypes {
  private JavaTypes() {}

  /**
   * A class with its type arguments, none if it is raw or has none.
   *
   * @param raw the class
   * @param arguments its type arguments
   */
  record Applied(Class<?> raw, List<Type> arguments) implements ParameterizedType {
    Applied {
      arguments = List.copyOf(arguments);
    }

    /** One type argument, {@code Object} where the type is raw. */
    Type argument(int index) {
      return index < arguments.size() ? arguments.get(index) : Object.class;
    }

    /** The type of a component of this record, its type variables replaced. */
    Type typeOf(RecordComponent component) {
      return substitute(component.getGenericType(), this);
    }

    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return raw.getDeclaringClass();
    }

    @Override
    public String toString() {
      if (arguments.isEmpty()) {
        return raw.getTypeName();
      }
      return arguments.stream()
          .map(Type::getTypeName)
          .collect(Collectors.joining(", ", raw.getTypeName() + "<", ">"));
    }
  }

  /** Wildcards and variables become their bounds, arrays of generic types those of classes. */
  static Applied resolve(Type type) {
    if (type instanceof Applied applied) {
      return applied;
    }
    if (type instanceof Class<?> raw) {
      return new Applied(raw, List.of());
    }
    if (type instanceof ParameterizedType parameterized
        && parameterized.getRawType() instanceof Class<?> raw) {
      return new Applied(raw, List.of(parameterized.getActualTypeArguments()));
    }
    if (type instanceof WildcardType wildcard) {
      return resolve(wildcard.getUpperBounds()[0]);
    }
    if (type instanceof TypeVariable<?> variable) {
      return resolve(variable.getBounds()[0]);
    }
    if (type instanceof GenericArrayType array) {
      return arrayOf(array.getGenericComponentType());
    }
    throw new IllegalArgumentException("not a Java type: " + type.getTypeName());
  }

  private static Applied arrayOf(Type component) {
    Class<?> raw = Array.newInstance(resolve(component).raw(), 0).getClass();
    return new Applied(raw, List.of(component));
  }

  private static Type substitute(Type type, Applied owner) {
    if (type instanceof TypeVariable<?> variable) {
      TypeVariable<?>[] variables = owner.raw().getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        if (variables[i].equals(variable)) {
          return owner.arguments().isEmpty() ? resolve(variable) : owner.argument(i);
        }
      }
    }
    if (type instanceof Class<?> || type instanceof TypeVariable<?>) {
      return type;
    }
    if (type instanceof WildcardType wildcard) {
      return substitute(wildcard.getUpperBounds()[0], owner);
    }
    if (type instanceof GenericArrayType array) {
      return arrayOf(substitute(array.getGenericComponentType(), owner));
    }
    Applied applied = resolve(type);
    List<Type> arguments = new ArrayList<>();
    for (Type argument : applied.arguments()) {
      arguments.add(substitute(argument, owner));
    }
    return new Applied(applied.raw(), arguments);
  }
}
