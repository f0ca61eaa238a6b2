package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PythonTupleTest {
  @Test
  void elements_are_read_by_index_and_in_order() {
    PythonTuple tuple = PythonTuple.of("a", 1L, null);

    assertThat(tuple).containsExactly("a", 1L, null);
    assertThat(tuple.get(1)).isEqualTo(1L);
    assertThat(tuple.size()).isEqualTo(3);
    assertThat(tuple.toArray()).containsExactly("a", 1L, null);
    assertThat(tuple.asList()).isEqualTo(Arrays.asList("a", 1L, null));
  }

  @Test
  void tuples_of_equal_elements_are_equal() {
    assertThat(PythonTuple.of("a", PythonTuple.of(1L)))
        .isEqualTo(PythonTuple.copyOf(List.of("a", PythonTuple.of(1L))))
        .hasSameHashCodeAs(PythonTuple.of("a", PythonTuple.of(1L)))
        .isNotEqualTo(PythonTuple.of("a", PythonTuple.of(2L)))
        .isNotEqualTo(PythonTuple.of("a"));
  }

  @Test
  void a_tuple_never_equals_a_list() {
    assertThat(PythonTuple.of(1L)).isNotEqualTo(List.of(1L)).isNotEqualTo(PythonList.of(1L));
    assertThat(PythonList.of(1L)).isNotEqualTo(PythonTuple.of(1L));
  }

  @Test
  void numbers_of_different_types_make_tuples_different() {
    assertThat(PythonTuple.of(1L))
        .isNotEqualTo(PythonTuple.of(1.0))
        .isNotEqualTo(PythonTuple.of(true));
  }

  @Test
  void a_nan_equals_itself_alone_as_in_python() {
    for (Object nan : new Object[] {Double.NaN, Float.NaN, new PythonComplex(Double.NaN, 0)}) {
      PythonTuple tuple = PythonTuple.of(1L, nan);
      assertThat(tuple)
          .isEqualTo(PythonTuple.of(1L, nan))
          .hasSameHashCodeAs(PythonTuple.of(1L, nan))
          .isNotEqualTo(PythonTuple.of(1L, another(nan)))
          .isNotEqualTo(PythonTuple.of(1L, 1.0));
      assertThat(PythonTuple.of(1L, 1.0)).isNotEqualTo(tuple);
      assertThat(PythonTuple.of(tuple)).isNotEqualTo(PythonTuple.of(PythonTuple.of(another(nan))));
    }
  }

  @Test
  void a_nan_in_a_list_inside_equals_another_as_java_has_it_for_lists() {
    PythonTuple tuple = PythonTuple.of(PythonList.of(Double.NaN));
    PythonTuple other = PythonTuple.of(PythonList.of(another(Double.NaN)));
    assertThat(tuple).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(PythonTuple.of(Double.NaN).asList()).isEqualTo(List.of(another(Double.NaN)));
  }

  private static Object another(Object nan) {
    if (nan instanceof PythonComplex complex) {
      return new PythonComplex(complex.real(), complex.imaginary());
    }
    return nan instanceof Float
        ? (Object) Float.intBitsToFloat(0x7fc00000)
        : (Object) Double.longBitsToDouble(0x7ff8000000000000L);
  }

  @Test
  void equal_tuples_have_one_hash() {
    Object[] values = {
      null,
      0L,
      0.0,
      -0.0,
      1L,
      1.0,
      1,
      true,
      BigDecimal.ONE,
      BigDecimal.TEN.scaleByPowerOfTen(-1),
      Double.NaN,
      another(Double.NaN),
      Float.NaN,
      new PythonComplex(Double.NaN, 0),
      new PythonComplex(Double.NaN, 0),
      new PythonComplex(0, Double.NaN),
      new PythonComplex(0, Double.NaN),
      new PythonDecimal("NaN"),
      new PythonDecimal("NaN"),
      PythonFrozenSet.of(Double.NaN),
      PythonFrozenSet.of(another(Double.NaN)),
      PythonList.of(Double.NaN),
      PythonList.of(another(Double.NaN)),
      "",
      "a",
      PythonTuple.EMPTY
    };
    for (Object a : values) {
      for (Object b : values) {
        PythonTuple x = PythonTuple.of(a);
        PythonTuple y = PythonTuple.of(b);
        assertThat(x.equals(y)).isEqualTo(y.equals(x));
        if (x.equals(y)) {
          assertThat(x).hasSameHashCodeAs(y);
        }
      }
    }
  }

  @Test
  void a_list_inside_is_compared_by_its_present_content() {
    PythonList list = PythonList.of(1L);
    PythonTuple tuple = PythonTuple.of(list);
    assertThat(tuple)
        .isEqualTo(PythonTuple.of(List.of(1L)))
        .hasSameHashCodeAs(PythonTuple.of(List.of(1L)));

    list.add(2L);

    assertThat(tuple).isEqualTo(PythonTuple.of(List.of(1L, 2L)));
    assertThat(tuple).hasSameHashCodeAs(PythonTuple.of(List.of(1L, 2L)));
  }

  @Test
  void the_empty_tuple_is_one_object() {
    assertThat(PythonTuple.of()).isSameAs(PythonTuple.EMPTY);
    assertThat(PythonTuple.copyOf(List.of())).isSameAs(PythonTuple.EMPTY);
    assertThat(PythonTuple.EMPTY.isEmpty()).isTrue();
    assertThat(PythonTuple.of(1L).isEmpty()).isFalse();
  }

  @Test
  void the_arrays_it_takes_and_gives_can_change() {
    Object[] source = {"a"};
    PythonTuple tuple = PythonTuple.of(source);
    source[0] = "b";
    tuple.toArray()[0] = "c";

    assertThat(tuple).containsExactly("a");
  }

  @Test
  void the_list_of_elements_cannot_be_changed() {
    assertThatThrownBy(() -> PythonTuple.of(1L).asList().set(0, 2L))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void the_list_of_elements_is_hashed_as_any_list() {
    assertThat(PythonTuple.of(1L, "a").asList()).hasSameHashCodeAs(List.of(1L, "a"));
    assertThat(PythonTuple.of(1L, "a").asList()).isNotEqualTo(List.of(1L));
  }

  @Test
  void the_text_is_that_of_python() {
    assertThat(PythonTuple.of(1L)).hasToString("(1,)");
    assertThat(PythonTuple.of(1L, "a'b", true, null)).hasToString("(1, \"a'b\", True, None)");
    assertThat(PythonTuple.EMPTY).hasToString("()");
  }
}
