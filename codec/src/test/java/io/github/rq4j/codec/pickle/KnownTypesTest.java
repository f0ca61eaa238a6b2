package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonArray;
import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonComplex;
import io.github.rq4j.codec.python.PythonDateTime;
import io.github.rq4j.codec.python.PythonDecimal;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonFraction;
import io.github.rq4j.codec.python.PythonFrozenSet;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonPath;
import io.github.rq4j.codec.python.PythonRange;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonSlice;
import io.github.rq4j.codec.python.PythonTime;
import io.github.rq4j.codec.python.PythonTimeZone;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownTypesTest {
  private static final String NOON = "07e801020c000000000a";

  @Test
  void a_date_is_packed_or_in_numbers() throws BadArguments {
    LocalDate date = LocalDate.of(2024, 1, 2);

    assertThat(call("datetime.date", packed("07e80102"))).isEqualTo(date);
    assertThat(call("datetime.date", 2024L, 1L, 2L)).isEqualTo(date);
    assertThat(call("datetime.date", packed("270f0c1f"))).isEqualTo(LocalDate.of(9999, 12, 31));
  }

  @Test
  void a_packed_date_of_python_2_is_text_in_latin_1_or_utf_8() throws BadArguments {
    assertThat(call("datetime.date", "\u0007\u00e8\u0001\u0002"))
        .isEqualTo(LocalDate.of(2024, 1, 2));
    assertThat(
            call(
                "datetime.datetime",
                "\u0007\u00d0\u0001\u0002\u0003\u0004\u0005\u0000\u00c3\u00a9"))
        .isEqualTo(LocalDateTime.of(2000, 1, 2, 3, 4, 5, 0xc3a9 * 1000));
    assertThat(
            call(
                "datetime.datetime",
                "\u0007\u00d0\u0001\u0002\u0003\u0004\u0005\u0000\u00c3\u00a9"))
        .isEqualTo(call("datetime.datetime", packed("07d0010203040500c3a9")));
    assertThat(call("datetime.datetime", "\u0007\u0001\u0001\u0002\u0003\u0004\u0005\u0000\u00e9"))
        .isEqualTo(LocalDateTime.of(0x701, 1, 2, 3, 4, 5, 0xc3a9 * 1000));
  }

  @Test
  void impossible_dates_are_refused() {
    for (Object arg :
        new Object[] {
          packed("07e80d01"),
          packed("07e80100"),
          packed("07e8021e"),
          packed("00000101"),
          packed("27100101"),
          packed("07e801"),
          "\u0007\u20ac\u0001\u0002",
          "abc",
          null,
          5L
        }) {
      refused("datetime.date", arg);
    }
    refused("datetime.date");
    refused("datetime.date", 2024L, 1L);
    refused("datetime.date", 2024L, 13L, 1L);
    refused("datetime.date", 2024L, 1L << 32, 1L);
    refused("datetime.date", 2024L, "1", 1L);
  }

  @Test
  void a_time_is_packed_or_in_numbers() throws BadArguments {
    LocalTime time = LocalTime.of(1, 2, 3, 4000);

    assertThat(call("datetime.time", packed("010203000004"))).isEqualTo(time);
    assertThat(call("datetime.time", 1L, 2L, 3L, 4L)).isEqualTo(time);
    assertThat(call("datetime.time")).isEqualTo(LocalTime.MIDNIGHT);
    assertThat(call("datetime.time", 12L)).isEqualTo(LocalTime.NOON);
    assertThat(call("datetime.time", packed("810203000004")))
        .isEqualTo(PythonTime.of(time, true, null));
    assertThat(call("datetime.time", packed("010203000004"), ZoneOffset.UTC))
        .isEqualTo(PythonTime.of(time, false, ZoneOffset.UTC));
    assertThat(call("datetime.time", 1L, 2L, 3L, 4L, ZoneOffset.UTC))
        .isEqualTo(PythonTime.of(time, false, ZoneOffset.UTC));
  }

  @Test
  void impossible_times_are_refused() {
    refused("datetime.time", packed("180203000004"));
    refused("datetime.time", packed("013c03000004"));
    refused("datetime.time", packed("0102030f4240"));
    refused("datetime.time", packed("010203000004"), "UTC");
    refused("datetime.time", packed("0102030000"));
    refused("datetime.time", 1L, 2L, 3L, -1L);
    refused("datetime.time", 1L, 2L, 3L, 4L, null, 5L);
    refused("datetime.time", 1L, 2L, 3L, 4L, "UTC");
  }

  @Test
  void a_datetime_is_packed_or_in_numbers() throws BadArguments {
    LocalDateTime noon = LocalDateTime.of(2024, 1, 2, 12, 0, 0, 10_000);

    assertThat(call("datetime.datetime", packed(NOON))).isEqualTo(noon);
    assertThat(call("datetime.datetime", packed(NOON), null)).isEqualTo(noon);
    assertThat(call("datetime.datetime", 2024L, 1L, 2L, 12L, 0L, 0L, 10L)).isEqualTo(noon);
    assertThat(call("datetime.datetime", 2024L, 1L, 2L))
        .isEqualTo(LocalDateTime.of(2024, 1, 2, 0, 0));
    assertThat(call("datetime.datetime", packed(NOON), ZoneOffset.ofHours(1)))
        .isEqualTo(OffsetDateTime.of(noon, ZoneOffset.ofHours(1)));
    assertThat(call("datetime.datetime", 2024L, 1L, 2L, 12L, 0L, 0L, 10L, ZoneOffset.UTC))
        .isEqualTo(OffsetDateTime.of(noon, ZoneOffset.UTC));
    assertThat(call("datetime.datetime", packed("07e881020c000000000a")))
        .isEqualTo(PythonDateTime.of(noon, true, null));
  }

  @Test
  void impossible_datetimes_are_refused() {
    refused("datetime.datetime", packed("07e800020c000000000a"));
    refused("datetime.datetime", packed("07e801020c3c0000000a"));
    refused("datetime.datetime", packed("07e801020c0000000a"));
    refused("datetime.datetime", packed(NOON), 5L);
    refused("datetime.datetime");
    refused("datetime.datetime", 2024L, 1L);
    refused("datetime.datetime", 2024L, 1L, 2L, 25L);
    refused("datetime.datetime", 2024L, 1L, 2L, 1L, 1L, 1L, 1L, null, 1L);
  }

  @Test
  void a_timedelta_is_normalised() throws BadArguments {
    assertThat(call("datetime.timedelta", 1L, 2L, 3L))
        .isEqualTo(Duration.ofDays(1).plusSeconds(2).plusNanos(3000));
    assertThat(call("datetime.timedelta", 0L, 0L, -1L)).isEqualTo(Duration.ofNanos(-1000));
    assertThat(call("datetime.timedelta")).isEqualTo(Duration.ZERO);
    assertThat(call("datetime.timedelta", 999_999_999L, 86_399L, 999_999L))
        .isEqualTo(Duration.ofDays(1_000_000_000).minusNanos(1000));
    assertThat(call("datetime.timedelta", -999_999_999L)).isEqualTo(Duration.ofDays(-999_999_999));
    assertThat(call("datetime.timedelta", 1.5)).isNull();
    assertThat(call("datetime.timedelta", 0L, 0L, 0L, 1L)).isNull();
  }

  @Test
  void timedeltas_out_of_range_are_refused() {
    refused("datetime.timedelta", 1_000_000_000L);
    refused("datetime.timedelta", -999_999_999L, -1L);
    refused("datetime.timedelta", Long.MAX_VALUE);
    refused("datetime.timedelta", 0L, Long.MIN_VALUE, -1L);
    refused("datetime.timedelta", "1");
    refused("datetime.timedelta", new Object[] {null});
  }

  @Test
  void a_timezone_has_an_offset_and_maybe_a_name() throws BadArguments {
    assertThat(call("datetime.timezone", Duration.ofHours(2))).isEqualTo(ZoneOffset.ofHours(2));
    assertThat(call("datetime.timezone", Duration.ofHours(2), "CEST"))
        .isEqualTo(new PythonTimeZone(Duration.ofHours(2), "CEST"));
    refused("datetime.timezone", Duration.ofDays(1));
    refused("datetime.timezone", Duration.ofHours(2), null);
    refused("datetime.timezone", 7200L);
    refused("datetime.timezone");
  }

  @Test
  void a_zone_info_is_a_region_if_java_has_it() throws BadArguments {
    PythonObject unpickle =
        PythonObject.reduce(
            new PythonGlobal("builtins", "getattr"),
            PythonTuple.of(new PythonGlobal("zoneinfo", "ZoneInfo"), "_unpickle"));

    assertThat(make(unpickle, "Europe/Berlin", 1L)).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(make(unpickle, "Europe/Berlin", 0L)).isNull();
    assertThat(make(unpickle, "Nowhere/Land", 1L)).isNull();
    assertThat(make(unpickle, 5L, 1L)).isNull();
    assertThat(call("zoneinfo.ZoneInfo._unpickle", "Europe/Berlin", 1L))
        .isEqualTo(ZoneId.of("Europe/Berlin"));
  }

  @Test
  void decimals_are_made_of_text_or_integers() throws BadArguments {
    assertThat(call("decimal.Decimal", "1.50")).isEqualTo(new BigDecimal("1.50"));
    assertThat(call("decimal.Decimal", "-0")).isEqualTo(new PythonDecimal("-0"));
    assertThat(call("decimal.Decimal", 5L)).isEqualTo(new BigDecimal(5));
    assertThat(call("decimal.Decimal")).isNull();
    assertThat(call("decimal.Decimal", 1.5)).isNull();
    assertThat(call("decimal.Decimal", PythonTuple.EMPTY)).isNull();
    refused("decimal.Decimal", "abc");
    refused("decimal.Decimal", new Object[] {null});
    refused("decimal.Decimal", new PythonDict());
  }

  @Test
  void fractions_are_made_of_two_numbers_or_text() throws BadArguments {
    PythonFraction half = new PythonFraction(BigInteger.ONE, BigInteger.TWO);

    assertThat(call("fractions.Fraction", 1L, 2L)).isEqualTo(half);
    assertThat(call("fractions.Fraction", "1/2")).isEqualTo(half);
    assertThat(call("fractions.Fraction", "-3"))
        .isEqualTo(new PythonFraction(BigInteger.valueOf(-3), BigInteger.ONE));
    assertThat(call("fractions.Fraction", BigInteger.TWO.pow(64), BigInteger.TWO.pow(65)))
        .isEqualTo(half);
    assertThat(call("fractions.Fraction", "0.5")).isNull();
    assertThat(call("fractions.Fraction", 1L, 2.0)).isNull();
    refused("fractions.Fraction", 1L, 0L);
    refused("fractions.Fraction", "1/0");
  }

  @Test
  void numbers_of_too_many_digits_are_refused_by_the_name_of_the_limit() {
    for (String type : List.of("decimal.Decimal", "fractions.Fraction")) {
      assertThatThrownBy(() -> call(type, "1".repeat(8601)))
          .isInstanceOfSatisfying(
              BadArguments.class,
              failure -> {
                assertThat(failure.limit()).isEqualTo("maxIntDigits");
                assertThat(failure.limitValue()).isEqualTo(4300);
              });
    }
  }

  @Test
  void complex_numbers_are_made_of_numbers() throws BadArguments {
    assertThat(call("builtins.complex", 1.5, -2.0)).isEqualTo(new PythonComplex(1.5, -2));
    assertThat(call("builtins.complex", 3L)).isEqualTo(new PythonComplex(3, 0));
    assertThat(call("builtins.complex")).isEqualTo(new PythonComplex(0, 0));
    assertThat(call("builtins.complex", "1+2j")).isNull();
    refused("builtins.complex", "x", "y");
    refused("builtins.complex", 1.0, 2.0, 3.0);
  }

  @Test
  void ranges_and_slices_are_made_of_up_to_three_values() throws BadArguments {
    assertThat(call("builtins.range", 5L)).isEqualTo(PythonRange.of(0, 5, 1));
    assertThat(call("builtins.range", 1L, 5L)).isEqualTo(PythonRange.of(1, 5, 1));
    assertThat(call("builtins.range", 5L, 1L, -2L)).isEqualTo(PythonRange.of(5, 1, -2));
    assertThat(call("builtins.slice", 5L)).isEqualTo(PythonSlice.of(null, 5L, null));
    assertThat(call("builtins.slice", 1L, 5L)).isEqualTo(PythonSlice.of(1L, 5L, null));
    assertThat(call("builtins.slice", 1L, 5L, "x")).isEqualTo(PythonSlice.of(1L, 5L, "x"));
    refused("builtins.range");
    refused("builtins.range", 1L, 2L, 0L);
    refused("builtins.range", 1L, 2L, 3L, 4L);
    refused("builtins.range", 1.5);
    refused("builtins.slice");
    refused("builtins.slice", 1L, 2L, 3L, 4L);
  }

  @Test
  void bytes_come_as_text_in_latin_1() throws BadArguments {
    assertThat(call("_codecs.encode", "\u0000\u00ff", "latin1"))
        .isEqualTo(PythonBytes.fromArray(new byte[] {0, -1}));
    assertThat(call("_codecs.encode", "\u20ac", "UTF_8")).isEqualTo(bytes("\u20ac"));
    assertThat(call("_codecs.encode", "a", "ascii")).isEqualTo(bytes("a"));
    assertThat(call("_codecs.encode", "a")).isNull();
    assertThat(call("builtins.bytes")).isSameAs(PythonBytes.EMPTY);
    assertThat(call("builtins.bytes", bytes("a"))).isEqualTo(bytes("a"));
    assertThat(call("builtins.bytes", PythonList.of(97L))).isEqualTo(bytes("a"));
    assertThat(call("builtins.bytes", "a", "latin1")).isEqualTo(bytes("a"));
    assertThat(call("builtins.bytes", 5L)).isNull();
    refused("_codecs.encode", "\u20ac", "latin1");
    refused("_codecs.encode", "\u00e9", "ascii");
    refused("_codecs.encode", "a", 5L);
    refused("_codecs.encode", bytes("a"), "latin1");
    refused("builtins.bytes", "a");
    refused("builtins.bytes", PythonList.of(256L));
    refused("builtins.bytes", PythonList.of("a"));
    refused("builtins.bytes", new Object[] {null});
    assertThatThrownBy(() -> call("_codecs.encode", "a", "rot13"))
        .isInstanceOf(UnsupportedValueException.class);
  }

  @Test
  void byte_arrays_come_as_bytes_or_text() throws BadArguments {
    for (Object[] args :
        new Object[][] {
          {bytes("a")}, {"a", "latin-1"}, {PythonByteArray.fromArray(new byte[] {'a'})}
        }) {
      PythonByteArray array = (PythonByteArray) call("builtins.bytearray", args);
      assertThat(array).isNotNull();
      assertThat(array.toByteArray()).containsExactly('a');
    }
    assertThat(call("builtins.bytearray")).isInstanceOf(PythonByteArray.class);
    refused("builtins.bytearray", "a", "latin1", "strict");
  }

  @Test
  void containers_may_be_made_of_others() throws BadArguments {
    PythonList list = PythonList.of(1L, 2L);

    assertThat(call("builtins.set", list)).isEqualTo(PythonSet.of(1L, 2L));
    assertThat(call("builtins.frozenset", PythonTuple.of(1L))).isEqualTo(PythonFrozenSet.of(1L));
    assertThat(call("builtins.list", PythonFrozenSet.of(1L))).isEqualTo(List.of(1L));
    assertThat(call("builtins.tuple", list)).isEqualTo(PythonTuple.of(1L, 2L));
    assertThat(call("builtins.list", new PythonDict(Map.of("k", 1L)))).isEqualTo(List.of("k"));
    assertThat(call("builtins.list")).isEqualTo(List.of());
    assertThat(call("builtins.set", "abc")).isNull();
    assertThat(call("builtins.list", PythonRange.of(0, 3, 1))).isNull();
    refused("builtins.set", 5L);
    refused("builtins.list", new Object[] {null});
    refused("builtins.tuple", list, list);
  }

  @Test
  void a_copied_container_is_another_object() throws BadArguments {
    PythonList list = PythonList.of(1L);

    assertThat(call("builtins.list", list)).isEqualTo(list).isNotSameAs(list);
  }

  @Test
  void dicts_may_be_made_of_pairs_or_another_dict() throws BadArguments {
    Map<Object, Object> expected = Map.of("a", 1L);

    assertThat(call("builtins.dict", PythonList.of(PythonTuple.of("a", 1L)))).isEqualTo(expected);
    assertThat(call("builtins.dict", PythonList.of(PythonList.of("a", 1L)))).isEqualTo(expected);
    assertThat(call("builtins.dict", new PythonDict(expected))).isEqualTo(expected);
    assertThat(call("builtins.dict")).isEqualTo(Map.of());
    assertThat(call("builtins.dict", PythonList.of("ab"))).isNull();
    refused("builtins.dict", PythonList.of(PythonTuple.of("a")));
    refused("builtins.dict", PythonList.of(5L));
    refused("builtins.dict", 5L);
  }

  @Test
  void paths_are_made_of_their_parts() throws BadArguments {
    assertThat(call("pathlib.PosixPath", "/", "etc", "hosts"))
        .isEqualTo(new PythonPath("PosixPath", List.of("/", "etc", "hosts")));
    assertThat(call("pathlib._local.PurePosixPath", "/etc/hosts"))
        .isEqualTo(new PythonPath("PurePosixPath", List.of("/", "etc", "hosts")));
    assertThat(call("pathlib.PosixPath", new PythonPath("PosixPath", List.of()))).isNull();
    refused("pathlib.PosixPath", 5L);
  }

  @Test
  void operating_system_errors_are_of_the_class_of_their_number() throws BadArguments {
    PythonObject error = (PythonObject) call("builtins.OSError", 2L, "gone", "/x");

    assertThat(error).isNotNull();
    assertThat(error.callable()).isEqualTo(new PythonGlobal("builtins", "FileNotFoundError"));
    assertThat(error.args()).isEqualTo(PythonTuple.of(2L, "gone", "/x"));
    assertThat(call("builtins.OSError", 2L)).isNull();
    assertThat(call("builtins.OSError", 9999L, "x")).isNull();
    assertThat(call("builtins.ValueError", 2L, "x")).isNull();
  }

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

  private static void refused(String type, @Nullable Object... args) {
    assertThatThrownBy(() -> call(type, args))
        .isInstanceOf(BadArguments.class)
        .hasMessageEndingWith("cannot be made of these arguments");
  }

  private static @Nullable Object call(String type, @Nullable Object... args) throws BadArguments {
    int dot = type.startsWith("pathlib._local") ? 14 : type.indexOf('.');
    return make(new PythonGlobal(type.substring(0, dot), type.substring(dot + 1)), args);
  }

  private static @Nullable Object make(Object callable, @Nullable Object... args)
      throws BadArguments {
    return KnownTypes.make(callable, PythonTuple.of(args), CodecLimits.builder().build(), 5);
  }

  private static PythonBytes packed(String hex) {
    return PythonBytes.fromArray(HexFormat.of().parseHex(hex));
  }

  private static PythonBytes bytes(String text) {
    return PythonBytes.fromArray(text.getBytes(StandardCharsets.UTF_8));
  }
}
