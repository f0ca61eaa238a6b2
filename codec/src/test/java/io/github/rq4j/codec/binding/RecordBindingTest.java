package io.github.rq4j.codec.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordBindingTest {
  private static final ValueBinder BINDER = ValueBinder.withDefaults();

  record Line(String article, BigDecimal price) {}

  record Order(long id, List<Line> lines, Optional<String> note, @Nullable String coupon) {}

  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("secret " + value);
      }
    }
  }

  record Page<T>(T first, List<T> rest, List<T[]> all, Map<String, List<T>> byName) {}

  record Node(@Nullable Node next) {}

  record Tree(List<Tree> children) {}

  private static PythonDict dict(@Nullable Object... keysAndValues) {
    PythonDict dict = new PythonDict();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      dict.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return dict;
  }

  private static PythonObject object(String module, String name, @Nullable Object... attributes) {
    PythonObject object = PythonObject.newObject(new PythonGlobal(module, name), PythonTuple.EMPTY);
    object.setState(dict(attributes));
    return object;
  }

  private static void assertRefused(
      ValueBinder binder, @Nullable Object value, Type target, String message) {
    assertThatThrownBy(() -> binder.bind(value, target, "args[0]"))
        .isInstanceOf(BindingException.class)
        .hasMessage(message);
  }

  @Test
  void a_dict_becomes_a_record_by_the_names_of_its_components() {
    PythonDict line = dict("price", new BigDecimal("1.50"), "article", "pen");
    PythonDict order = dict("id", 7L, "lines", PythonList.of(line), "note", "soon", "coupon", "X");
    assertThat(BINDER.bind(order, Order.class, "args[0]"))
        .isEqualTo(
            new Order(
                7, List.of(new Line("pen", new BigDecimal("1.50"))), Optional.of("soon"), "X"));
  }

  @Test
  void optional_and_nullable_components_may_be_absent_or_none() {
    Order order = new Order(7, List.of(), Optional.empty(), null);
    PythonDict absent = dict("id", 7L, "lines", PythonList.of());
    assertThat(BINDER.bind(absent, Order.class, "x")).isEqualTo(order);
    PythonDict none = dict("id", 7L, "lines", PythonList.of(), "note", null, "coupon", null);
    assertThat(BINDER.bind(none, Order.class, "x")).isEqualTo(order);
  }

  @Test
  void any_other_component_has_to_be_there() {
    assertRefused(
        BINDER, dict("article", "pen"), Line.class, "args[0]: key price of Line is missing");
  }

  @Test
  void a_failure_deep_inside_is_named_by_its_path() {
    PythonDict good = dict("article", "pen", "price", 1L);
    PythonDict bad = dict("article", "ink", "price", "much");
    assertRefused(
        BINDER,
        dict("id", 7L, "lines", PythonList.of(good, good, good, bad)),
        Order.class,
        "args[0].lines[3].price: expected Decimal or int, got str");
  }

  @Test
  void none_is_no_value_of_a_primitive_component() {
    assertRefused(
        BINDER, dict("value", null), Positive.class, "args[0].value: expected int, got None");
  }

  @Test
  void a_key_without_component_is_refused_by_name() {
    assertRefused(
        BINDER,
        dict("value", 1L, "valeu\n", 2L),
        Positive.class,
        "args[0]: Positive has no component for key valeu?");
  }

  @Test
  void a_key_without_component_is_skipped_where_that_is_switched_on() {
    ValueBinder lenient = ValueBinder.builder().ignoreUnknownKeys(true).build();
    assertThat(lenient.bind(dict("value", 1L, "more", 2L), Positive.class, "x"))
        .isEqualTo(new Positive(1));
  }

  @Test
  void a_key_that_is_no_text_is_refused() {
    assertRefused(
        BINDER,
        dict("value", 1L, 5L, 2L),
        Positive.class,
        "args[0]: expected only str as keys for Positive, got int");
  }

  @Test
  void values_that_the_constructor_refuses_are_reported_with_its_reason_as_cause() {
    assertThatThrownBy(() -> BINDER.bind(dict("value", -5L), Positive.class, "x"))
        .isInstanceOf(BindingException.class)
        .hasMessage("x: the constructor of Positive refused the values")
        .hasCauseExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_list_is_no_record() {
    assertRefused(BINDER, PythonList.of(), Line.class, "args[0]: expected dict, got list");
  }

  @Test
  void the_type_variables_of_a_record_are_replaced() {
    PythonDict page =
        dict(
            "first", 1L,
            "rest", PythonList.of(2L),
            "all", PythonList.of(PythonList.of(1L, 2L)),
            "byName", dict("two", PythonList.of(2L)));
    TypeReference<Page<Integer>> type = new TypeReference<>() {};
    Page<Integer> bound = BINDER.bind(page, type, "args[0]");
    assertThat(bound)
        .isNotNull()
        .satisfies(
            p -> {
              assertThat(p.first()).isEqualTo(1);
              assertThat(p.rest()).containsExactly(2);
              assertThat(p.all()).containsExactly(new Integer[] {1, 2});
              assertThat(p.byName()).isEqualTo(Map.of("two", List.of(2)));
            });
    assertRefused(
        BINDER,
        dict("byName", dict("two", PythonList.of("x"))),
        type.type(),
        "args[0].byName[entry 0][0]: expected int, got str");
  }

  @Test
  void a_raw_generic_record_holds_what_was_decoded() {
    PythonDict page =
        dict("first", 1L, "rest", PythonList.of("x"), "all", PythonList.of(), "byName", dict());
    Page<?> bound = BINDER.bind(page, Page.class, "x");
    assertThat(bound).isNotNull();
    assertThat(bound.first()).isEqualTo(1L);
  }

  @Test
  void a_record_may_hold_its_own_kind() {
    assertThat(BINDER.bind(dict("next", dict("next", null)), Node.class, "x"))
        .isEqualTo(new Node(new Node(null)));
  }

  @Test
  void a_value_that_contains_itself_ends_at_the_limit() throws InterruptedException {
    PythonDict endless = dict();
    endless.put("next", endless);
    String[] message = {""};
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                BINDER.bind(endless, Node.class, "args[0]");
              } catch (BindingException e) {
                message[0] = e.getMessage();
              }
            },
            "small-stack",
            512 * 1024);
    small.start();
    small.join();
    assertThat(message[0])
        .startsWith("args[0].next.next")
        .endsWith(": nested in more than 200 containers");
  }

  @Test
  void a_lower_limit_of_depth_holds() {
    ValueBinder shallow =
        ValueBinder.builder().limits(CodecLimits.builder().maxDepth(1).build()).build();
    assertThat(shallow.bind(dict("next", null), Node.class, "x")).isEqualTo(new Node(null));
    assertRefused(
        shallow,
        dict("next", dict("next", null)),
        Node.class,
        "args[0].next: nested in more than 1 containers");
  }

  @Test
  void a_value_shared_over_and_over_ends_at_the_limit() {
    PythonDict tree = dict("children", PythonList.of());
    for (int i = 0; i < 60; i++) {
      tree = dict("children", PythonList.of(tree, tree));
    }
    PythonDict laughs = tree;
    ValueBinder bounded =
        ValueBinder.builder().limits(CodecLimits.builder().maxObjects(10_000).build()).build();
    assertThatThrownBy(() -> bounded.bind(laughs, Tree.class, "x"))
        .isInstanceOf(BindingException.class)
        .hasMessageEndingWith(": more values than maxObjects = 10000");
  }

  @Test
  void an_object_without_a_mapping_is_no_record() {
    assertRefused(
        BINDER,
        object("shop.models", "Line", "article", "pen", "price", 2L),
        Line.class,
        "args[0]: expected dict, got object of class shop.models.Line");
  }
}
