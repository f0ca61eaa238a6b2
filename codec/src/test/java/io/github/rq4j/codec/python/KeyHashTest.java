package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyHashTest {
  private static final BigInteger WIDE = BigInteger.TEN.pow(30);

  /** Values of all kinds of which no two are one key. */
  private static List<Object> differentKeys() {
    List<Object> keys = new ArrayList<>(List.of(0L, 1L, -1L, 1L << 32, 1L << 61, Long.MIN_VALUE));
    keys.addAll(List.of(0.1, -0.1, Double.POSITIVE_INFINITY, WIDE, WIDE.negate()));
    keys.addAll(List.of(new BigDecimal("1E+9999"), new BigDecimal("2E+9999")));
    keys.addAll(List.of(new BigDecimal("1E+9998"), new PythonDecimal("1E+9999999999")));
    keys.addAll(List.of(fraction(1, 3), fraction(2, 3), fraction(1, 7)));
    keys.addAll(List.of(new PythonComplex(1, 2), new PythonComplex(2, 1)));
    keys.addAll(List.of("", "a", "b", "ab", "ba", "abc", "acb", "bac", "abcd", "abcdef", "defabc"));
    keys.addAll(List.of(bytes(), bytes(0), bytes(1), bytes(1, 2), bytes(2, 1), bytes(-1)));
    keys.addAll(List.of(PythonTuple.EMPTY, PythonTuple.of(1L), PythonTuple.of(1L, 2L)));
    keys.addAll(List.of(PythonTuple.of(2L, 1L), PythonTuple.of(PythonTuple.of(1L, 2L))));
    keys.addAll(List.of(PythonFrozenSet.of(), PythonFrozenSet.of(1L), PythonFrozenSet.of(1L, 2L)));
    keys.addAll(List.of(PythonFrozenSet.of(3L), PythonFrozenSet.of(PythonFrozenSet.of(1L))));
    keys.addAll(List.of(PythonRange.of(0, 1, 1), PythonRange.of(0, 2, 1), PythonRange.of(0, 1, 2)));
    keys.addAll(List.of(new PythonGlobal("a", "b"), new PythonGlobal("b", "a")));
    keys.addAll(List.of(LocalDate.of(2024, 1, 2), LocalDate.of(2024, 2, 1), LocalTime.of(1, 2)));
    keys.addAll(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), new UUID(1, 2)));
    keys.addAll(List.of(ZoneId.of("Europe/Berlin"), ZoneId.of("Europe/Paris")));
    LocalDateTime time = LocalDateTime.of(2024, 1, 2, 3, 4);
    keys.add(PythonDateTime.of(time, true, null));
    keys.add(PythonDateTime.of(time.plusDays(1), true, null));
    keys.add(PythonTime.of(LocalTime.of(3, 4), true, null));
    keys.add(PythonTime.of(LocalTime.of(3, 5), true, null));
    keys.add(PythonSingleton.ELLIPSIS);
    keys.add(object());
    keys.add(object());
    return keys;
  }

  @Test
  void different_keys_have_different_hashes() {
    Map<Long, Object> found = new HashMap<>();
    for (Object key : differentKeys()) {
      assertThat(found.put(KeyHash.of(key), key)).as("same hash as %s", key).isNull();
    }
  }

  @Test
  void a_tuple_with_something_mutable_is_as_unhashable_as_that() {
    PythonList list = new PythonList();

    assertThat(KeyHash.isHashable(list)).isFalse();
    assertThat(KeyHash.isHashable(PythonTuple.of(1L, PythonTuple.of(list, 2L)))).isFalse();
    assertThat(KeyHash.isHashable(PythonTuple.of(1L, PythonTuple.of(2L)))).isTrue();
  }

  /** The hash of an object is that of its identity, in which Java has only 31 bits. */
  @Test
  void objects_that_share_a_hash_by_chance_stay_different_keys() {
    Map<Integer, PythonObject> found = new HashMap<>();
    PythonObject one = object();
    PythonObject other = found.put(System.identityHashCode(one), one);
    while (other == null) {
      one = object();
      other = found.put(System.identityHashCode(one), one);
    }

    assertThat(KeyHash.of(one)).isEqualTo(KeyHash.of(other));
    assertThat(KeyEquality.same(one, other)).isFalse();
    assertThat(KeyEquality.same(PythonTuple.of(1L, one), PythonTuple.of(1L, other))).isFalse();
    assertThat(KeyEquality.same(nested(one), nested(other))).isFalse();
    assertThat(KeyEquality.same(PythonFrozenSet.of(one), PythonFrozenSet.of(other))).isFalse();
    assertThat(KeyEquality.same(nested(one), nested(one))).isTrue();
  }

  private static PythonTuple nested(Object key) {
    return PythonTuple.of("a", PythonTuple.of("b", PythonFrozenSet.of(key)));
  }

  private static PythonFraction fraction(long numerator, long denominator) {
    return new PythonFraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  private static PythonBytes bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return PythonBytes.fromArray(bytes);
  }

  static Stream<Arguments> differentValues() {
    LocalDateTime time = LocalDateTime.of(2024, 1, 2, 3, 4);
    return Stream.of(
        Arguments.of(bytes(1), bytes(2)),
        Arguments.of(PythonTuple.of(1L), PythonTuple.of(2L)),
        Arguments.of(PythonFrozenSet.of(1L), PythonFrozenSet.of(2L)),
        Arguments.of(PythonSlice.of(null, 1L, null), PythonSlice.of(null, 2L, null)),
        Arguments.of(PythonSlice.of(null, 1L, null), PythonTuple.of(null, 1L, null)),
        Arguments.of(PythonArray.ofLongs('i', 1, 2), PythonArray.ofLongs('i', 2, 1)),
        Arguments.of(PythonArray.ofLongs('i', 1), PythonArray.ofLongs('l', 1)),
        Arguments.of(
            PythonDateTime.of(time, true, null), PythonDateTime.of(time.plusDays(1), true, null)),
        Arguments.of(
            PythonTime.of(time.toLocalTime(), true, null),
            PythonTime.of(time.toLocalTime().plusHours(1), true, null)));
  }

  @ParameterizedTest
  @MethodSource("differentValues")
  void different_values_have_different_hash_codes(Object one, Object other) {
    assertThat(one.hashCode()).isNotEqualTo(other.hashCode());
  }

  private static PythonObject object() {
    return PythonObject.newObject(new PythonGlobal("m", "C"), PythonTuple.EMPTY);
  }
}
