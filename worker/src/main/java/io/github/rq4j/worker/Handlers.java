package io.github.rq4j.worker;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.codec.binding.ValueBinder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which Java function runs for which Python name. A job's name selects from this table and from
 * nothing else: no class or method is ever looked up by a name from Redis. Immutable.
 */
public final class Handlers {
  private final Map<String, JobFunction> functions;

  private Handlers(Map<String, JobFunction> functions) {
    this.functions = functions;
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

  Optional<JobFunction> find(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  /** Collects functions. Not safe for use by many threads. */
  public static final class Builder {
    private final ValueBinder binder;
    private final Map<String, JobFunction> functions = new TreeMap<>();

    private Builder(ValueBinder binder) {
      this.binder = binder;
    }

    /**
     * Registers a function that takes the arguments as they are.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Builder register(String name, JobFunction function) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a function needs a name");
      }
      if (functions.putIfAbsent(name, function) != null) {
        throw new IllegalArgumentException("two functions are registered as '" + name + "'");
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
      return typed(
          signature,
          arguments -> {
            signature.bind(arguments, binder);
            return function.call();
          });
    }

    /**
     * Registers a function of one parameter.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public <A extends @Nullable Object, R extends @Nullable Object> Builder register(
        String name, Parameter<A> first, Function1<A, R> function) {
      Signature signature = new Signature(name, List.of(first));
      return typed(
          signature,
          arguments -> {
            @Nullable Object[] bound = signature.bind(arguments, binder);
            return function.call(first.in(bound, 0));
          });
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
      return typed(
          signature,
          arguments -> {
            @Nullable Object[] bound = signature.bind(arguments, binder);
            return function.call(first.in(bound, 0), second.in(bound, 1));
          });
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
          arguments -> {
            @Nullable Object[] bound = signature.bind(arguments, binder);
            return function.call(first.in(bound, 0), second.in(bound, 1), third.in(bound, 2));
          });
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
          arguments -> {
            @Nullable Object[] bound = signature.bind(arguments, binder);
            return function.call(
                first.in(bound, 0), second.in(bound, 1), third.in(bound, 2), fourth.in(bound, 3));
          });
    }

    private Builder typed(Signature signature, JobFunction body) {
      return register(signature.function(), new TypedFunction(signature, null, body));
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

    /** The table as it is now. */
    public Handlers build() {
      return new Handlers(Collections.unmodifiableMap(new TreeMap<>(functions)));
    }
  }
}
