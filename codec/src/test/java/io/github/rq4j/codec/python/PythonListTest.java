package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PythonListTest {
  @Property
  void any_sequence_of_changes_leaves_what_an_array_list_would_hold(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 999) Integer> changes) {
    PythonList list = new PythonList();
    List<Object> model = new ArrayList<>();
    for (int change : changes) {
      apply(change, list);
      apply(change, model);
    }

    assertThat(list).isEqualTo(model).hasSameHashCodeAs(model);
    assertThat(list.toArray()).isEqualTo(model.toArray());
  }

  private static void apply(int change, List<Object> list) {
    Object value = change;
    int index = list.isEmpty() ? 0 : change % list.size();
    switch (change % 6) {
      case 0, 1 -> list.add(value);
      case 2 -> list.add(index, value);
      case 3 -> list.addAll(Arrays.asList(value, null, "x"));
      case 4 -> {
        if (!list.isEmpty()) {
          list.remove(index);
        }
      }
      default -> {
        if (list.size() > 3) {
          list.set(index, value);
          list.subList(index / 2, index).clear();
        }
      }
    }
  }

  @Test
  void equality_with_other_lists_goes_both_ways() {
    PythonList list = PythonList.of(1L, PythonList.of("a"), null);
    List<Object> other = Arrays.asList(1L, List.of("a"), null);

    assertThat(list.equals(other)).isTrue();
    assertThat(other.equals(list)).isTrue();
    assertThat(list).hasSameHashCodeAs(other);
  }

  @Test
  void lists_of_different_length_or_elements_are_not_equal() {
    assertThat(PythonList.of(1L, 2L))
        .isNotEqualTo(List.of(1L))
        .isNotEqualTo(List.of(1L, 3L))
        .isNotEqualTo(List.of(1L, 2.0))
        .isNotEqualTo("[1, 2]");
  }

  @Test
  void a_part_of_an_array_can_be_appended() {
    PythonList list = PythonList.of("a");

    list.addAll(new Object[] {"x", "b", "c", "y"}, 1, 2);

    assertThat(list).containsExactly("a", "b", "c");
  }

  @Test
  void indexes_beyond_the_end_are_refused() {
    PythonList list = new PythonList(10);
    list.add("a");

    assertThatThrownBy(() -> list.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> list.set(1, "b")).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> list.remove(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> list.add(2, "b")).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> list.addAll(new Object[1], 1, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void a_negative_capacity_is_refused() {
    assertThatThrownBy(() -> new PythonList(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void it_can_be_made_of_any_collection() {
    assertThat(new PythonList(List.of(1L, 2L))).containsExactly(1L, 2L);
  }

  @Test
  void the_text_is_that_of_python() {
    assertThat(PythonList.of(1L, "a", PythonTuple.EMPTY)).hasToString("[1, 'a', ()]");
  }

  @Test
  void changes_tell_what_was_there_before() {
    PythonList list = PythonList.of("a", "b");

    assertThat(list.set(0, "c")).isEqualTo("a");
    assertThat(list.remove(1)).isEqualTo("b");
    assertThat(list.add("d")).isTrue();
    assertThat(list.addAll(List.of("e"))).isTrue();
    assertThat(list.addAll(List.of())).isFalse();
    assertThat(list).containsExactly("c", "d", "e");
  }

  static Stream<Consumer<PythonList>> changesOfSize() {
    return Stream.of(
        list -> list.add("x"),
        list -> list.add(0, "x"),
        list -> list.addAll(List.of("x")),
        list -> list.addAll(new Object[] {"x"}, 0, 1),
        list -> list.remove(0));
  }

  @ParameterizedTest
  @MethodSource("changesOfSize")
  void a_change_of_size_while_iterating_is_noticed(Consumer<PythonList> change) {
    PythonList list = PythonList.of("a", "b", "c");
    Iterator<Object> iterator = list.iterator();
    iterator.next();
    change.accept(list);

    assertThatThrownBy(iterator::next).isInstanceOf(ConcurrentModificationException.class);
  }

  @Test
  void a_capacity_is_no_size() {
    assertThat(new PythonList(0)).isEmpty();
    assertThat(new PythonList(10)).isEmpty();
  }
}
