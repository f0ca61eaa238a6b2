package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.UnsupportedValueException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PythonSetTest {
  @Test
  void of_equal_members_the_first_stays() {
    PythonSet set = new PythonSet(Arrays.asList(1L, true, "a", 1.0, null));

    assertThat(set).containsExactly(1L, "a", null);
    assertThat(set.add(1)).isFalse();
    assertThat(set.add("b")).isTrue();
  }

  @Test
  void it_equals_any_set_of_the_same_members() {
    PythonSet set = PythonSet.of("a", PythonTuple.of(1L));
    Set<Object> other = new HashSet<>(List.of(PythonTuple.of(1L), "a"));

    assertThat(set.equals(other)).isTrue();
    assertThat(other.equals(set)).isTrue();
    assertThat(set).hasSameHashCodeAs(other).isEqualTo(PythonSet.of(PythonTuple.of(1L), "a"));
  }

  @Test
  void members_of_different_types_make_sets_different() {
    assertThat(PythonSet.of(1L))
        .isNotEqualTo(PythonSet.of(true))
        .isNotEqualTo(Set.of(1.0))
        .isNotEqualTo(PythonSet.of(1L, 2L))
        .isNotEqualTo(PythonSet.of(2L));
  }

  @Test
  void what_python_cannot_hash_is_refused() {
    assertThatThrownBy(() -> PythonSet.of(new PythonList()))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageStartingWith("list cannot be");
    assertThatThrownBy(() -> PythonFrozenSet.of(PythonTuple.of(new PythonDict())))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageStartingWith("tuple cannot be");
  }

  @Test
  void members_can_be_removed() {
    PythonSet set = PythonSet.of(1L, 2L, 3L);

    assertThat(set.remove(2.0)).isTrue();
    assertThat(set.remove(2L)).isFalse();
    Iterator<Object> members = set.iterator();
    members.next();
    members.remove();

    assertThat(set).containsExactly(3L);
    set.clear();
    assertThat(set).isEmpty();
  }

  @Test
  void a_frozen_set_equals_frozen_sets_only() {
    PythonFrozenSet set = PythonFrozenSet.of(1L, "a");

    assertThat((Object) set)
        .isEqualTo(PythonFrozenSet.copyOf(List.of("a", 1L)))
        .hasSameHashCodeAs(PythonFrozenSet.of("a", 1L))
        .isNotEqualTo(PythonFrozenSet.of("a", true))
        .isNotEqualTo(PythonFrozenSet.of("a", 2L))
        .isNotEqualTo(PythonFrozenSet.of("a"))
        .isNotEqualTo(Set.of(1L, "a"));
    assertThat(PythonSet.of(1L, "a").equals((Object) set)).isFalse();
  }

  @Test
  void a_frozen_set_shows_its_members_as_an_unmodifiable_set() {
    PythonFrozenSet set = PythonFrozenSet.of(2L, 1L, 2.0);

    assertThat(set).containsExactly(2L, 1L);
    assertThat(set.size()).isEqualTo(2);
    assertThat(set.isEmpty()).isFalse();
    assertThat(PythonFrozenSet.of().isEmpty()).isTrue();
    assertThat(set.contains(1.0)).isTrue();
    assertThat(set.contains(3L)).isFalse();
    assertThat(set.asSet()).isEqualTo(Set.of(1L, 2L));
    assertThat(set.asSet().contains(1.0)).isTrue();
    assertThat(set.asSet().contains(3L)).isFalse();
    assertThatThrownBy(() -> set.asSet().clear()).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> set.asSet().add(3L)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void a_frozen_set_can_be_a_part_of_an_array() {
    assertThat(PythonFrozenSet.fromArray(new Object[] {"x", "a", "b"}, 1, 2))
        .containsExactly("a", "b");
    assertThatThrownBy(() -> PythonFrozenSet.fromArray(new Object[1], 1, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void the_text_is_that_of_python() {
    assertThat(PythonSet.of(1L, "a")).hasToString("{1, 'a'}");
    assertThat(new PythonSet()).hasToString("set()");
    assertThat(PythonFrozenSet.of(1L)).hasToString("frozenset({1})");
  }
}
