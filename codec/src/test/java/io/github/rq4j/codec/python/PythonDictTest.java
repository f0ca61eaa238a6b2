package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.UnsupportedValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PythonDictTest {
  @Property
  void any_sequence_of_changes_leaves_what_a_linked_hash_map_would_hold(
      @ForAll @Size(max = 120) List<@IntRange(min = 0, max = 399) Integer> changes) {
    PythonDict dict = new PythonDict();
    Map<Object, Object> model = new LinkedHashMap<>();
    for (int change : changes) {
      apply(change, dict);
      apply(change, model);
    }

    assertThat(dict).isEqualTo(model).hasSameHashCodeAs(model);
    assertThat(new ArrayList<>(dict.entrySet())).isEqualTo(new ArrayList<>(model.entrySet()));
  }

  private static void apply(int change, Map<Object, Object> map) {
    Object key = change % 3 == 0 ? "k" + change / 8 : (Object) (long) (change / 8);
    switch (change % 8) {
      case 0 -> map.remove(key);
      case 1 -> map.keySet().removeIf(each -> each.equals(key));
      default -> map.put(key, change);
    }
  }

  @Test
  void a_key_that_comes_again_keeps_its_place_and_takes_the_new_value() {
    PythonDict dict = new PythonDict();
    dict.put("a", 1L);
    dict.put("b", 2L);

    Object before = dict.put("a", 3L);

    assertThat(before).isEqualTo(1L);
    assertThat(dict).containsExactly(Map.entry("a", 3L), Map.entry("b", 2L));
  }

  @Test
  void of_equal_keys_of_different_types_the_first_stays() {
    PythonDict dict = new PythonDict();
    dict.put(1L, "a");
    dict.put(true, "b");
    dict.put(1.0, "c");

    assertThat(dict).containsExactly(Map.entry(1L, "c"));
  }

  @Test
  void null_is_a_key_and_a_value() {
    PythonDict dict = new PythonDict();
    dict.put(null, null);

    assertThat(dict.containsKey(null)).isTrue();
    assertThat(dict.size()).isEqualTo(1);
    assertThat(dict.put(null, "x")).isNull();
    assertThat(dict.get(null)).isEqualTo("x");
    assertThat(dict.hashCode()).isEqualTo("x".hashCode());
  }

  @Test
  void what_python_cannot_hash_is_refused_as_a_key() {
    PythonDict dict = new PythonDict();

    for (Object key :
        List.of(
            new PythonList(),
            new PythonDict(),
            new PythonSet(),
            PythonByteArray.fromArray(new byte[1]),
            PythonSlice.of(null, 1L, null),
            PythonArray.ofLongs('b'),
            PythonTuple.of(1L, PythonTuple.of(new PythonList())))) {
      assertThatThrownBy(() -> dict.put(key, 1L))
          .isInstanceOf(UnsupportedValueException.class)
          .hasMessageContaining("cannot be a dict key or set member");
      assertThat(dict.containsKey(key)).isFalse();
    }
    assertThat(dict).isEmpty();
  }

  @Test
  void looking_for_an_unhashable_key_among_many_finds_nothing() {
    PythonDict dict = numbered(100);

    assertThat(dict.containsKey(List.of())).isFalse();
  }

  @Test
  void many_entries_are_found_and_keep_their_order() {
    PythonDict dict = numbered(10_000);

    assertThat(dict).hasSize(10_000);
    assertThat(dict.get(7_777L)).isEqualTo("v7777");
    assertThat(dict.get(7_777)).isEqualTo("v7777");
    assertThat(dict.get(10_000L)).isNull();
    assertThat(dict.keySet().iterator().next()).isEqualTo(0L);
  }

  @Test
  void entries_can_be_removed_and_others_added_for_ever() {
    PythonDict dict = new PythonDict();
    for (long i = 0; i < 100_000; i++) {
      dict.put(i, i);
      if (i >= 20) {
        assertThat(dict.remove(i - 20)).isEqualTo(i - 20);
      }
    }

    assertThat(dict).hasSize(20);
    assertThat(dict.keySet()).first().isEqualTo(99_980L);
    assertThat(dict.containsKey(5L)).isFalse();
  }

  @Test
  void a_table_that_shrank_below_its_index_still_finds_what_is_added_in_bulk() {
    PythonDict dict = numbered(40);
    for (long i = 0; i < 40; i++) {
      dict.remove(i);
    }
    dict.put(1L, "one");
    for (long i = 100; i < 130; i++) {
      dict.put(i, i);
      dict.remove(i);
    }

    dict.putPairs(new Object[] {"a", 1L, "b", 2L, "a", 3L}, 0, 6);

    assertThat(dict.get("a")).isEqualTo(3L);
    assertThat(dict.get("b")).isEqualTo(2L);
    assertThat(dict).hasSize(3);
  }

  @Test
  void a_part_of_an_array_adds_entries() {
    PythonDict dict = new PythonDict();

    dict.putPairs(new Object[] {"-", "a", 1L, 2L, "x", "a", 5L, "-"}, 1, 6);

    assertThat(dict).containsExactly(Map.entry("a", 5L), Map.entry(2L, "x"));
  }

  @Test
  void pairs_need_a_value_for_each_key() {
    assertThatThrownBy(() -> new PythonDict().putPairs(new Object[3], 0, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PythonDict().putPairs(new Object[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void it_equals_a_map_of_equal_entries_in_any_order() {
    PythonDict dict = new PythonDict();
    dict.put("a", PythonList.of(1L));
    dict.put("b", null);
    Map<Object, Object> other = new HashMap<>();
    other.put("b", null);
    other.put("a", List.of(1L));

    assertThat(dict.equals(other)).isTrue();
    assertThat(other.equals(dict)).isTrue();
    assertThat(dict).hasSameHashCodeAs(other);
    other.put("a", List.of(2L));
    assertThat(dict).isNotEqualTo(other);
  }

  @Test
  void keys_of_different_types_make_dicts_different() {
    PythonDict dict = new PythonDict(Map.of(1L, "a"));

    assertThat(dict).isNotEqualTo(new PythonDict(Map.of(1.0, "a"))).isNotEqualTo(Map.of("1", "a"));
  }

  @Test
  void a_change_while_iterating_is_noticed() {
    PythonDict dict = numbered(3);
    Iterator<?> keys = dict.keySet().iterator();
    keys.next();
    dict.put("new", 1L);

    assertThatThrownBy(keys::next).isInstanceOf(ConcurrentModificationException.class);
  }

  @Test
  void an_iterator_removes_what_it_gave_last() {
    PythonDict dict = numbered(3);
    Iterator<Map.Entry<Object, Object>> entries = dict.entrySet().iterator();
    assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
    entries.next();
    entries.remove();

    assertThat(dict.keySet()).containsExactly(1L, 2L);
    assertThatThrownBy(entries::remove).isInstanceOf(IllegalStateException.class);
    entries.next();
    entries.next();
    assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void an_entry_writes_its_value_through() {
    PythonDict dict = numbered(2);

    Object before = dict.get(0L);

    assertThat(dict.entrySet().iterator().next().setValue("x")).isEqualTo(before);
    assertThat(dict.get(0L)).isEqualTo("x");
  }

  @Test
  void clearing_leaves_nothing() {
    PythonDict dict = numbered(100);
    dict.entrySet().clear();

    assertThat(dict).isEmpty();
    assertThat(dict.get(1L)).isNull();
    dict.put(1L, "again");
    assertThat(dict).containsExactly(Map.entry(1L, "again"));
  }

  @Test
  void text_made_to_collide_is_still_found_in_time() {
    List<String> colliding = new ArrayList<>(List.of(""));
    for (int i = 0; i < 15; i++) {
      List<String> longer = new ArrayList<>();
      colliding.forEach(text -> longer.addAll(Arrays.asList(text + "Aa", text + "BB")));
      colliding = longer;
    }
    PythonDict dict = new PythonDict();
    for (String text : colliding) {
      dict.put(text, text.length());
    }

    assertThat(dict).hasSize(1 << 15);
    assertThat(dict.get("BB".repeat(15))).isEqualTo(30);
    assertThat(dict.containsKey("BB".repeat(16))).isFalse();
  }

  @Test
  void for_each_visits_entries_in_order() {
    List<Object> seen = new ArrayList<>();

    numbered(3).forEach((key, value) -> seen.addAll(Arrays.asList(key, value)));

    assertThat(seen).containsExactly(0L, "v0", 1L, "v1", 2L, "v2");
  }

  @Test
  void the_text_is_that_of_python() {
    assertThat(new PythonDict(Map.of("a", PythonList.of(1L)))).hasToString("{'a': [1]}");
  }

  private static PythonDict numbered(int size) {
    PythonDict dict = new PythonDict();
    for (long i = 0; i < size; i++) {
      dict.put(i, "v" + i);
    }
    return dict;
  }
}
