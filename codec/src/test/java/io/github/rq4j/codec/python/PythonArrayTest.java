package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class PythonArrayTest {
  @Test
  void integers_are_longs() {
    PythonArray array = PythonArray.ofLongs('i', 1, -2);

    assertThat(array.asList()).containsExactly(1L, -2L);
    assertThat(array.toLongArray()).containsExactly(1, -2);
    assertThat(array.isInteger()).isTrue();
    assertThat(array.size()).isEqualTo(2);
    assertThat(array.typeCode()).isEqualTo('i');
  }

  @Test
  void unsigned_integers_of_64_bits_may_be_big() {
    assertThat(PythonArray.ofLongs('Q', -1, 1).asList())
        .containsExactly(BigInteger.TWO.pow(64).subtract(BigInteger.ONE), 1L);
    assertThat(PythonArray.ofLongs('L', -1).get(0)).isInstanceOf(BigInteger.class);
    assertThat(PythonArray.ofLongs('q', -1).get(0)).isEqualTo(-1L);
  }

  @Test
  void floats_are_doubles_with_all_their_bits() {
    PythonArray array = PythonArray.ofDoubles('d', -0.0, 1.5);

    assertThat(array.asList()).containsExactly(-0.0, 1.5);
    assertThat(array.toDoubleArray()).containsExactly(-0.0, 1.5);
    assertThat(array.isInteger()).isFalse();
  }

  @Test
  void floats_of_32_bits_are_rounded_to_them() {
    assertThat(PythonArray.ofDoubles('f', 1.2, 1e300))
        .isEqualTo(PythonArray.ofDoubles('f', 1.2f, Double.POSITIVE_INFINITY));
    assertThat(PythonArray.ofDoubles('f', 1.2).get(0)).isEqualTo((double) 1.2f);
  }

  @Test
  void a_wrong_type_code_is_refused() {
    assertThatThrownBy(() -> PythonArray.ofLongs('d', 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PythonArray.ofDoubles('i', 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PythonArray.ofLongs('d').toLongArray())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_array_gives_only_what_it_has() {
    assertThatThrownBy(() -> PythonArray.ofDoubles('f').toLongArray())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> PythonArray.ofLongs('b').toDoubleArray())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void arrays_are_equal_when_code_and_elements_are() {
    assertThat(PythonArray.ofLongs('i', 1))
        .isEqualTo(PythonArray.ofLongs('i', 1))
        .hasSameHashCodeAs(PythonArray.ofLongs('i', 1))
        .isNotEqualTo(PythonArray.ofLongs('h', 1))
        .isNotEqualTo(PythonArray.ofLongs('i', 2))
        .hasToString("array('i', [1])");
  }
}
