package io.github.rq4j.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.LivePython;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonExpression;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonTuple;
import io.github.rq4j.codec.python.PythonValues;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What is written and read here against Python's own module json. */
class JsonPropertyTest {
  private static final JsonSerializer JSON = JsonSerializer.defaults();
  private static @Nullable LivePython python;

  @BeforeContainer
  static void start() {
    python = LivePython.start("json_server.py");
  }

  @AfterContainer
  static void stop() {
    python().close();
  }

  private static LivePython python() {
    return Objects.requireNonNull(python);
  }

  @Property(tries = 10_000)
  void every_value_is_written_as_python_writes_it(@ForAll("values") @Nullable Object value) {
    String written = new String(JSON.serialize(value), StandardCharsets.UTF_8);
    assertThat(written).isEqualTo(python().ask("dumps(" + PythonExpression.of(value) + ")"));
  }

  @Property(tries = 10_000)
  void every_text_is_read_as_python_reads_it(@ForAll("seeds") long seed) {
    String text = python().ask("generate(" + seed + ")");
    String expected = python().ask("loads('" + text + "')");
    byte[] bytes = HexFormat.of().parseHex(text);
    assertThat(read(bytes)).as(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(expected);
  }

  private static String read(byte[] text) {
    try {
      return plain(JSON.deserialize(text));
    } catch (MalformedPayloadException e) {
      return "refused";
    }
  }

  /** The same text that the Python side makes of a value. */
  private static String plain(@Nullable Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof Double number) {
      return "f%016x".formatted(Double.doubleToRawLongBits(number));
    }
    if (value instanceof String text) {
      return text.codePoints()
          .mapToObj(Integer::toString)
          .collect(Collectors.joining(",", "s", ""));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(JsonPropertyTest::plain).collect(Collectors.joining(";", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> plain(entry.getKey()) + ":" + plain(entry.getValue()))
          .collect(Collectors.joining(";", "{", "}"));
    }
    assertThat(value).isInstanceOfAny(Long.class, BigInteger.class);
    return value.toString();
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE).withoutEdgeCases();
  }

  @Provide
  Arbitrary<@Nullable Object> values() {
    return Arbitraries.recursive(JsonPropertyTest::leaf, JsonPropertyTest::container, 0, 4);
  }

  private static Arbitrary<@Nullable Object> leaf() {
    Arbitrary<Object> leaves =
        Arbitraries.oneOf(
            PythonValues.texts(),
            PythonValues.doubles(),
            Arbitraries.longs(),
            Arbitraries.bigIntegers(),
            Arbitraries.of(true, false));
    return leaves.injectNull(0.1);
  }

  private static Arbitrary<@Nullable Object> container(Arbitrary<@Nullable Object> elements) {
    Arbitrary<List<@Nullable Object>> lists = elements.list().ofMaxSize(4);
    return Arbitraries.oneOf(
        lists.map(PythonList::new),
        lists.map(PythonTuple::copyOf),
        Combinators.combine(leaf(), elements, leaf(), elements).as(JsonPropertyTest::dict));
  }

  private static PythonDict dict(
      @Nullable Object key,
      @Nullable Object value,
      @Nullable Object otherKey,
      @Nullable Object otherValue) {
    PythonDict dict = new PythonDict();
    dict.put(key, value);
    dict.put(otherKey, otherValue);
    return dict;
  }
}
