package io.github.rq4j.codec.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.python.PythonArray;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonFrozenSet;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContainerBindingTest {
  private static final ValueBinder BINDER = ValueBinder.withDefaults();
  private static final TypeReference<List<Integer>> INTEGERS = new TypeReference<>() {};
  private static final TypeReference<Set<Integer>> INTEGER_SET = new TypeReference<>() {};
  private static final TypeReference<Map<String, Integer>> PRICES = new TypeReference<>() {};

  private static <T> @Nullable T bind(@Nullable Object value, TypeReference<T> target) {
    return BINDER.bind(value, target, "args[0]");
  }

  private static void assertRefused(Object value, TypeReference<?> target, String message) {
    assertThatThrownBy(() -> bind(value, target))
        .isInstanceOf(BindingException.class)
        .hasMessage(message);
  }

  private static PythonDict dict(Object... keysAndValues) {
    PythonDict dict = new PythonDict();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      dict.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return dict;
  }

  @Test
  void sequences_become_lists() {
    assertThat(bind(PythonList.of(1L, 2L), INTEGERS)).containsExactly(1, 2);
    assertThat(bind(PythonTuple.of(1L, 2L), INTEGERS)).containsExactly(1, 2);
    assertThat(bind(PythonArray.ofLongs('i', 1, 2), INTEGERS)).containsExactly(1, 2);
    assertThat(bind(Arrays.asList(1L, 2L), INTEGERS)).containsExactly(1, 2);
  }

  @Test
  void a_deque_becomes_a_list() {
    PythonObject deque =
        PythonObject.reduce(new PythonGlobal("collections", "deque"), PythonTuple.EMPTY);
    deque.listItems().add(1L);
    assertThat(bind(deque, INTEGERS)).containsExactly(1);
  }

  @Test
  void elements_may_be_none() {
    assertThat(bind(PythonList.of(1L, null), INTEGERS)).containsExactly(1, null);
  }

  @Test
  void an_element_that_does_not_fit_is_named_by_its_place() {
    assertRefused(PythonList.of(1L, "x"), INTEGERS, "args[0][1]: expected int, got str");
  }

  @Test
  void a_set_has_no_order_that_a_list_could_keep() {
    assertRefused(PythonSet.of(1L), INTEGERS, "args[0]: expected list or tuple, got set");
  }

  @Test
  void a_text_is_no_list() {
    assertRefused("abc", INTEGERS, "args[0]: expected list or tuple, got str");
  }

  @Test
  void an_object_that_is_no_sequence_is_no_list() {
    PythonObject order =
        PythonObject.newObject(new PythonGlobal("shop.models", "Order"), PythonTuple.EMPTY);
    assertRefused(
        order, INTEGERS, "args[0]: expected list or tuple, got object of class shop.models.Order");
  }

  @Test
  void what_comes_out_cannot_be_modified_nor_changes_with_the_source() {
    PythonList source = PythonList.of(1L);
    List<Integer> list = Objects.requireNonNull(bind(source, INTEGERS));
    source.add(2L);
    assertThat(list).containsExactly(1);
    assertThatThrownBy(() -> list.add(3)).isInstanceOf(UnsupportedOperationException.class);
    Set<Integer> set = Objects.requireNonNull(bind(source, INTEGER_SET));
    assertThatThrownBy(() -> set.add(3)).isInstanceOf(UnsupportedOperationException.class);
    Map<String, Integer> map = Objects.requireNonNull(bind(dict("a", 1L), PRICES));
    assertThatThrownBy(() -> map.put("b", 3)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void sets_and_sequences_become_sets() {
    assertThat(bind(PythonSet.of(2L, 1L), INTEGER_SET)).containsExactly(2, 1);
    assertThat(bind(PythonFrozenSet.of(1L), INTEGER_SET)).containsExactly(1);
    assertThat(bind(PythonList.of(1L, 2L), INTEGER_SET)).containsExactly(1, 2);
  }

  @Test
  void equal_elements_do_not_vanish_in_a_set() {
    assertRefused(
        PythonList.of(1L, 1L), INTEGER_SET, "args[0]: two elements are equal as java.lang.Integer");
  }

  @Test
  void sets_and_sequences_become_collections() {
    TypeReference<Collection<Integer>> target = new TypeReference<>() {};
    assertThat(bind(PythonSet.of(2L, 1L), target)).containsExactly(2, 1);
    assertThat(bind(PythonTuple.of(1L, 1L), target)).containsExactly(1, 1);
    assertRefused(dict(), target, "args[0]: expected list, tuple, set or frozenset, got dict");
  }

  @Test
  void a_dict_becomes_a_map_in_its_order() {
    assertThat(bind(dict("b", 1L, "a", 2L), PRICES))
        .containsExactly(Map.entry("b", 1), Map.entry("a", 2));
  }

  @Test
  void a_dict_subclass_becomes_a_map() {
    PythonObject ordered =
        PythonObject.reduce(new PythonGlobal("collections", "OrderedDict"), PythonTuple.EMPTY);
    ordered.dictItems().put("a", 1L);
    assertThat(bind(ordered, PRICES)).containsExactly(Map.entry("a", 1));
  }

  @Test
  void a_list_is_no_map() {
    assertRefused(PythonList.of(), PRICES, "args[0]: expected dict, got list");
  }

  @Test
  void an_entry_that_does_not_fit_is_named_by_its_place() {
    assertRefused(dict("a", 1L, 2L, 3L), PRICES, "args[0][key 1]: expected str, got int");
    assertRefused(dict("a", 1L, "secret", "x"), PRICES, "args[0][entry 1]: expected int, got str");
  }

  @Test
  void equal_keys_do_not_vanish_in_a_map() {
    TypeReference<Map<Float, String>> target = new TypeReference<>() {};
    assertRefused(
        dict(0.1, "a", (double) 0.1f, "b"),
        target,
        "args[0]: two keys are equal as java.lang.Float");
  }

  @Test
  void sequences_become_arrays_of_any_depth() {
    PythonList rows = PythonList.of(PythonTuple.of(1L, 2L), PythonList.of());
    assertThat(BINDER.bind(rows, int[][].class, "x")).isEqualTo(new int[][] {{1, 2}, {}});
    assertThat(BINDER.bind(rows, Object[].class, "x")).isEqualTo(rows.toArray());
    assertThat(BINDER.bind(PythonList.of("a", null), String[].class, "x"))
        .isEqualTo(new String[] {"a", null});
    assertThat(BINDER.bind(PythonArray.ofDoubles('d', 1.5), double[].class, "x"))
        .containsExactly(1.5);
  }

  @Test
  void an_array_of_primitives_has_no_place_for_none() {
    assertThatThrownBy(() -> BINDER.bind(PythonList.of(1L, null), long[].class, "x"))
        .isInstanceOf(BindingException.class)
        .hasMessage("x[1]: expected long, got None");
  }

  @Test
  void arrays_of_generic_types_bind_their_elements() {
    TypeReference<List<Integer>[]> target = new TypeReference<>() {};
    List<Integer>[] lists = Objects.requireNonNull(bind(PythonList.of(PythonList.of(1L)), target));
    assertThat(lists).containsExactly(List.of(1));
    assertRefused(
        PythonList.of(PythonList.of("x")), target, "args[0][0][0]: expected int, got str");
  }

  @Test
  void raw_containers_hold_what_was_decoded() {
    assertThat((Object) BINDER.bind(PythonTuple.of(1L, "x"), List.class, "x"))
        .isEqualTo(List.of(1L, "x"));
    assertThat((Object) BINDER.bind(dict(1L, 2L), Map.class, "x")).isEqualTo(Map.of(1L, 2L));
  }

  @Test
  void wildcards_count_as_their_bounds() {
    TypeReference<List<? extends Number>> numbers = new TypeReference<>() {};
    assertThat(bind(PythonList.of(1L, 2.5), numbers)).isEqualTo(List.of(1L, 2.5));
    assertRefused(
        PythonList.of("x"),
        numbers,
        "args[0][0]: expected an instance of java.lang.Number, got str");
    TypeReference<List<?>> anything = new TypeReference<>() {};
    assertThat((Object) bind(PythonList.of("x"), anything)).isEqualTo(List.of("x"));
  }

  @Test
  void optionals_nest_in_containers() {
    TypeReference<Map<String, Optional<List<Integer>>>> target = new TypeReference<>() {};
    assertThat(bind(dict("a", PythonList.of(1L)), target))
        .isEqualTo(Map.of("a", Optional.of(List.of(1))));
  }
}
