package io.github.rq4j.codec.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonComplex;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonRange;
import io.github.rq4j.codec.python.PythonSingleton;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSerializerTest {
  private static final JsonSerializer JSON = JsonSerializer.defaults();

  private enum Colour {
    RED
  }

  private record Line(String sku, int count, @Nullable Double price) {}

  private record Order(long id, List<Line> lines, Colour colour) {}

  record Quotient(int divisor) {
    @Override
    public int divisor() {
      return 1 / divisor;
    }
  }

  private static String write(@Nullable Object value) {
    return new String(JSON.serialize(value), StandardCharsets.US_ASCII);
  }

  private static @Nullable Object read(String text) {
    return JSON.deserialize(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_job_tuple_is_written_with_pythons_separators() {
    PythonDict kwargs = new PythonDict();
    kwargs.put("y", 2L);
    Object job = PythonTuple.of("mod.f", null, PythonTuple.of(1L), kwargs);
    assertThat(write(job)).isEqualTo("[\"mod.f\", null, [1], {\"y\": 2}]");
  }

  @Test
  void all_that_is_not_printable_ascii_is_escaped_in_lower_case() {
    assertThat(write("\"\\/\b\f\n\r\t\u0000\u001f\u007f\u00e9\u20ac\ud83d\ude00\ud800"))
        .isEqualTo(
            "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f\\u00e9\\u20ac\\ud83d\\ude00\\ud800\"");
  }

  @Test
  void numbers_of_every_java_type_are_written() {
    Object numbers =
        Arrays.asList((byte) -1, (short) 2, 3, 4L, BigInteger.TWO.pow(70), 1.5f, 0.1, 1e16, -0.0);
    assertThat(write(numbers))
        .isEqualTo("[-1, 2, 3, 4, 1180591620717411303424, 1.5, 0.1, 1e+16, -0.0]");
  }

  @Test
  void what_json_has_no_number_for_is_written_as_python_does() {
    Object numbers = List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    assertThat(write(numbers)).isEqualTo("[NaN, Infinity, -Infinity]");
  }

  @Test
  void records_enums_optionals_and_arrays_are_written() {
    Order order = new Order(7, List.of(new Line("a", 2, null)), Colour.RED);
    assertThat(write(order))
        .isEqualTo(
            "{\"id\": 7, \"lines\": [{\"sku\": \"a\", \"count\": 2, \"price\": null}],"
                + " \"colour\": \"RED\"}");
    Object values =
        new Object[] {
          Optional.of(Optional.of("x")),
          Optional.empty(),
          OptionalInt.of(3),
          new int[] {1, 2},
          new double[0],
          'c',
          new ArrayDeque<>(List.of(true))
        };
    assertThat(write(values)).isEqualTo("[\"x\", null, 3, [1, 2], [], \"c\", [true]]");
  }

  @Test
  void keys_become_text_as_in_python() {
    Map<@Nullable Object, Object> map = new LinkedHashMap<>();
    map.put(true, 1);
    map.put(null, 2);
    map.put(3L, 3);
    map.put(0.5, 4);
    map.put(Double.NaN, 5);
    map.put(Colour.RED, 6);
    map.put('c', 7);
    assertThat(write(map))
        .isEqualTo(
            "{\"true\": 1, \"null\": 2, \"3\": 3, \"0.5\": 4, \"NaN\": 5, \"RED\": 6, \"c\": 7}");
  }

  @Test
  void subclasses_of_dict_from_collections_are_written_as_objects() {
    PythonObject counter =
        PythonObject.reduce(new PythonGlobal("collections", "OrderedDict"), PythonTuple.EMPTY);
    counter.dictItems().put("b", 1L);
    counter.dictItems().put("a", 2L);
    assertThat(write(counter)).isEqualTo("{\"b\": 1, \"a\": 2}");
  }

  @Test
  void what_python_refuses_is_refused_with_its_place() {
    Object value = Map.of("lines", List.of(1, Map.of("price", new BigDecimal("1.50"))));
    assertThatThrownBy(() -> JSON.serialize(value))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessage(
            "value.lines[1].price: Decimal has no form in JSON; pass text, numbers, lists or maps");
  }

  @Test
  void no_type_without_a_form_slips_through() {
    for (Object value :
        new Object[] {
          LocalDate.EPOCH,
          UUID.randomUUID(),
          new byte[] {1},
          PythonBytes.EMPTY,
          Set.of(1),
          PythonSingleton.ELLIPSIS,
          new PythonGlobal("builtins", "dict"),
          new PythonComplex(1, 2),
          PythonRange.of(0, 1, 1),
          PythonObject.reduce(new PythonGlobal("builtins", "ValueError"), PythonTuple.EMPTY),
          new Object()
        }) {
      assertThatThrownBy(() -> JSON.serialize(value))
          .isInstanceOf(UnsupportedValueException.class)
          .hasMessageStartingWith("value: ");
    }
  }

  @Test
  void a_key_without_a_form_is_refused_without_being_shown() {
    Object value = Map.of(PythonTuple.of("secret"), 1);
    assertThatThrownBy(() -> JSON.serialize(value))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageStartingWith("value[entry 0]: tuple as a key")
        .hasMessageNotContaining("secret");
  }

  @Test
  void an_accessor_that_throws_is_reported_by_name_only() {
    assertThatThrownBy(() -> JSON.serialize(new Quotient(0)))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("accessor divisor")
        .hasMessageNotContaining("zero");
  }

  @Test
  void a_value_in_itself_meets_the_depth_limit() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertThatThrownBy(() -> JSON.serialize(list))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("nested more than 10000 levels deep")
        .hasMessageContaining("[0]...[0]");
  }

  @Test
  void an_integer_that_python_would_not_read_is_refused() {
    assertThat(write(BigInteger.TEN.pow(4299)).length()).isEqualTo(4300);
    assertThatThrownBy(() -> JSON.serialize(BigInteger.TEN.pow(4300).negate()))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("4300 digits");
    assertThatThrownBy(() -> JSON.serialize(BigInteger.ONE.shiftLeft(10_000_000)))
        .isInstanceOf(UnsupportedValueException.class);
  }

  @Test
  void integers_of_any_width_and_floats_are_told_apart() {
    assertThat(read("[1, -0, 9223372036854775807, 9223372036854775808, 1.0, 1e2, 1E999]"))
        .isEqualTo(
            PythonList.of(
                1L,
                0L,
                Long.MAX_VALUE,
                BigInteger.TWO.pow(63),
                1.0,
                100.0,
                Double.POSITIVE_INFINITY));
  }

  @Test
  void objects_keep_their_order_and_the_last_of_equal_keys() {
    Object value = read("{\"b\": 1, \"a\": 2, \"b\": 3}");
    assertThat(value).isInstanceOf(PythonDict.class);
    assertThat(String.valueOf(value)).isEqualTo("{'b': 3, 'a': 2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[",
        "[1,]",
        "{\"a\"}",
        "{\"a\": }",
        "{1: 2}",
        "01",
        "+1",
        ".5",
        "1.",
        "'a'",
        "nul",
        "INF",
        "+Infinity",
        "-INF",
        "[1] x",
        "1 2",
        "\"\\x41\"",
        "\"\n\"",
        "// c\n1",
        "\ufeff1",
        "{\"\\ud800\": 1}"
      })
  void what_is_not_json_is_refused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageStartingWith("JSON text: ");
  }

  @Test
  void an_error_tells_the_place_and_no_content() {
    assertThatThrownBy(() -> read("{\"password\": hunter2}"))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessage("JSON text: not valid JSON at character 13")
        .hasNoCause();
  }

  @Test
  void bytes_that_are_no_utf8_are_refused_with_their_offset() {
    assertThatThrownBy(() -> JSON.deserialize(new byte[] {'"', 'a', (byte) 0xff, '"'}))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessage("JSON text: no UTF-8 at byte 2");
  }

  @Test
  void each_limit_is_named_when_it_is_exceeded() {
    assertLimit(CodecLimits.builder().maxDepth(2), "[[[]]]", "maxDepth");
    assertLimit(CodecLimits.builder().maxObjects(3), "[1, 2, 3]", "maxObjects");
    assertLimit(CodecLimits.builder().maxTextBytes(2), "\"abc\"", "maxTextBytes");
    assertLimit(CodecLimits.builder().maxTextBytes(2), "{\"abc\": 1}", "maxTextBytes");
    assertLimit(CodecLimits.builder().maxIntDigits(3), "1234", "maxIntDigits");
    assertLimit(CodecLimits.builder().maxInflatedBytes(3), "[1, 2]", "maxInflatedBytes");
  }

  private static void assertLimit(CodecLimits.Builder limits, String text, String name) {
    JsonSerializer json = JsonSerializer.withLimits(limits.build());
    assertThatThrownBy(() -> json.deserialize(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("CodecLimits." + name);
  }

  @Test
  void limits_are_not_exceeded_by_what_just_fits() {
    JsonSerializer json =
        JsonSerializer.withLimits(
            CodecLimits.builder().maxDepth(2).maxObjects(4).maxIntDigits(3).build());
    assertThat(json.deserialize("[[-123, 4]]".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(PythonList.of(PythonList.of(-123L, 4L)));
  }

  @Test
  void deep_nesting_needs_no_call_stack() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    assertThat(write(read(deep))).isEqualTo(deep);
  }
}
