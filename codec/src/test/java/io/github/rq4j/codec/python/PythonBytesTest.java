package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PythonBytesTest {
  @Test
  void equal_content_makes_equal_values() {
    PythonBytes bytes = PythonBytes.fromArray(new byte[] {1, 2});

    assertThat(bytes)
        .isEqualTo(PythonBytes.fromArray(new byte[] {0, 1, 2, 3}, 1, 2))
        .hasSameHashCodeAs(PythonBytes.fromArray(new byte[] {1, 2}))
        .isNotEqualTo(PythonBytes.fromArray(new byte[] {1, 3}))
        .isNotEqualTo("\u0001\u0002");
  }

  @Test
  void the_array_it_is_made_of_can_change_afterwards() {
    byte[] array = {1, 2};
    PythonBytes bytes = PythonBytes.fromArray(array);

    array[0] = 9;

    assertThat(bytes.get(0)).isEqualTo((byte) 1);
  }

  @Test
  void the_array_it_gives_is_a_copy() {
    PythonBytes bytes = PythonBytes.fromArray(new byte[] {1, 2});

    bytes.toByteArray()[0] = 9;

    assertThat(bytes.toByteArray()).containsExactly(1, 2);
  }

  @Test
  void the_empty_value_is_one_object() {
    assertThat(PythonBytes.fromArray(new byte[3], 1, 0)).isSameAs(PythonBytes.EMPTY);
  }

  @Test
  void a_part_outside_of_the_array_is_refused() {
    assertThatThrownBy(() -> PythonBytes.fromArray(new byte[3], 1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void all_bytes_can_be_copied_into_a_larger_array() {
    byte[] target = new byte[4];

    PythonBytes.fromArray(new byte[] {1, 2}).copyTo(target, 1);

    assertThat(target).containsExactly(0, 1, 2, 0);
  }

  @Test
  void the_text_is_a_literal_that_ends_after_a_while() {
    assertThat(PythonBytes.fromArray(new byte[] {'a', '\'', '\\', 0, -1}))
        .hasToString("b\"a'\\\\\\x00\\xff\"");
    assertThat(PythonBytes.fromArray(new byte[100_000]).toString()).hasSize(1003);
  }

  @Test
  void byte_arrays_differ_even_with_equal_content() {
    PythonByteArray array = PythonByteArray.fromArray(new byte[] {1, 2});

    assertThat(array).isNotEqualTo(PythonByteArray.fromArray(new byte[] {1, 2})).isEqualTo(array);
  }

  @Test
  void a_byte_array_changes_in_place_but_not_the_array_it_is_made_of() {
    byte[] source = {1, 2};
    PythonByteArray array = PythonByteArray.fromArray(source);

    array.set(1, (byte) 7);

    assertThat(array.toByteArray()).containsExactly(1, 7);
    assertThat(array.get(1)).isEqualTo((byte) 7);
    assertThat(array.length()).isEqualTo(2);
    assertThat(source).containsExactly(1, 2);
  }

  @Test
  void a_byte_array_can_be_a_part_of_an_array() {
    PythonByteArray array = PythonByteArray.fromArray(new byte[] {1, 2, 3}, 1, 2);
    byte[] target = new byte[3];
    array.copyTo(target, 0);

    assertThat(target).containsExactly(2, 3, 0);
    assertThat(array).hasToString("bytearray(b'\\x02\\x03')");
  }
}
