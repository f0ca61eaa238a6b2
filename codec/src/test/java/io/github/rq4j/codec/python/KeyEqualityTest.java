package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyEqualityTest {
  /** Each line holds values that are one key in Python; values of different lines are not. */
  private static final List<List<Object>> KEYS =
      List.of(
          List.of(
              1L,
              true,
              1,
              1.0,
              (byte) 1,
              (short) 1,
              1f,
              BigInteger.ONE,
              new BigDecimal("1.00"),
              fraction(1, 1),
              fraction(7, 7),
              new PythonComplex(1, -0.0)),
          List.of(
              0L,
              false,
              0.0,
              -0.0,
              BigDecimal.ZERO,
              new BigDecimal("0E+5"),
              fraction(0, 3),
              new PythonDecimal("-0.0"),
              new PythonComplex(-0.0, 0)),
          List.of(0.5, new BigDecimal("0.50"), fraction(1, 2), fraction(2, 4)),
          List.of(new BigDecimal("0.1"), fraction(1, 10), new BigDecimal("0.100")),
          List.of(0.1),
          List.of(fraction(1, 3)),
          List.of(9007199254740992L, 9007199254740992.0),
          List.of(9007199254740993L),
          List.of(-9223372036854775808L, -0x1p63),
          List.of(BigInteger.TWO.pow(63), 0x1p63, new BigDecimal("9223372036854775808")),
          List.of(BigInteger.TWO.pow(64), 0x1p64, new BigDecimal("18446744073709551616.0")),
          List.of(BigInteger.TEN.pow(30), new BigDecimal("1E+30")),
          List.of(new BigDecimal("1E+999999999")),
          List.of(new BigDecimal("1E-999999999")),
          List.of(Double.POSITIVE_INFINITY, new PythonDecimal("Infinity")),
          List.of(Double.NEGATIVE_INFINITY, new PythonDecimal("-Infinity")),
          List.of(new PythonComplex(0, 1)),
          List.of(new PythonComplex(0.0, 2), new PythonComplex(-0.0, 2)),
          List.of("1"),
          List.of("a"),
          List.of("A"),
          List.of(bytes("a")),
          List.of(bytes("ab")),
          List.of(PythonTuple.EMPTY),
          List.of(PythonTuple.of(1L, "a"), PythonTuple.of(true, "a"), PythonTuple.of(1.0, "a")),
          List.of(PythonTuple.of("a", 1L)),
          List.of(PythonTuple.of(PythonTuple.of(1L)), PythonTuple.of(PythonTuple.of(1.0))),
          List.of(PythonTuple.of(1L)),
          List.of(PythonFrozenSet.of(1L, 2L), PythonFrozenSet.of(2.0, true)),
          List.of(PythonFrozenSet.of(1L)),
          List.of(PythonFrozenSet.of(PythonTuple.of(1L)), PythonFrozenSet.of(PythonTuple.of(true))),
          List.of(PythonFrozenSet.of()),
          List.of(LocalDate.of(2024, 1, 2)),
          List.of(LocalDateTime.of(2024, 1, 2, 0, 0)),
          List.of(
              OffsetDateTime.of(2024, 1, 2, 12, 0, 0, 0, ZoneOffset.UTC),
              OffsetDateTime.of(2024, 1, 2, 14, 0, 0, 0, ZoneOffset.ofHours(2)),
              ZonedDateTime.of(2024, 1, 2, 12, 0, 0, 0, ZoneOffset.UTC),
              PythonDateTime.of(
                  LocalDateTime.of(2024, 1, 2, 12, 0),
                  false,
                  new PythonTimeZone(Duration.ZERO, "Greenwich"))),
          List.of(PythonDateTime.of(LocalDateTime.of(2024, 1, 2, 12, 0), true, null)),
          List.of(LocalTime.of(12, 0)),
          List.of(PythonTime.of(LocalTime.of(12, 0), true, null)),
          List.of(Duration.ofSeconds(1)),
          List.of(new UUID(1, 2)),
          List.of(PythonRange.of(0, 1, 1)),
          List.of(PythonRange.of(0, 2, 1)),
          List.of(PythonSingleton.ELLIPSIS),
          List.of(new PythonGlobal("a", "b")),
          List.of(new PythonGlobal("a", "c")),
          List.of(new PythonPath("PosixPath", List.of("a"))),
          List.of(new PythonTimeZone(Duration.ofHours(1), "x")),
          List.of(PythonObject.newObject(new PythonGlobal("m", "C"), PythonTuple.EMPTY)),
          List.of(PythonObject.newObject(new PythonGlobal("m", "C"), PythonTuple.EMPTY)));

  @Test
  void a_dict_tells_keys_apart_as_python_does() {
    PythonDict dict = new PythonDict();
    for (List<Object> equals : KEYS) {
      equals.forEach(key -> dict.put(key, key));
    }

    assertThat(dict.keySet()).hasSize(KEYS.size());
    List<Object> firsts = new ArrayList<>();
    KEYS.forEach(equals -> firsts.add(equals.get(0)));
    assertThat(new ArrayList<>(dict.keySet())).isEqualTo(firsts);
  }

  @Test
  void each_key_alone_finds_its_equals_without_an_index() {
    for (List<Object> equals : KEYS) {
      for (List<Object> others : KEYS) {
        PythonSet set = PythonSet.of(equals.get(0));
        for (Object other : others) {
          assertThat(set.contains(other)).isEqualTo(equals == others);
        }
      }
    }
  }

  @Test
  void equal_keys_have_equal_hashes() {
    for (List<Object> equals : KEYS) {
      assertThat(equals).allMatch(key -> KeyHash.of(key) == KeyHash.of(equals.get(0)));
    }
  }

  @Test
  void nan_is_found_by_identity_only() {
    Object nan = Double.longBitsToDouble(0x7ff8000000000000L);
    Object other = Double.longBitsToDouble(0x7ff8000000000000L);
    PythonDict dict = new PythonDict();
    dict.put(nan, "first");
    dict.put(other, "second");
    dict.put(nan, "third");

    assertThat(dict).hasSize(2);
    assertThat(dict.get(nan)).isEqualTo("third");
    assertThat(dict.get(Double.NaN)).isNull();
  }

  @Property
  void a_long_and_the_double_of_its_value_are_one_key_exactly_when_python_says_so(
      @ForAll long number) {
    double rounded = (double) number;
    boolean isExact = new BigDecimal(rounded).compareTo(new BigDecimal(number)) == 0;

    assertThat(KeyEquality.same(number, rounded)).isEqualTo(isExact);
    assertThat(KeyEquality.same(number, BigDecimal.valueOf(number))).isTrue();
  }

  @Property
  void a_double_and_its_exact_decimal_and_fraction_are_one_key(@ForAll double number) {
    BigDecimal exact = new BigDecimal(number);

    assertThat(KeyEquality.same(number, exact)).isTrue();
    assertThat(KeyHash.of(number)).isEqualTo(KeyHash.of(exact));
  }

  @Test
  void tuples_that_are_too_large_to_compare_go_by_their_hash() {
    Object[] elements = new Object[1000];
    java.util.Arrays.setAll(elements, i -> "text number " + i);
    PythonTuple first = PythonTuple.of(elements);
    elements[999] = "another text";
    PythonTuple second = PythonTuple.of(elements);
    elements[999] = "text number 999";
    PythonTuple third = PythonTuple.of(elements);

    assertThat(KeyEquality.same(first, second)).isFalse();
    assertThat(KeyEquality.same(first, third)).isTrue();
  }

  @Test
  void frozen_sets_of_objects_go_by_the_identity_of_these() {
    PythonGlobal cls = new PythonGlobal("m", "C");
    PythonObject one = PythonObject.newObject(cls, PythonTuple.EMPTY);
    PythonObject two = PythonObject.newObject(cls, PythonTuple.EMPTY);

    assertThat(KeyEquality.same(PythonFrozenSet.of(one), PythonFrozenSet.of(one))).isTrue();
    assertThat(KeyEquality.same(PythonFrozenSet.of(one), PythonFrozenSet.of(two))).isFalse();
  }

  private static PythonFraction fraction(long numerator, long denominator) {
    return new PythonFraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  private static PythonBytes bytes(String text) {
    return PythonBytes.fromArray(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }
}
