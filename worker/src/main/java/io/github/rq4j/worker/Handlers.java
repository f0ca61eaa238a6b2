package io.github.rq4j.worker;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.binding.ValueBinder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which Java function runs for which Python name. A job's name selects from this table and from
 * nothing else: no class or method is ever looked up by a name from Redis. Immutable.
 */
public final class Handlers {
  private final Map<String, JobFunction> functions;
  private final Map<String, SuccessCallback> successCallbacks;
  private final Map<String, FailureCallback> failureCallbacks;
  private final Map<String, StopCallback> stopCallbacks;
  private final Map<String, ExceptionHandler> exceptionHandlers;
  private final ExceptionMappings exceptionMappings;

  private Handlers(Builder builder) {
    functions = Collections.unmodifiableMap(new TreeMap<>(builder.functions));
    successCallbacks = Map.copyOf(builder.successCallbacks);
    failureCallbacks = Map.copyOf(builder.failureCallbacks);
    stopCallbacks = Map.copyOf(builder.stopCallbacks);
    exceptionHandlers = Map.copyOf(builder.exceptionHandlers);
    exceptionMappings = builder.exceptionMappings.build();
  }

  /** Starts an empty table. */
  public static Builder builder() {
    return new Builder(ValueBinder.withDefaults());
  }

  /**
   * Starts an empty table whose arguments are converted by rules of one's own.
   *
   * @param binder turns decoded arguments into the parameters' Java types
   */
  public static Builder builder(ValueBinder binder) {
    return new Builder(binder);
  }

  /** The names that have a function, in alphabetical order. */
  public Set<String> names() {
    return functions.keySet();
  }

  /** What is registered, in alphabetical order of the names. */
  public List<FunctionDescription> functions() {
    return functions.entrySet().stream()
        .map(entry -> FunctionDescription.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  /**
   * Looks whether a call would find its function, and its arguments the parameters; calls nothing.
   * A function that takes the arguments as they are takes any.
   *
   * @return how a job of this call would fail before its function is called; empty if it would not
   */
  public Optional<JobFailure> check(JobData call) {
    try {
      if (function(call) instanceof TypedFunction typed) {
        var unused = typed.bind(Arguments.of(call));
      }
      return Optional.empty();
    } catch (PythonError | RuntimeException e) {
      return Optional.of(FailureText.of(e, exceptionMappings));
    }
  }

  /** Calls the function that the call names. */
  @Nullable Object run(JobData call) throws Exception {
    return function(call).call(Arguments.of(call));
  }

  private JobFunction function(JobData call) throws PythonError {
    String name = call.functionName();
    return find(name).orElseThrow(() -> unknownFunction(name));
  }

  /** How RQ words that a name leads to no function, and what to do. */
  static PythonError unknownFunction(String name) {
    return new PythonError(
        "ValueError",
        "Invalid attribute name: "
            + name
            + " (no Java function is registered under this name: register one, or enqueue the job"
            + " to a queue that Python workers serve)");
  }

  Optional<JobFunction> find(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  Optional<SuccessCallback> onSuccess(String name) {
    return Optional.ofNullable(successCallbacks.get(name));
  }

  Optional<FailureCallback> onFailure(String name) {
    return Optional.ofNullable(failureCallbacks.get(name));
  }

  Optional<StopCallback> onStopped(String name) {
    return Optional.ofNullable(stopCallbacks.get(name));
  }

  Optional<ExceptionHandler> exceptionHandler(String name) {
    return Optional.ofNullable(exceptionHandlers.get(name));
  }

  ExceptionMappings exceptionMappings() {
    return exceptionMappings;
  }

  /**
   * Collects functions, and what is to be called or told besides them. Not safe for use by many
   * threads.
   */
  public static final class Builder {
    private final ValueBinder binder;
    private final Map<String, JobFunction> functions = new TreeMap<>();
    private final Map<String, SuccessCallback> successCallbacks = new TreeMap<>();
    private final Map<String, FailureCallback> failureCallbacks = new TreeMap<>();
    private final Map<String, StopCallback> stopCallbacks = new TreeMap<>();
    private final Map<String, ExceptionHandler> exceptionHandlers = new TreeMap<>();
    private final ExceptionMappings.Builder exceptionMappings = new ExceptionMappings.Builder();

    private Builder(ValueBinder binder) {
      this.binder = binder;
    }

    /**
     * Registers a function that takes the arguments as they are.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Builder register(String name, JobFunction function) {
      return add(functions, "function", name, function);
    }

    private <T> Builder add(Map<String, T> registered, String kind, String name, T added) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a " + kind + " needs a name");
      }
      if (registered.putIfAbsent(name, added) != null) {
        throw new IllegalArgumentException("two " + kind + "s are registered as '" + name + "'");
      }
      return this;
    }

    /**
     * Registers a function without parameters.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public <R extends @Nullable Object> Builder register(String name, Function0<R> function) {
      Signature signature = new Signature(name, List.of());
      return typed(signature, bound -> function.call());
    }

    /**
     * Registers a function of one parameter.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public <A extends @Nullable Object, R extends @Nullable Object> Builder register(
        String name, Parameter<A> first, Function1<A, R> function) {
      Signature signature = new Signature(name, List.of(first));
      return typed(signature, bound -> function.call(first.in(bound, 0)));
    }

    /**
     * Registers a function of two parameters.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        Builder register(
            String name, Parameter<A> first, Parameter<B> second, Function2<A, B, R> function) {
      Signature signature = new Signature(name, List.of(first, second));
      return typed(signature, bound -> function.call(first.in(bound, 0), second.in(bound, 1)));
    }

    /**
     * Registers a function of three parameters.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public <
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            R extends @Nullable Object>
        Builder register(
            String name,
            Parameter<A> first,
            Parameter<B> second,
            Parameter<C> third,
            Function3<A, B, C, R> function) {
      Signature signature = new Signature(name, List.of(first, second, third));
      return typed(
          signature,
          bound -> function.call(first.in(bound, 0), second.in(bound, 1), third.in(bound, 2)));
    }

    /**
     * Registers a function of four parameters. For more, annotate a method with {@link RqFunction}.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public <
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            R extends @Nullable Object>
        Builder register(
            String name,
            Parameter<A> first,
            Parameter<B> second,
            Parameter<C> third,
            Parameter<D> fourth,
            Function4<A, B, C, D, R> function) {
      Signature signature = new Signature(name, List.of(first, second, third, fourth));
      return typed(
          signature,
          bound ->
              function.call(
                  first.in(bound, 0),
                  second.in(bound, 1),
                  third.in(bound, 2),
                  fourth.in(bound, 3)));
    }

    private Builder typed(Signature signature, TypedFunction.Body body) {
      return register(signature.function(), new TypedFunction(signature, binder, null, body));
    }

    /**
     * Registers every method of an object that is annotated with {@link RqFunction}.
     *
     * @throws IllegalArgumentException if there is none, or one cannot be used; the text says why
     */
    public Builder registerAnnotated(Object handlers) {
      AnnotatedFunctions.of(handlers, binder).forEach(this::register);
      return this;
    }

    /**
     * Registers every method of a class that is annotated with {@link RqFunction}. If one of them
     * is not static, the class needs a public constructor without parameters.
     *
     * @throws IllegalArgumentException if there is none, or one cannot be used; the text says why
     */
    public Builder registerAnnotated(Class<?> type) {
      AnnotatedFunctions.of(type, binder).forEach(this::register);
      return this;
    }

    /**
     * Registers what is called for a job that was enqueued with this name as {@code on_success}.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Builder onSuccess(String name, SuccessCallback callback) {
      return add(successCallbacks, "success callback", name, callback);
    }

    /**
     * Registers what is called for a job that was enqueued with this name as {@code on_failure}.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Builder onFailure(String name, FailureCallback callback) {
      return add(failureCallbacks, "failure callback", name, callback);
    }

    /**
     * Registers what is called for a job that was enqueued with this name as {@code on_stopped}.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Builder onStopped(String name, StopCallback callback) {
      return add(stopCallbacks, "stopped callback", name, callback);
    }

    /**
     * Registers an exception handler, which a worker calls where it was told to by {@link
     * RqWorkerBuilder#exceptionHandler(String)}.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Builder exceptionHandler(String name, ExceptionHandler handler) {
      return add(exceptionHandlers, "exception handler", name, handler);
    }

    /**
     * Lets Python readers see a Java exception, and its subclasses, as a Python exception with the
     * same message.
     *
     * @param type the Java class; the last mapping of a class counts
     * @param pythonType the name as Python prints it, such as {@code shop.errors.NotFound}
     */
    public Builder mapException(Class<? extends Throwable> type, String pythonType) {
      return mapException(type, pythonType, ThrownText::message);
    }

    /**
     * Lets Python readers see a Java exception, and its subclasses, as a Python exception.
     *
     * @param type the Java class; the last mapping of a class counts
     * @param pythonType the name as Python prints it, such as {@code shop.errors.NotFound}
     * @param message makes the message; empty for none
     * @throws IllegalArgumentException if the name is blank
     */
    public <E extends Throwable> Builder mapException(
        Class<E> type, String pythonType, Function<? super E, String> message) {
      if (pythonType.isBlank()) {
        throw new IllegalArgumentException("an exception needs a name");
      }
      exceptionMappings.add(type, pythonType, message);
      return this;
    }

    /** The table as it is now. */
    public Handlers build() {
      return new Handlers(this);
    }
  }
}
