package io.github.rq4j.codec.pickle;

import static io.github.rq4j.codec.pickle.Calls.bytes;
import static io.github.rq4j.codec.pickle.Calls.call;
import static io.github.rq4j.codec.pickle.Calls.packed;
import static io.github.rq4j.codec.pickle.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.python.PythonArray;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls that make arrays. */
class ArrayTypesTest {
  @Test
  void arrays_are_made_of_a_list() throws BadArguments {
    assertThat(call("array.array", "b", PythonList.of(-128L, 127L)))
        .isEqualTo(PythonArray.ofLongs('b', -128, 127));
    assertThat(
            call(
                "array.array", "Q", PythonList.of(BigInteger.TWO.pow(64).subtract(BigInteger.ONE))))
        .isEqualTo(PythonArray.ofLongs('Q', -1));
    assertThat(call("array.array", "d", PythonList.of(1.5)))
        .isEqualTo(PythonArray.ofDoubles('d', 1.5));
    assertThat(call("array.array", "i")).isEqualTo(PythonArray.ofLongs('i'));
    assertThat(call("array.array", "u", PythonList.of("a"))).isNull();
    assertThat(call("array.array", "i", bytes("abcd"))).isNull();
  }

  @Test
  void elements_that_do_not_fit_an_array_are_refused() {
    refused("array.array");
    refused("array.array", "z", new PythonList());
    refused("array.array", 5L, new PythonList());
    refused("array.array", "b", PythonList.of(128L));
    refused("array.array", "b", PythonList.of(-129L));
    refused("array.array", "B", PythonList.of(-1L));
    refused("array.array", "H", PythonList.of(65536L));
    refused("array.array", "i", PythonList.of(1L << 31));
    refused("array.array", "q", PythonList.of(BigInteger.TWO.pow(63)));
    refused("array.array", "Q", PythonList.of(BigInteger.TWO.pow(64)));
    refused("array.array", "Q", PythonList.of(BigInteger.TWO.pow(63).negate()));
    refused("array.array", "d", PythonList.of(1L));
    refused("array.array", "i", PythonList.of("a"));
    refused("array.array", "i", new PythonList(), 1L);
  }

  @Test
  void arrays_in_every_layout_of_bytes_are_read() throws BadArguments {
    assertArray("B", 0, "01ff", 1, 255);
    assertArray("b", 1, "01ff", 1, -1);
    assertArray("H", 2, "0100feff", 1, 65534);
    assertArray("H", 3, "0001fffe", 1, 65534);
    assertArray("h", 4, "0100feff", 1, -2);
    assertArray("h", 5, "0001fffe", 1, -2);
    assertArray("I", 6, "01000000feffffff", 1, 4294967294L);
    assertArray("I", 7, "00000001fffffffe", 1, 4294967294L);
    assertArray("i", 8, "01000000feffffff", 1, -2);
    assertArray("l", 9, "00000001fffffffe", 1, -2);
    assertArray("Q", 10, "0100000000000000feffffffffffffff", 1, -2);
    assertArray("L", 11, "0000000000000001fffffffffffffffe", 1, -2);
    assertArray("q", 12, "0100000000000000feffffffffffffff", 1, -2);
    assertArray("l", 13, "0000000000000001fffffffffffffffe", 1, -2);
    assertDoubles("f", 14, "0000c03f", 1.5);
    assertDoubles("f", 15, "3fc00000", 1.5);
    assertDoubles("d", 16, "000000000000f83f", 1.5);
    assertDoubles("d", 17, "3ff8000000000000", 1.5);
  }

  @Test
  void bytes_that_do_not_fit_an_array_are_refused() {
    refusedArray("i", 8L, "010000");
    refusedArray("i", 22L, "");
    refusedArray("i", -1L, "");
    refusedArray("d", 8L, "00000000");
    refusedArray("i", 14L, "00000000");
    refusedArray("i", 18L, "00000000");
    refusedArray("b", 0L, "ff");
    refusedArray("B", 1L, "ff");
    refusedArray("q", 10L, "ffffffffffffffff");
    refusedArray("Q", 12L, "ffffffffffffffff");
    refusedArray("h", 8L, "00000100");
    refused("array._array_reconstructor", new PythonGlobal("array", "array"), "i", 8L);
  }

  @Test
  void arrays_of_characters_and_of_subclasses_stay_generic() throws BadArguments {
    assertThat(
            call(
                "array._array_reconstructor",
                new PythonGlobal("array", "array"),
                "u",
                20L,
                bytes("aaaa")))
        .isNull();
    assertThat(
            call(
                "array._array_reconstructor",
                new PythonGlobal("my", "array"),
                "i",
                8L,
                bytes("aaaa")))
        .isNull();
  }

  private static void assertArray(String code, long layout, String hex, long... values)
      throws BadArguments {
    assertThat(array(code, layout, hex)).isEqualTo(PythonArray.ofLongs(code.charAt(0), values));
  }

  private static void assertDoubles(String code, long layout, String hex, double... values)
      throws BadArguments {
    assertThat(array(code, layout, hex)).isEqualTo(PythonArray.ofDoubles(code.charAt(0), values));
  }

  private static @Nullable Object array(String code, long layout, String hex) throws BadArguments {
    return call(
        "array._array_reconstructor",
        new PythonGlobal("array", "array"),
        code,
        layout,
        packed(hex));
  }

  private static void refusedArray(String code, long layout, String hex) {
    assertThatThrownBy(() -> array(code, layout, hex)).isInstanceOf(BadArguments.class);
  }
}
