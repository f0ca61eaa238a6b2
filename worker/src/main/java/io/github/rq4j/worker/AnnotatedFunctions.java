package io.github.rq4j.worker;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.binding.ValueBinder;
import io.github.rq4j.codec.json.JsonSerializer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the methods that carry {@link RqFunction} and makes job functions of them. */
final class AnnotatedFunctions {
  private AnnotatedFunctions() {}

  static Map<String, JobFunction> of(Object handlers, ValueBinder binder) {
    return collect(handlers.getClass(), handlers, binder);
  }

  static Map<String, JobFunction> of(Class<?> type, ValueBinder binder) {
    boolean needsInstance =
        annotated(type).stream().anyMatch(method -> !Modifier.isStatic(method.getModifiers()));
    return collect(type, needsInstance ? instantiate(type) : null, binder);
  }

  private static Object instantiate(Class<?> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
      throw new IllegalArgumentException(
          type.getName()
              + " has annotated methods that are not static, so it must be a public"
              + " class with a public constructor without parameters",
          e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "the constructor of " + type.getName() + " failed: " + e.getCause(), e);
    }
  }

  private static List<Method> annotated(Class<?> type) {
    List<Method> methods = new ArrayList<>();
    for (Class<?> owner = type;
        owner != null && owner != Object.class;
        owner = owner.getSuperclass()) {
      for (Method method : owner.getDeclaredMethods()) {
        if (method.isAnnotationPresent(RqFunction.class) && !method.isBridge()) {
          methods.add(method);
        }
      }
    }
    return methods;
  }

  private static Map<String, JobFunction> collect(
      Class<?> type, @Nullable Object target, ValueBinder binder) {
    Map<String, JobFunction> functions = new LinkedHashMap<>();
    for (Method method : annotated(type)) {
      String name = method.getAnnotation(RqFunction.class).value();
      if (functions.put(name, function(name, method, target, binder)) != null) {
        throw new IllegalArgumentException(
            type.getName() + " has two methods for the function '" + name + "'");
      }
    }
    if (functions.isEmpty()) {
      throw new IllegalArgumentException(
          type.getName() + " has no method annotated with @RqFunction");
    }
    return functions;
  }

  private static JobFunction function(
      String name, Method method, @Nullable Object target, ValueBinder binder) {
    if (!method.trySetAccessible()) {
      throw new IllegalArgumentException(method + " cannot be called from here: make it public");
    }
    List<Parameter<?>> parameters = new ArrayList<>();
    for (java.lang.reflect.Parameter parameter : method.getParameters()) {
      parameters.add(parameter(method, parameter, binder));
    }
    Signature signature = new Signature(name, parameters);
    return new TypedFunction(signature, binder, method, bound -> invoke(method, target, bound));
  }

  private static @Nullable Object invoke(
      Method method, @Nullable Object target, @Nullable Object[] arguments) throws Exception {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  private static Parameter<?> parameter(
      Method method, java.lang.reflect.Parameter parameter, ValueBinder binder) {
    Argument argument = parameter.getAnnotation(Argument.class);
    String name = argument == null ? "" : argument.value();
    if (name.isEmpty()) {
      if (!parameter.isNamePresent()) {
        throw new IllegalArgumentException(
            method
                + " was compiled without parameter names: compile with -parameters, or annotate"
                + " each parameter with @Argument(\"name\")");
      }
      name = parameter.getName();
    }
    Parameter<?> made = parameter(method, parameter, name, argument, binder);
    return argument != null && argument.keywordOnly() ? made.keywordOnly() : made;
  }

  private static Parameter<?> parameter(
      Method method,
      java.lang.reflect.Parameter parameter,
      String name,
      @Nullable Argument argument,
      ValueBinder binder) {
    Type type = parameter.getParameterizedType();
    if (argument != null && !argument.defaultJson().isEmpty()) {
      return Parameter.optional(name, type, defaultValue(method, name, type, argument, binder));
    }
    if (parameter.getType() == Optional.class) {
      return Parameter.optional(name, type, Optional.empty());
    }
    return Parameter.required(name, type);
  }

  private static @Nullable Object defaultValue(
      Method method, String name, Type type, Argument argument, ValueBinder binder) {
    try {
      byte[] json = argument.defaultJson().getBytes(StandardCharsets.UTF_8);
      return binder.bind(JsonSerializer.defaults().deserialize(json), type, name);
    } catch (CodecException e) {
      throw new IllegalArgumentException(
          method + ": the default of '" + name + "' does not fit: " + e.getMessage(), e);
    }
  }
}
