package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonSlice;
import io.github.rq4j.codec.python.PythonTime;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of Java that are written as those of Python, whose pickles the golden vectors have. */
class EquivalentValuesTest {
  record Point(int x, Optional<String> label) {}

  record Nothing() {}

  static Stream<Arguments> pairs() {
    Instant instant = Instant.parse("2024-01-02T03:04:05.000006Z");
    return Stream.of(
        Arguments.of((byte) -1, -1L),
        Arguments.of((short) 300, 300L),
        Arguments.of(70_000, 70_000L),
        Arguments.of(BigInteger.valueOf(5), 5L),
        Arguments.of(BigInteger.valueOf(Long.MIN_VALUE), Long.MIN_VALUE),
        Arguments.of(1.5f, 1.5),
        Arguments.of(TimeUnit.DAYS, "DAYS"),
        Arguments.of(Optional.of("x"), "x"),
        Arguments.of(Optional.of(List.of(1)), PythonList.of(1L)),
        Arguments.of(OptionalInt.of(1), 1L),
        Arguments.of(OptionalLong.of(1), 1L),
        Arguments.of(OptionalDouble.of(1), 1.0),
        Arguments.of(new byte[] {1, -1}, PythonBytes.fromArray(new byte[] {1, -1})),
        Arguments.of(new Object[0], new PythonList()),
        Arguments.of(new Object[] {"a", null}, PythonList.of("a", null)),
        Arguments.of(new int[] {1, 2}, PythonList.of(1L, 2L)),
        Arguments.of(new long[] {1, 1L << 40}, PythonList.of(1L, 1L << 40)),
        Arguments.of(new short[] {1}, PythonList.of(1L)),
        Arguments.of(new double[] {1, 2}, PythonList.of(1.0, 2.0)),
        Arguments.of(new float[] {1}, PythonList.of(1.0)),
        Arguments.of(new boolean[] {true, false}, PythonList.of(true, false)),
        Arguments.of(new int[0], new PythonList()),
        Arguments.of(new ArrayDeque<>(List.of(1)), PythonList.of(1L)),
        Arguments.of(new LinkedHashSet<>(List.of(2, 1)), PythonSet.of(2L, 1L)),
        Arguments.of(new TreeMap<>(Map.of("b", 1, "a", 2)), dict("a", 2L, "b", 1L)),
        Arguments.of(new TreeMap<>(), dict()),
        Arguments.of(new Nothing(), dict()),
        Arguments.of(new Point(1, Optional.empty()), dict("x", 1L, "label", null)),
        Arguments.of(instant, instant.atOffset(ZoneOffset.UTC)),
        Arguments.of(
            OffsetTime.of(1, 2, 3, 0, ZoneOffset.UTC),
            PythonTime.of(LocalTime.of(1, 2, 3), false, ZoneOffset.UTC)));
  }

  private static PythonDict dict(@Nullable Object... keysAndValues) {
    PythonDict dict = new PythonDict();
    dict.putPairs(keysAndValues, 0, keysAndValues.length);
    return dict;
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_value_of_java_is_written_as_that_of_python(Object java, Object python) {
    for (int protocol = 0; protocol <= PickleSerializer.DEFAULT_PROTOCOL; protocol++) {
      PickleSerializer pickle = PickleSerializer.builder().protocol(protocol).build();

      assertThat(pickle.serialize(java))
          .as("protocol %d", protocol)
          .isEqualTo(pickle.serialize(python));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 999, 1000, 1001, 2000, 2001})
  void many_items_are_written_in_groups_whatever_holds_them(int count) {
    Integer[] array = IntStream.range(0, count).boxed().toArray(Integer[]::new);
    Map<Integer, Integer> map = new LinkedHashMap<>();
    for (Integer item : array) {
      map.put(item, item);
    }
    PickleSerializer pickle = PickleSerializer.defaults();
    PythonDict dict = new PythonDict();
    map.forEach((key, value) -> dict.put((long) key, (long) value));

    assertThat(pickle.serialize(array)).isEqualTo(pickle.serialize(new PythonList(List.of(array))));
    assertThat(pickle.serialize(map)).isEqualTo(pickle.serialize(dict));
    assertThat(pickle.deserialize(pickle.serialize(map))).isEqualTo(dict);
  }

  static Stream<Arguments> places() {
    Object unknown = new Object();
    PythonGlobal list = new PythonGlobal("builtins", "list");
    return Stream.of(
        Arguments.of(PythonList.of(1L, unknown), "value[1]: "),
        Arguments.of(PythonTuple.of(1L, 2L, unknown), "value[2]: "),
        Arguments.of(new Object[] {PythonTuple.of(unknown)}, "value[0][0]: "),
        Arguments.of(dict("a", 1L, "b", unknown), "value.b: "),
        Arguments.of(dict("a", 1L, PythonTuple.of(unknown), 1L), "value[key 1][0]: "),
        Arguments.of(PythonSet.of(PythonTuple.of(unknown)), "value[key 0][0]: "),
        Arguments.of(PythonSlice.of(null, unknown, null), "value: "),
        Arguments.of(PythonObject.reduce(list, PythonTuple.of(unknown)), "value"));
  }

  @ParameterizedTest
  @MethodSource("places")
  void what_cannot_be_written_is_named_by_its_place(Object value, String start) {
    assertThatThrownBy(() -> PickleSerializer.defaults().serialize(value))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageStartingWith(start);
  }
}
