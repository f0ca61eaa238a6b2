package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PythonReprTest {
  private static String repr(@Nullable Object value) {
    return PythonRepr.of(value, 1000);
  }

  private static PythonObject collection(String name, @Nullable Object... args) {
    return PythonObject.reduce(new PythonGlobal("collections", name), PythonTuple.of(args));
  }

  private static PythonList nested(int depth) {
    PythonList list = new PythonList();
    for (int i = 1; i < depth; i++) {
      list = PythonList.of(list);
    }
    return list;
  }

  @Test
  void a_list_in_itself_prints_dots_in_brackets() {
    PythonList list = PythonList.of(1L);
    list.add(list);
    assertThat(repr(list)).isEqualTo("[1, [...]]");
  }

  @Test
  void a_dict_in_itself_prints_dots_in_braces() {
    PythonDict dict = new PythonDict();
    dict.put("self", dict);
    assertThat(repr(dict)).isEqualTo("{'self': {...}}");
  }

  @Test
  void a_tuple_in_its_own_list_prints_dots_in_parentheses() {
    PythonList list = new PythonList();
    list.add(PythonTuple.of(list, 1L));
    assertThat(repr(list.get(0))).isEqualTo("([(...)], 1)");
  }

  @Test
  void a_value_that_is_merely_shared_prints_in_both_places() {
    PythonList shared = PythonList.of(1L);
    assertThat(repr(PythonTuple.of(shared, shared))).isEqualTo("([1], [1])");
  }

  @Test
  void nesting_without_end_prints_dots() {
    String text = PythonRepr.of(nested(100_000), 100_000);
    assertThat(text).isEqualTo("[".repeat(200) + "[...]" + "]".repeat(200));
  }

  @Test
  void a_text_that_would_double_with_each_level_is_cut_in_time() {
    Object value = PythonTuple.EMPTY;
    for (int i = 0; i < 60; i++) {
      value = PythonTuple.of(value, value);
    }
    assertThat(PythonRepr.of(value, 75)).hasSize(78).endsWith("...");
  }

  @Test
  void a_long_text_is_cut_between_characters() {
    assertThat(PythonRepr.of("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 3))
        .isEqualTo("'\ud83d\ude00\ud83d\ude00...");
  }

  @Test
  void a_text_of_exactly_the_length_is_not_cut() {
    assertThat(PythonRepr.of("abc", 5)).isEqualTo("'abc'");
  }

  @Test
  void a_length_of_zero_leaves_the_dots() {
    assertThat(PythonRepr.of(null, 0)).isEqualTo("...");
  }

  @Test
  void a_negative_length_is_refused() {
    assertThatThrownBy(() -> PythonRepr.of(null, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxLength must not be negative: -1");
  }

  @Test
  void the_largest_length_is_no_limit() {
    assertThat(PythonRepr.of("abc", Integer.MAX_VALUE)).isEqualTo("'abc'");
  }

  @Test
  void a_number_too_wide_to_print_is_told_by_its_width() {
    assertThat(repr(BigInteger.ONE.shiftLeft(1_000_000))).isEqualTo("<int of 1000001 bits>");
    assertThat(repr(new BigDecimal(BigInteger.ONE.shiftLeft(1_000_000))))
        .isEqualTo("<Decimal of 1000001 bits>");
  }

  @Test
  void an_object_shows_its_class_and_no_address() {
    PythonGlobal type = new PythonGlobal("shop.models", "Order");
    assertThat(repr(PythonObject.newObject(type, PythonTuple.EMPTY)))
        .isEqualTo("<shop.models.Order object>");
  }

  @Test
  void an_object_that_is_made_by_no_name_shows_none() {
    assertThat(repr(PythonObject.reduce(1L, PythonTuple.EMPTY))).isEqualTo("<object>");
  }

  @Test
  void an_exception_shows_its_arguments() {
    PythonGlobal type = new PythonGlobal("builtins", "ValueError");
    assertThat(repr(PythonObject.reduce(type, PythonTuple.of("bad", 1L))))
        .isEqualTo("ValueError('bad', 1)");
    assertThat(repr(PythonObject.reduce(type, PythonTuple.of("bad"))))
        .isEqualTo("ValueError('bad')");
  }

  @Test
  void an_enum_member_known_by_name_shows_it() {
    PythonGlobal getattr = new PythonGlobal("builtins", "getattr");
    PythonTuple args = PythonTuple.of(new PythonGlobal("shop.models", "Color"), "RED");
    assertThat(repr(PythonObject.reduce(getattr, args))).isEqualTo("<shop.models.Color.RED>");
  }

  @Test
  void a_bound_method_shows_its_object() {
    PythonObject cart =
        PythonObject.newObject(new PythonGlobal("shop.models", "Cart"), PythonTuple.EMPTY);
    PythonGlobal getattr = new PythonGlobal("builtins", "getattr");
    assertThat(repr(PythonObject.reduce(getattr, PythonTuple.of(cart, "total"))))
        .isEqualTo("<bound method total of <shop.models.Cart object>>");
  }

  @Test
  void classes_are_told_from_functions_by_their_names() {
    assertThat(repr(new PythonGlobal("builtins", "int"))).isEqualTo("<class 'int'>");
    assertThat(repr(new PythonGlobal("builtins", "KeyError"))).isEqualTo("<class 'KeyError'>");
    assertThat(repr(new PythonGlobal("builtins", "len"))).isEqualTo("<built-in function len>");
    assertThat(repr(new PythonGlobal("m", "Outer.Inner"))).isEqualTo("<class 'm.Outer.Inner'>");
    assertThat(repr(new PythonGlobal("m", "Outer.run"))).isEqualTo("<function Outer.run>");
  }

  @Test
  void ordered_dicts_print_as_since_python_3_12() {
    PythonObject dict = collection("OrderedDict");
    assertThat(repr(dict)).isEqualTo("OrderedDict()");
    dict.dictItems().put("a", 1L);
    assertThat(repr(dict)).isEqualTo("OrderedDict({'a': 1})");
  }

  @Test
  void an_ordered_dict_in_itself_ends_in_dots() {
    PythonObject dict = collection("OrderedDict");
    dict.dictItems().put("a", dict);
    assertThat(repr(dict)).isEqualTo("OrderedDict({'a': ...})");
  }

  @Test
  void a_default_dict_in_itself_ends_in_dots() {
    PythonObject dict = collection("defaultdict", new PythonGlobal("builtins", "int"));
    dict.dictItems().put("a", dict);
    assertThat(repr(dict))
        .isEqualTo("defaultdict(<class 'int'>, {'a': defaultdict(<class 'int'>, {...})})");
  }

  @Test
  void a_deque_in_itself_ends_in_dots() {
    PythonObject deque = collection("deque");
    deque.listItems().add(deque);
    assertThat(repr(deque)).isEqualTo("deque([[...]])");
  }

  @Test
  void a_counter_shows_the_most_common_first() {
    PythonDict counts = new PythonDict();
    counts.put("a", 1L);
    counts.put("b", 2L);
    counts.put("c", 1L);
    assertThat(repr(collection("Counter", counts))).isEqualTo("Counter({'b': 2, 'a': 1, 'c': 1})");
    assertThat(repr(collection("Counter", new PythonDict()))).isEqualTo("Counter()");
  }

  @Test
  void default_dicts_show_their_factory() {
    PythonObject dict = collection("defaultdict", new PythonGlobal("builtins", "list"));
    assertThat(repr(dict)).isEqualTo("defaultdict(<class 'list'>, {})");
    assertThat(repr(collection("defaultdict"))).isEqualTo("defaultdict(None, {})");
  }

  @Test
  void deques_show_their_greatest_length() {
    PythonObject deque = collection("deque", new PythonList(), 3L);
    deque.listItems().add(1L);
    assertThat(repr(deque)).isEqualTo("deque([1], maxlen=3)");
    assertThat(repr(collection("deque"))).isEqualTo("deque([])");
  }

  @Test
  void an_empty_array_shows_its_code_alone() {
    assertThat(repr(PythonArray.ofLongs('i'))).isEqualTo("array('i')");
  }

  @Test
  void a_zoned_time_in_the_second_of_two_equal_hours_shows_its_fold() {
    LocalDateTime local = LocalDateTime.of(2024, 10, 27, 2, 30);
    ZonedDateTime first =
        ZonedDateTime.ofLocal(local, ZoneId.of("Europe/Berlin"), ZoneOffset.ofHours(2));
    String zone = "tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))";
    assertThat(repr(first)).isEqualTo("datetime.datetime(2024, 10, 27, 2, 30, " + zone);
    assertThat(repr(first.withLaterOffsetAtOverlap()))
        .isEqualTo("datetime.datetime(2024, 10, 27, 2, 30, fold=1, " + zone);
  }

  @Test
  void java_values_print_as_what_they_become_in_python() {
    assertThat(repr(List.of(1, (short) 2, (byte) 3))).isEqualTo("[1, 2, 3]");
    assertThat(repr(new Object[] {1.5f, true})).isEqualTo("[1.5, True]");
    assertThat(repr(new byte[] {1, 'a'})).isEqualTo("b'\\x01a'");
    assertThat(repr(Optional.of(1L))).isEqualTo("1");
    assertThat(repr(Instant.ofEpochSecond(0)))
        .isEqualTo("datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)");
  }

  enum Color {
    RED
  }

  record Line(String article, int count) {}

  @Test
  void java_types_unknown_to_python_print_as_what_they_are_written_as() {
    assertThat(repr(new Line("pen", 2))).isEqualTo("{'article': 'pen', 'count': 2}");
    assertThat(repr(Color.RED)).isEqualTo("'RED'");
    assertThat(repr('x')).isEqualTo("'x'");
    assertThat(repr(new int[] {1, 2})).isEqualTo("[1, 2]");
    assertThat(repr(new boolean[0])).isEqualTo("[]");
    assertThat(repr(Optional.empty())).isEqualTo("None");
    assertThat(repr(OptionalInt.of(3))).isEqualTo("3");
  }

  @Test
  void a_java_array_in_itself_ends() {
    Object[] array = new Object[1];
    array[0] = array;
    assertThat(PythonRepr.of(array, 10)).isEqualTo("[[[[[[[[[[...");
    assertThat(PythonRepr.of(array, 1000)).startsWith("[".repeat(200) + "...]");
  }

  @Test
  void an_instant_beyond_python_and_an_unknown_object_show_their_java_class() {
    assertThat(repr(Instant.MAX)).isEqualTo("<java.time.Instant object>");
    assertThat(repr(new Exception("secret"))).isEqualTo("<java.lang.Exception object>");
  }

  @Test
  void a_huge_list_costs_no_more_than_what_is_shown() {
    Object[] huge = new Object[10_000_000];
    Arrays.fill(huge, 1L);
    assertThat(PythonRepr.of(PythonList.of(huge), 10)).isEqualTo("[1, 1, 1, ...");
  }

  static Stream<UnaryOperator<Object>> wrappers() {
    PythonGlobal getattr = new PythonGlobal("builtins", "getattr");
    return Stream.of(
        inner -> PythonSlice.of(inner, null, null),
        inner -> PythonObject.reduce(getattr, PythonTuple.of(inner, "name")),
        inner ->
            PythonObject.reduce(
                new PythonGlobal("collections", "defaultdict"), PythonTuple.of(inner)),
        inner ->
            PythonObject.reduce(
                new PythonGlobal("collections", "deque"), PythonTuple.of(new PythonList(), inner)),
        inner ->
            PythonDateTime.of(
                LocalDateTime.of(2024, 1, 2, 3, 4),
                false,
                PythonObject.reduce(
                    new PythonGlobal("builtins", "ValueError"), PythonTuple.of(inner))),
        inner -> PythonList.of(PythonSlice.of(inner, null, null)),
        inner -> PythonSlice.of(inner, inner, inner),
        inner ->
            PythonDateTime.of(
                LocalDateTime.of(2024, 1, 2, 3, 4),
                false,
                PythonObject.reduce(
                    new PythonGlobal("builtins", "ValueError"),
                    PythonTuple.of(inner, inner, inner))),
        inner -> Optional.of(inner));
  }

  @ParameterizedTest
  @MethodSource("wrappers")
  void what_is_nested_deeply_has_a_text_whatever_it_is(UnaryOperator<Object> wrapper) {
    Object value = 1L;
    for (int i = 0; i < 100_000; i++) {
      value = wrapper.apply(value);
    }
    assertThat(PythonRepr.of(value, 100_000)).hasSizeLessThan(100_010);
    assertThat(PythonRepr.abbreviated(value)).hasSizeLessThan(1_010);
  }
}
