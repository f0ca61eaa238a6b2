package io.github.rq4j.worker;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a registered function, for those who describe it. Immutable.
 *
 * @param name the dotted Python name
 * @param parameters its parameters in order; empty where it takes the arguments as they are
 * @param returnType what it returns; empty where that is not known, as of a lambda
 * @param javaName the class and the method; empty for a lambda
 */
public record FunctionDescription(
    String name,
    Optional<List<Parameter<?>>> parameters,
    Optional<Type> returnType,
    Optional<String> javaName) {

  static FunctionDescription of(String name, JobFunction function) {
    if (function instanceof TypedFunction typed) {
      return new FunctionDescription(
          name,
          Optional.of(typed.signature().parameters()),
          Optional.ofNullable(typed.method()).map(method -> method.getGenericReturnType()),
          Optional.ofNullable(typed.method())
              .map(method -> method.getDeclaringClass().getName() + "." + method.getName()));
    }
    return new FunctionDescription(name, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
