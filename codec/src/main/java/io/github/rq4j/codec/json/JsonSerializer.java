package io.github.rq4j.codec.json;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.UnsupportedValueException;
import org.jspecify.annotations.Nullable;

/**
 * RQ's {@code JSONSerializer}: values as JSON text in UTF-8. What is written is, byte for byte,
 * what Python's {@code json.dumps(value)} gives: {@code ", "} and {@code ": "} between items,
 * everything beyond ASCII as {@code \}{@code u} escapes, floats as Python's {@code repr}, {@code
 * NaN} and {@code Infinity} as such.
 *
 * <p>What can be written, and how:
 *
 * <table>
 * <caption>Java values in JSON</caption>
 * <tr><th>Java</th><th>JSON</th></tr>
 * <tr><td>null, an empty {@code Optional}</td><td>{@code null}</td></tr>
 * <tr><td>{@code Boolean}</td><td>{@code true}, {@code false}</td></tr>
 * <tr><td>{@code Byte} to {@code Long}, {@code BigInteger}</td><td>the digits</td></tr>
 * <tr><td>{@code Double}, {@code Float}</td><td>the shortest digits of the {@code double}, always
 *     with a point or exponent</td></tr>
 * <tr><td>{@code String}, {@code Character}, the name of an enum constant</td><td>a string</td></tr>
 * <tr><td>{@code PythonTuple}, collections other than sets, arrays other than {@code
 *     byte[]}</td><td>an array</td></tr>
 * <tr><td>maps, records, {@code OrderedDict}, {@code defaultdict} and {@code Counter}</td><td>an
 *     object</td></tr>
 * </table>
 *
 * <p>Keys become strings as in Python: {@code true}, {@code null}, the digits of a number. Two keys
 * that become the same string are both written, and a reader takes the last. Everything else, such
 * as dates, decimals, bytes and sets, has no form in Python's JSON either, and is refused.
 *
 * <p>What is read: strings, {@code Boolean}, null, {@code Long} or {@code BigInteger} for numbers
 * without point and exponent, else {@code Double}, {@link io.github.rq4j.codec.python.PythonList}
 * and {@link io.github.rq4j.codec.python.PythonDict} in the order of the text; of equal keys the
 * last value counts.
 *
 * <p>Differences to Python: nesting is bounded by {@link CodecLimits#maxDepth()}, in Python by its
 * call stack; a value that contains itself meets that bound, too. Enums that Python would write as
 * the number or text they are based on are refused when they come out of a pickle. A key with half
 * of a surrogate pair can be written but not read.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class JsonSerializer implements Serializer {
  private static final JsonSerializer DEFAULTS = new JsonSerializer(CodecLimits.defaults());

  private final CodecLimits limits;

  private JsonSerializer(CodecLimits limits) {
    this.limits = limits;
  }

  /** The serializer with {@link CodecLimits#defaults()}. */
  public static JsonSerializer defaults() {
    return DEFAULTS;
  }

  /**
   * The serializer with other limits.
   *
   * @param limits of them, {@code maxDepth} and {@code maxIntDigits} hold in both directions,
   *     {@code maxInflatedBytes}, {@code maxTextBytes} and {@code maxObjects} when reading
   */
  public static JsonSerializer withLimits(CodecLimits limits) {
    return new JsonSerializer(limits);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedValueException if the value, or something inside it, has no form in JSON;
   *     the message begins with its place, such as {@code value.lines[3].price}
   */
  @Override
  public byte[] serialize(@Nullable Object value) {
    return new JsonWriter(limits).write(value, "value");
  }

  /**
   * {@inheritDoc}
   *
   * @throws MalformedPayloadException if the bytes are no JSON in UTF-8, have something after it,
   *     or exceed a limit
   */
  @Override
  public @Nullable Object deserialize(byte[] bytes) {
    return new JsonReader(limits).read(bytes);
  }
}
