package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.mapping.TypeMappings;
import io.github.rq4j.codec.python.PythonGlobal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * RQ's default serializer: Python's pickle format, read in every protocol from 0 to 5 and written
 * in one of them, byte for byte as CPython 3.11 writes the same value. How Python's values read is
 * told in {@link io.github.rq4j.codec.python}; all of them can be written again, and also:
 *
 * <table>
 * <caption>Java values beyond those, and what Python gets</caption>
 * <tr><th>Java</th><th>Python</th></tr>
 * <tr><td>{@code Byte}, {@code Short}, {@code Integer}</td><td>{@code int}</td></tr>
 * <tr><td>{@code Float}</td><td>{@code float} of the same value</td></tr>
 * <tr><td>{@code Character}, the name of an enum constant</td><td>{@code str}</td></tr>
 * <tr><td>{@code byte[]}</td><td>{@code bytes}</td></tr>
 * <tr><td>any other array, any other {@code Collection}</td><td>{@code list}</td></tr>
 * <tr><td>any {@code Set}</td><td>{@code set}</td></tr>
 * <tr><td>any {@code Map}</td><td>{@code dict} in the order of the map</td></tr>
 * <tr><td>a record</td><td>{@code dict} of the names and values of its components</td></tr>
 * <tr><td>a record, an enum constant or an object of a class with a mapping</td><td>an object of
 *     the Python class, see {@link TypeMappings}</td></tr>
 * <tr><td>{@code Optional} and its kin</td><td>the content, or {@code None}</td></tr>
 * <tr><td>{@code Instant}</td><td>{@code datetime} in {@code timezone.utc}</td></tr>
 * <tr><td>{@code OffsetTime}</td><td>{@code time} with a {@code timezone}</td></tr>
 * <tr><td>a {@code ZonedDateTime} in the second of two equal hours</td><td>{@code datetime} with
 *     fold 1; needs protocol 4</td></tr>
 * </table>
 *
 * <p>What is one object in Java is one object in Python, and what is not, is not; a value may
 * contain itself. Nothing is written at a loss: times finer than microseconds are refused unless
 * {@link Builder#roundTimes} says how to round them, and so are dicts and sets that would come out
 * smaller because Python holds two of their keys equal.
 *
 * <p>Whoever loads a pickle calls what it names. Written are only the names of Python's own types
 * for plain data, such as {@code datetime}, {@code Decimal}, {@code OrderedDict} and the built-in
 * exceptions. A {@link PythonGlobal} or {@link io.github.rq4j.codec.python.PythonObject} with any
 * other name, for instance one that came with a job from elsewhere, is refused unless allowed by
 * {@link Builder#allowGlobal}, {@link Builder#allowGlobals} or a mapping.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class PickleSerializer implements Serializer {
  /** The protocol written by default, the newest; Python 3.8 and later can read it: {@value}. */
  public static final int DEFAULT_PROTOCOL = 5;

  private static final PickleSerializer DEFAULTS = builder().build();

  private static final byte PROTO = (byte) 0x80;
  private static final int LOWEST_ANSWER = 2;

  private final CodecLimits limits;
  private final Python2Strings python2Strings;
  private final WriterOptions options;

  /** A writer to be used again by whoever takes it first. One that failed is not. */
  private final AtomicReference<@Nullable PickleWriter> idleWriter = new AtomicReference<>();

  /** The one of a lower protocol that was asked for last. */
  private final AtomicReference<@Nullable PickleSerializer> lower = new AtomicReference<>();

  private PickleSerializer(Builder builder) {
    limits = builder.limits;
    python2Strings = builder.python2Strings;
    options =
        new WriterOptions(
            builder.protocol,
            limits.maxDepth(),
            new GlobalPolicy(builder.allowedGlobals, builder.mappings),
            builder.mappings,
            builder.timeRounding);
  }

  /** The serializer of protocol 5 with {@link CodecLimits#defaults()}. */
  public static PickleSerializer defaults() {
    return DEFAULTS;
  }

  /** A builder that starts from {@link #defaults()}. */
  public static Builder builder() {
    return new Builder();
  }

  private PickleSerializer(PickleSerializer other, int protocol) {
    limits = other.limits;
    python2Strings = other.python2Strings;
    options = other.options.withProtocol(protocol);
  }

  /**
   * A serializer that writes no higher protocol than a pickle has, as Python would on the version
   * that wrote it; but 2, which every Python reads, where it has a lower one.
   */
  @Override
  public PickleSerializer matching(byte[] beginning) {
    boolean tells = beginning.length > 1 && beginning[0] == PROTO;
    int theirs = tells ? Math.max(LOWEST_ANSWER, beginning[1]) : LOWEST_ANSWER;
    if (theirs >= protocol()) {
      return this;
    }
    PickleSerializer known = lower.get();
    if (known == null || known.protocol() != theirs) {
      known = new PickleSerializer(this, theirs);
      lower.set(known);
    }
    return known;
  }

  /** The protocol written, 0 to 5. */
  public int protocol() {
    return options.protocol();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedValueException if the value, or something inside it, cannot be written; the
   *     message begins with its place, such as {@code value.lines[3].price}
   */
  @Override
  public byte[] serialize(@Nullable Object value) {
    return serialize(value, "value");
  }

  /**
   * Serializes a value that has a name.
   *
   * @param name what the place of a part is told from in an error message, such as {@code result}
   * @throws UnsupportedValueException if the value, or something inside it, cannot be written
   */
  public byte[] serialize(@Nullable Object value, String name) {
    PickleWriter idle = idleWriter.getAndSet(null);
    PickleWriter writer = idle != null ? idle : new PickleWriter(options);
    byte[] pickle = writer.write(value, name);
    writer.forget();
    idleWriter.set(writer);
    return pickle;
  }

  /**
   * {@inheritDoc} What follows the end of the pickle is ignored, as in Python.
   *
   * @throws MalformedPayloadException if the bytes are damaged or exceed a limit
   * @throws UnsupportedValueException if they need what only Python has
   */
  @Override
  public @Nullable Object deserialize(byte[] bytes) {
    return new PickleReader(bytes, limits, python2Strings).read();
  }

  /** Collects options. */
  public static final class Builder {
    private int protocol = DEFAULT_PROTOCOL;
    private CodecLimits limits = CodecLimits.defaults();
    private Python2Strings python2Strings = Python2Strings.UTF8_OR_BYTES;
    private Predicate<PythonGlobal> allowedGlobals = global -> false;
    private TypeMappings mappings = TypeMappings.none();
    private RoundingMode timeRounding = RoundingMode.UNNECESSARY;

    private Builder() {}

    /**
     * Sets the protocol to write: 5 for Python 3.8 and later, 4 from 3.4 on, 3 for all of Python 3,
     * 2 and below for Python 2 as well. {@linkplain #DEFAULT_PROTOCOL 5} by default. Every protocol
     * is read.
     *
     * @throws IllegalArgumentException unless it is 0 to 5
     */
    public Builder protocol(int newProtocol) {
      if (newProtocol < 0 || newProtocol > DEFAULT_PROTOCOL) {
        throw new IllegalArgumentException(
            "pickle protocols are 0 to " + DEFAULT_PROTOCOL + ", not " + newProtocol);
      }
      protocol = newProtocol;
      return this;
    }

    /**
     * Sets the limits; {@link CodecLimits#defaults()} by default. Writing heeds the depth alone.
     */
    public Builder limits(CodecLimits newLimits) {
      limits = Objects.requireNonNull(newLimits, "limits");
      return this;
    }

    /** Sets how the strings of Python 2 are read; as text if they are UTF-8 by default. */
    public Builder python2Strings(Python2Strings mode) {
      python2Strings = Objects.requireNonNull(mode, "mode");
      return this;
    }

    /**
     * Allows values to name one more class or function. Python will use it as the value says, so
     * allow nothing that must not be called with arguments from elsewhere.
     *
     * @param module the module, such as {@code shop.models}
     * @param name the qualified name within the module, such as {@code Order}
     */
    public Builder allowGlobal(String module, String name) {
      return allowGlobals(new PythonGlobal(module, name)::equals);
    }

    /** The same for all that a test lets through, besides what is allowed already. */
    public Builder allowGlobals(Predicate<PythonGlobal> test) {
      allowedGlobals = allowedGlobals.or(test);
      return this;
    }

    /**
     * Sets which Java classes are written as objects of which Python classes; none by default. The
     * name of a Python class that is written by a mapping is allowed with it, and nothing else is.
     * Reading is not changed: give the same mappings to a {@link
     * io.github.rq4j.codec.binding.ValueBinder}.
     */
    public Builder mappings(TypeMappings newMappings) {
      mappings = Objects.requireNonNull(newMappings, "mappings");
      return this;
    }

    /**
     * Rounds times and durations that are finer than microseconds instead of refusing them.
     *
     * @param mode towards which neighbour; {@link RoundingMode#UNNECESSARY}, the default, refuses
     */
    public Builder roundTimes(RoundingMode mode) {
      timeRounding = Objects.requireNonNull(mode, "mode");
      return this;
    }

    /** The serializer with the options collected so far. */
    public PickleSerializer build() {
      return new PickleSerializer(this);
    }
  }
}
