package io.github.rq4j.codec.pickle;

import static io.github.rq4j.codec.pickle.Calls.call;
import static io.github.rq4j.codec.pickle.Calls.make;
import static io.github.rq4j.codec.pickle.Calls.packed;
import static io.github.rq4j.codec.pickle.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.python.PythonDateTime;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTime;
import io.github.rq4j.codec.python.PythonTimeZone;
import io.github.rq4j.codec.python.PythonTuple;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Calls that make dates, times and zones. */
class TimeTypesTest {
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
}
