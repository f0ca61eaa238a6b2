package io.github.rq4j.codec.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.mapping.Models.Colour;
import io.github.rq4j.codec.mapping.Models.Line;
import io.github.rq4j.codec.mapping.Models.Node;
import io.github.rq4j.codec.mapping.Models.OnePacked;
import io.github.rq4j.codec.mapping.Models.Order;
import io.github.rq4j.codec.mapping.Models.Packed;
import io.github.rq4j.codec.mapping.Models.Slotted;
import io.github.rq4j.codec.mapping.Models.Temperature;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is refused when values of mapped classes are written, and what a mapping allows. */
class MappedWritingTest {
  private static final PickleSerializer PICKLE =
      PickleSerializer.builder().mappings(Models.MAPPINGS).build();
  private static final Object UNKNOWN = new Object();

  private static void assertRefused(
      PickleSerializer pickle, @Nullable Object value, String message) {
    assertThatThrownBy(() -> pickle.serialize(value))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageStartingWith(message);
  }

  private static PickleSerializer temperatures(Function<Temperature, PythonObject> toPython) {
    return PickleSerializer.builder()
        .mappings(
            TypeMappings.builder()
                .map(
                    "shop.models.Temperature",
                    Temperature.class,
                    object -> new Temperature(0),
                    toPython)
                .build())
        .build();
  }

  private static PythonObject call(String module, String name, @Nullable Object... args) {
    return PythonObject.reduce(new PythonGlobal(module, name), PythonTuple.of(args));
  }

  @Test
  void what_cannot_be_written_is_named_by_its_path() {
    Line bad = new Line("ink", UNKNOWN);
    Line good = new Line("pen", 1L);
    assertRefused(
        PICKLE,
        new Order(1, List.of(good, good, good, bad), null),
        "value.lines[3].price: a java.lang.Object has no Python form");
    assertRefused(PICKLE, new Slotted(UNKNOWN, null), "value.left: a java.lang.Object");
    assertRefused(
        PICKLE,
        new Packed(new OnePacked(UNKNOWN), Optional.empty()),
        "value.left.value: a java.lang.Object");
  }

  @Test
  void depth_is_limited() {
    Node node = new Node("leaf", List.of());
    for (int i = 0; i < 10; i++) {
      node = new Node("n", List.of(node));
    }
    Node deep = node;
    PickleSerializer.Builder builder = PickleSerializer.builder().mappings(Models.MAPPINGS);
    PickleSerializer enough = builder.limits(CodecLimits.builder().maxDepth(21).build()).build();
    assertThatCode(() -> enough.serialize(deep)).doesNotThrowAnyException();
    PickleSerializer shallow = builder.limits(CodecLimits.builder().maxDepth(20).build()).build();
    assertThatThrownBy(() -> shallow.serialize(deep))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("nested more than 20 levels deep");
  }

  @Test
  void slots_need_protocol_2() {
    PickleSerializer old = PickleSerializer.builder().protocol(1).mappings(Models.MAPPINGS).build();
    assertRefused(
        old,
        List.of(new Slotted(null, null)),
        "value[0]: an instance of shop.models.Slotted, whose slots need protocol 2 or later");
  }

  @Test
  void a_mapping_to_python_that_fails_is_named_with_its_cause() {
    PickleSerializer failing =
        temperatures(
            temperature -> {
              throw new IllegalStateException("secret");
            });
    assertThatThrownBy(() -> failing.serialize(List.of(new Temperature(1))))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessage(
            "value[0]: the mapping of io.github.rq4j.codec.mapping.Models$Temperature to"
                + " shop.models.Temperature failed")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // the function breaks its contract, as an application's may
  void a_mapping_to_python_that_gives_null_is_refused() {
    PickleSerializer failing = temperatures(temperature -> null);
    assertThatThrownBy(() -> failing.serialize(new Temperature(1)))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageEndingWith("to shop.models.Temperature gave null");
  }

  @Test
  void a_mapping_may_make_objects_of_its_own_class_only() {
    for (PythonObject other :
        List.of(
            call("os", "system", "x"),
            call("shop.models", "Order"),
            call("builtins", "str", "x"),
            PythonObject.reduce(call("shop.models", "Temperature"), PythonTuple.EMPTY))) {
      assertThatThrownBy(() -> temperatures(temperature -> other).serialize(new Temperature(1)))
          .isInstanceOf(UnsupportedValueException.class)
          .hasMessageEndingWith("to shop.models.Temperature gave an object of another class");
    }
  }

  @Test
  void what_a_mapping_puts_into_the_object_is_checked_like_any_value() {
    PythonObject withCall = call("shop.models", "Temperature", call("os", "system", "x"));
    assertRefused(
        temperatures(temperature -> withCall),
        new Temperature(1),
        "value.args[0]: names the Python class or function os.system");
    PythonObject withSetter = call("shop.models", "Temperature");
    withSetter.setState(1L, new PythonGlobal("os", "system"));
    assertRefused(
        temperatures(temperature -> withSetter),
        new Temperature(1),
        "value: names the Python class or function os.system");
  }

  @Test
  void a_mapping_allows_the_name_of_its_class_and_no_other() {
    assertThatCode(() -> PICKLE.serialize(call("shop.models", "Temperature", 1.0)))
        .doesNotThrowAnyException();
    assertRefused(PICKLE, call("shop.models", "Other"), "value: names the Python class");
    assertRefused(PICKLE, call("shop.models", "Order.create"), "value: names the Python class");
    assertRefused(
        PICKLE,
        call("builtins", "getattr", new PythonGlobal("shop.models", "Order"), "create"),
        "value: names the Python class");
    assertRefused(
        PICKLE,
        PythonObject.reduce(call("shop.models", "Order"), PythonTuple.EMPTY),
        "value: an object that is made by calling a value");
    byte[] attack = "cos\nsystem\n(S'echo hi'\ntR.".getBytes(StandardCharsets.US_ASCII);
    assertRefused(
        PICKLE, PICKLE.deserialize(attack), "value: names the Python class or function os.system");
  }

  @Test
  void a_mapping_that_only_reads_allows_nothing() {
    PickleSerializer reading =
        PickleSerializer.builder()
            .mappings(
                TypeMappings.builder()
                    .map("shop.models.Temperature", Temperature.class, o -> new Temperature(0))
                    .build())
            .build();
    assertRefused(reading, new Temperature(1), "value: a " + Temperature.class.getName());
    assertRefused(
        reading, call("shop.models", "Temperature", 1.0), "value: names the Python class");
  }

  @Test
  void without_a_mapping_records_and_enums_are_written_as_before() {
    PickleSerializer plain = PickleSerializer.defaults();
    assertThat(plain.deserialize(plain.serialize(List.of(new Line("pen", null), Colour.BLUE))))
        .hasToString("[{'article': 'pen', 'price': None}, 'BLUE']");
  }
}
