package io.github.rq4j.client;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A method of an interface as a way to enqueue: checked once, called often. Immutable. */
final class ProxyMethod {
  /** How long a {@code CompletableFuture} waits for its result. */
  static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Method method;
  private final String function;
  private final @Nullable String[] names;
  private final String queue;
  private final EnqueueOptions options;
  private final Type result;

  private ProxyMethod(
      Method method,
      String function,
      @Nullable String[] names,
      String queue,
      EnqueueOptions options,
      Type result) {
    this.method = method;
    this.function = function;
    this.names = names;
    this.queue = queue;
    this.options = options;
    this.result = result;
  }

  /**
   * Reads a method's annotations.
   *
   * @throws IllegalArgumentException if it cannot be called through a proxy; the text names it
   */
  static ProxyMethod of(Method method) {
    RqFunction function = method.getAnnotation(RqFunction.class);
    if (function == null) {
      throw refused(method, "it needs @RqFunction with the Python function's name", null);
    }
    if (function.value().isBlank()) {
      throw refused(method, "its @RqFunction names no function", null);
    }
    if (method.getTypeParameters().length > 0) {
      throw refused(method, "it must have no type parameters", null);
    }
    EnqueueDefaults defaults = method.getAnnotation(EnqueueDefaults.class);
    return new ProxyMethod(
        method,
        function.value(),
        names(method),
        defaults == null ? "" : defaults.queue(),
        options(method, defaults),
        resultType(method));
  }

  private static @Nullable String[] names(Method method) {
    Parameter[] parameters = method.getParameters();
    @Nullable String[] names = new @Nullable String[parameters.length];
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.length; i++) {
      names[i] = name(method, parameters[i]);
      if (names[i] != null && !seen.add(names[i])) {
        throw refused(method, "two of its parameters are called '" + names[i] + "'", null);
      }
    }
    return names;
  }

  private static @Nullable String name(Method method, Parameter parameter) {
    Kwarg kwarg = parameter.getAnnotation(Kwarg.class);
    if (kwarg == null) {
      return null;
    }
    if (kwarg.value().isEmpty() && !parameter.isNamePresent()) {
      throw refused(
          method,
          "it was compiled without parameter names: compile with -parameters, or write"
              + " @Kwarg(\"name\")",
          null);
    }
    if (parameter.isVarArgs()) {
      throw refused(method, "a variable number of arguments cannot have a name", null);
    }
    return kwarg.value().isEmpty() ? parameter.getName() : kwarg.value();
  }

  private static EnqueueOptions options(Method method, @Nullable EnqueueDefaults defaults) {
    if (defaults == null) {
      return EnqueueOptions.defaults();
    }
    try {
      EnqueueOptions.Builder options = EnqueueOptions.builder().atFront(defaults.atFront());
      if (!defaults.timeout().isEmpty()) {
        options.timeout(defaults.timeout());
      }
      if (!defaults.resultTtl().isEmpty()) {
        options.resultTtl(defaults.resultTtl());
      }
      if (!defaults.failureTtl().isEmpty()) {
        options.failureTtl(defaults.failureTtl());
      }
      if (!defaults.ttl().isEmpty()) {
        options.ttl(defaults.ttl());
      }
      if (defaults.retries() != 0) {
        Duration[] waits =
            Arrays.stream(defaults.retryAfter())
                .map(wait -> Seconds.parse("retryAfter", wait))
                .toArray(Duration[]::new);
        options.retry(Retry.times(defaults.retries()).after(waits));
      }
      return options.description(defaults.description()).build();
    } catch (IllegalArgumentException e) {
      throw refused(method, "its @EnqueueDefaults: " + e.getMessage(), e);
    }
  }

  private static Type resultType(Method method) {
    Type type = method.getGenericReturnType();
    if (type == void.class || type == Job.class) {
      return type;
    }
    Class<?> raw = method.getReturnType();
    if (raw != JobHandle.class && raw != CompletableFuture.class) {
      throw refused(
          method, "it must return JobHandle<T>, CompletableFuture<T>, Job or nothing", null);
    }
    if (!(type instanceof ParameterizedType parameterized)) {
      throw refused(method, "its " + raw.getSimpleName() + " must say of what type", null);
    }
    Type argument = parameterized.getActualTypeArguments()[0];
    if (argument instanceof WildcardType || argument instanceof TypeVariable) {
      throw refused(method, "the type of its result must be a definite one", null);
    }
    return argument;
  }

  private static IllegalArgumentException refused(
      Method method, String problem, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "method "
            + method.getDeclaringClass().getName()
            + "."
            + method.getName()
            + " cannot enqueue: "
            + problem,
        cause);
  }

  /** The name of the queue; empty for the proxy's. */
  String queue() {
    return queue;
  }

  /**
   * Enqueues.
   *
   * @param given options in place of the annotated ones; null for these
   */
  @Nullable Object enqueue(
      RqClient client, Queue target, @Nullable EnqueueOptions given, @Nullable Object[] arguments) {
    Job job = target.enqueue(call(arguments), given == null ? options : given);
    Class<?> returned = method.getReturnType();
    if (returned == void.class) {
      return null;
    }
    if (returned == Job.class) {
      return job;
    }
    JobHandle<@Nullable Object> handle = new JobHandle<>(client, job, result);
    return returned == JobHandle.class ? handle : handle.future(LONGEST_WAIT);
  }

  private Call call(@Nullable Object[] arguments) {
    Call call = Call.of(function);
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      if (name != null) {
        call = call.kwarg(name, arguments[i]);
      } else if (i == names.length - 1
          && arguments[i] instanceof Object[] more
          && method.isVarArgs()) {
        call = call.args(more);
      } else {
        call = call.args(new @Nullable Object[] {arguments[i]});
      }
    }
    return call;
  }
}
