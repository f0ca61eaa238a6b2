package io.github.rq4j.codec.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.LivePython;
import io.github.rq4j.codec.binding.TypeReference;
import io.github.rq4j.codec.binding.ValueBinder;
import io.github.rq4j.codec.mapping.Models.BasketLine;
import io.github.rq4j.codec.mapping.Models.Colour;
import io.github.rq4j.codec.mapping.Models.Empty;
import io.github.rq4j.codec.mapping.Models.Fever;
import io.github.rq4j.codec.mapping.Models.Level;
import io.github.rq4j.codec.mapping.Models.Line;
import io.github.rq4j.codec.mapping.Models.Money;
import io.github.rq4j.codec.mapping.Models.NoSlot;
import io.github.rq4j.codec.mapping.Models.Node;
import io.github.rq4j.codec.mapping.Models.NonePacked;
import io.github.rq4j.codec.mapping.Models.OnePacked;
import io.github.rq4j.codec.mapping.Models.OneSlot;
import io.github.rq4j.codec.mapping.Models.Order;
import io.github.rq4j.codec.mapping.Models.Packed;
import io.github.rq4j.codec.mapping.Models.Size;
import io.github.rq4j.codec.mapping.Models.Slotted;
import io.github.rq4j.codec.mapping.Models.Temperature;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of mapped classes against the real classes of a live Python. */
class MappedValuesTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final ValueBinder BINDER = ValueBinder.builder().mappings(Models.MAPPINGS).build();
  private static @Nullable LivePython python;

  @BeforeAll
  static void start() {
    python = LivePython.start("mapping_server.py");
  }

  @AfterAll
  static void stop() {
    python().close();
  }

  private static LivePython python() {
    return Objects.requireNonNull(python);
  }

  private static String written(@Nullable Object value, int protocol) {
    PickleSerializer pickle =
        PickleSerializer.builder().protocol(protocol).mappings(Models.MAPPINGS).build();
    return HEX.formatHex(pickle.serialize(value));
  }

  private static @Nullable Object dumped(String expression, int protocol) {
    String hex = python().ask("dumped(" + expression + ", " + protocol + ")");
    return PickleSerializer.defaults().deserialize(HEX.parseHex(hex));
  }

  static Stream<Arguments> values() {
    Order order =
        new Order(
            7, List.of(new Line("pen", new BigDecimal("1.50")), new Line("ink", 2L)), Colour.RED);
    return Stream.of(
        Arguments.of(order, "Order(7, [Line('pen', Decimal('1.50')), Line('ink', 2)], Colour.RED)"),
        Arguments.of(new Order(-1, List.of(), null), "Order(-1, [], None)"),
        Arguments.of(new Money(3L, "EUR"), "Money(3, 'EUR')"),
        Arguments.of(new Empty(), "Empty()"),
        Arguments.of(new OneSlot(1L), "OneSlot(1)"),
        Arguments.of(new NoSlot(), "NoSlot()"),
        Arguments.of(new Slotted(1L, new Slotted("x", null)), "Slotted(1, Slotted('x', None))"),
        Arguments.of(new Packed(null, Optional.of(2L)), "Packed(None, 2)"),
        Arguments.of(new Packed(new OnePacked(1L), Optional.empty()), "Packed(OnePacked(1), None)"),
        Arguments.of(new NonePacked(), "NonePacked()"),
        Arguments.of(new BasketLine("pen", 1L), "Basket.Line('pen', 1)"),
        Arguments.of(Colour.RED, "Colour.RED"),
        Arguments.of(Colour.BLUE, "Colour.BLUE"),
        Arguments.of(Level.HIGH, "Level.HIGH"),
        Arguments.of(Size.L, "Size.L"),
        Arguments.of(new Temperature(36.5), "Temperature(36.5)"));
  }

  static Stream<Arguments> inEachProtocol() {
    return values()
        .flatMap(
            each ->
                Stream.of(0, 1, 2, 3, 4, 5)
                    .map(protocol -> Arguments.of(each.get()[0], each.get()[1], protocol)))
        .filter(
            each -> !String.valueOf(each.get()[1]).contains("Slot") || (int) each.get()[2] >= 2);
  }

  @ParameterizedTest
  @MethodSource("inEachProtocol")
  void a_value_is_written_as_python_writes_the_object(
      Object value, String expression, int protocol) {
    String question = "written('%s', %d, %s)";
    assertThat(python().ask(question.formatted(written(value, protocol), protocol, expression)))
        .isEqualTo("same");
  }

  @ParameterizedTest
  @MethodSource("inEachProtocol")
  void an_object_of_python_becomes_the_value(Object value, String expression, int protocol) {
    Class<?> type =
        value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    Object bound = BINDER.bind(dumped(expression, protocol), type, "result");
    assertThat(bound).usingRecursiveComparison().isEqualTo(value);
  }

  @Test
  void one_object_stays_one_and_two_stay_two() {
    Line line = new Line("pen", 1L);
    List<Object> list = List.of(line, line, Colour.RED, new Line("pen", 1L), Colour.RED);
    assertThat(python().ask("written('%s', 5, shared())".formatted(written(list, 5))))
        .isEqualTo("same");
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void a_record_may_contain_itself(int protocol) {
    Node node = new Node("a", new ArrayList<>());
    node.children().add(node);
    String question = "written('%s', %d, cycle())".formatted(written(node, protocol), protocol);
    assertThat(python().ask(question)).isEqualTo("same");
  }

  static Stream<Integer> protocols() {
    return Stream.of(0, 1, 2, 3, 4, 5);
  }

  @Test
  void values_are_keys_and_members_where_python_can_hash_them() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(Colour.RED, new Money(1L, "EUR"));
    map.put("RED", null);
    map.put(new Money(1L, "EUR"), Set.of(Size.S));
    map.put(PythonTuple.of(Level.LOW, Size.S), 1L);
    String expected =
        "{Colour.RED: Money(1, 'EUR'), 'RED': None, Money(1, 'EUR'): {Size.S},"
            + " (Level.LOW, Size.S): 1}";
    assertThat(python().ask("equal('" + written(map, 5) + "', " + expected + ")"))
        .isEqualTo("same");
  }

  @Test
  void a_subclass_is_written_as_the_class_that_is_mapped() {
    assertThat(python().ask("equal('" + written(new Fever(), 5) + "', Temperature(39.5))"))
        .isEqualTo("same");
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void a_member_given_by_its_name_is_read(int protocol) {
    byte[] pickle = HEX.parseHex(python().ask("by_name(" + protocol + ")"));
    Object member = PickleSerializer.defaults().deserialize(pickle);
    assertThat(BINDER.bind(member, Colour.class, "x")).isEqualTo(Colour.RED);
  }

  @Test
  void mapped_types_are_bound_inside_of_others() {
    Object read = dumped("{'best': [Order(1, [Line('pen', 2)], Colour.BLUE)]}", 5);
    assertThat(BINDER.bind(read, new TypeReference<Map<String, List<Order>>>() {}, "result"))
        .isEqualTo(
            Map.of("best", List.of(new Order(1, List.of(new Line("pen", 2L)), Colour.BLUE))));
  }
}
