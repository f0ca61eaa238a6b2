package io.github.rq4j.codec.binding;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.mapping.TypeMappings;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns decoded Python values into the Java types that an application declares. Immutable and safe
 * for use by many threads; what it learns about types is kept, so use one for long.
 *
 * <p>Nothing is guessed and nothing is lost silently: a value that does not fit exactly is a {@link
 * BindingException}, which tells the place, the expected and the given type, but never the value.
 *
 * <table>
 * <caption>Java types and the Python values that they take</caption>
 * <tr><th>Java</th><th>Python</th></tr>
 * <tr><td>{@code byte}, {@code short}, {@code int}, {@code long}, {@code BigInteger}</td><td>int
 *     within the range; neither bool nor float</td></tr>
 * <tr><td>{@code double}, {@code float}</td><td>float, and int that is held exactly; a float is
 *     rounded to {@code float}</td></tr>
 * <tr><td>{@code BigDecimal}</td><td>Decimal that is a finite number, int</td></tr>
 * <tr><td>{@code boolean}</td><td>bool</td></tr>
 * <tr><td>{@code String}, {@code char}</td><td>str, of one character for {@code char}</td></tr>
 * <tr><td>{@code byte[]}, {@code ByteBuffer}</td><td>bytes, bytearray</td></tr>
 * <tr><td>an enum</td><td>str that names a constant; Python enum member whose value or name does,
 *     or of a class that is mapped to it</td></tr>
 * <tr><td>a record</td><td>dict with its components as keys; a component may be absent if it is
 *     {@code Optional} or {@code @Nullable}</td></tr>
 * <tr><td>{@code LocalDateTime}</td><td>naive datetime</td></tr>
 * <tr><td>{@code OffsetDateTime}, {@code ZonedDateTime}, {@code Instant}</td><td>aware
 *     datetime</td></tr>
 * <tr><td>{@code LocalDate}, {@code LocalTime}, {@code Duration}</td><td>date, naive time,
 *     timedelta</td></tr>
 * <tr><td>{@code UUID}</td><td>UUID</td></tr>
 * <tr><td>{@code List}, {@code Iterable}, arrays</td><td>list, tuple, array, deque</td></tr>
 * <tr><td>{@code Collection}, {@code Set}</td><td>the same, set and frozenset; for {@code Set}
 *     without equal elements</td></tr>
 * <tr><td>{@code Map}</td><td>dict and its subclasses</td></tr>
 * <tr><td>{@code Optional}</td><td>None, or what its type takes</td></tr>
 * <tr><td>{@code Object}</td><td>anything, as it is</td></tr>
 * <tr><td>any other type</td><td>a value that is an instance of it already, or an object of a
 *     class that is mapped to it</td></tr>
 * </table>
 *
 * <p>None is null, except for primitive types, where it is an error. Lists, sets and maps that come
 * out cannot be modified. Times and UUIDs are also read from str, as JSON has them, unless {@link
 * Builder#isoStrings} is switched off.
 */
public final class ValueBinder {
  /** Containers nested more deeply than this are refused: {@value}. */
  public static final int MAX_DEPTH = 200;

  private final boolean ignoreUnknownKeys;
  private final int maxDepth;
  private final int maxValues;
  private final TargetFinder finder;
  private final Map<Type, Target> targets = new ConcurrentHashMap<>();

  private ValueBinder(Builder builder) {
    ignoreUnknownKeys = builder.ignoreUnknownKeys;
    maxDepth = Math.min(MAX_DEPTH, builder.limits.maxDepth());
    maxValues = builder.limits.maxObjects();
    finder =
        new TargetFinder(
            builder.isoStrings ? TimeTargets.WITH_TEXTS : TimeTargets.ALL, builder.mappings);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A binder with the defaults. */
  public static ValueBinder withDefaults() {
    return builder().build();
  }

  /**
   * Binds a value to any Java type.
   *
   * @param value a decoded value
   * @param target the wanted type, with its type arguments where it has some
   * @param path where the value stands, such as {@code args[0]}; errors begin with it
   * @return null if the value is None
   * @throws BindingException if the value does not fit
   */
  public @Nullable Object bind(@Nullable Object value, Type target, String path) {
    return bind(value, target, new Position(path, maxDepth, maxValues));
  }

  /**
   * Binds a value to a class.
   *
   * @param value a decoded value
   * @param target the wanted class; its type arguments, if it has some, count as {@code Object}
   * @param path where the value stands, such as {@code args[0]}; errors begin with it
   * @return null if the value is None
   * @throws BindingException if the value does not fit
   */
  public <T> @Nullable T bind(@Nullable Object value, Class<T> target, String path) {
    @SuppressWarnings("unchecked") // an instance of T by the rules; Class.cast refuses primitives
    T bound = (T) bind(value, (Type) target, path);
    return bound;
  }

  /**
   * Binds a value to a type with arguments.
   *
   * @param value a decoded value
   * @param target the wanted type, such as {@code new TypeReference<List<Order>>() {}}
   * @param path where the value stands, such as {@code args[0]}; errors begin with it
   * @return null if the value is None
   * @throws BindingException if the value does not fit
   */
  public <T> @Nullable T bind(@Nullable Object value, TypeReference<T> target, String path) {
    @SuppressWarnings("unchecked") // an instance of T by the rules
    T bound = (T) bind(value, target.type(), path);
    return bound;
  }

  boolean ignoresUnknownKeys() {
    return ignoreUnknownKeys;
  }

  /** Binds a value, or a part of one. */
  @Nullable Object bind(@Nullable Object value, Type type, Position at) {
    if (type == Object.class) {
      return value;
    }
    Target target = targets.get(type);
    if (target == null) {
      target = finder.find(JavaTypes.resolve(type), this);
      targets.put(type, target);
    }
    if (value != null) {
      return target.bind(value, at);
    }
    Class<?> raw = JavaTypes.resolve(type).raw();
    if (raw.isPrimitive()) {
      throw at.mismatch(raw.getName(), null);
    }
    return raw == Optional.class ? Optional.empty() : null;
  }

  /** Options of a {@link ValueBinder}. Not safe for use by several threads. */
  public static final class Builder {
    private boolean ignoreUnknownKeys;
    private boolean isoStrings = true;
    private CodecLimits limits = CodecLimits.defaults();
    private TypeMappings mappings = TypeMappings.none();

    private Builder() {}

    /**
     * Whether keys of a dict that no component of the record has are skipped. By default they are
     * an error.
     */
    public Builder ignoreUnknownKeys(boolean ignore) {
      ignoreUnknownKeys = ignore;
      return this;
    }

    /**
     * Whether times and UUIDs are also read from str in the forms of ISO 8601 and RFC 4122, as JSON
     * carries them. By default they are.
     */
    public Builder isoStrings(boolean accept) {
      isoStrings = accept;
      return this;
    }

    /**
     * Bounds for what one call binds: {@link CodecLimits#maxObjects()} values, which counts what is
     * shared as often as it is met, and {@link CodecLimits#maxDepth()} but at most {@value
     * ValueBinder#MAX_DEPTH} nested containers.
     */
    public Builder limits(CodecLimits newLimits) {
      limits = Objects.requireNonNull(newLimits, "newLimits");
      return this;
    }

    /**
     * Sets which Java types are made of the objects of which Python classes; none by default. A
     * mapping is used wherever its Java type or a supertype other than {@code Object} is wanted and
     * an object of its Python class is given.
     */
    public Builder mappings(TypeMappings newMappings) {
      mappings = Objects.requireNonNull(newMappings, "newMappings");
      return this;
    }

    /** Builds the binder. */
    public ValueBinder build() {
      return new ValueBinder(this);
    }
  }
}
