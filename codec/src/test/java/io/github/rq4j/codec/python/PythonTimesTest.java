package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class PythonTimesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final LocalDateTime NOON = LocalDateTime.of(2024, 1, 2, 12, 0);
  private static final LocalDateTime TWICE = LocalDateTime.of(2023, 10, 29, 2, 30);
  private static final LocalDateTime SKIPPED = LocalDateTime.of(2023, 3, 26, 2, 30);

  @Test
  void times_that_java_can_say_take_its_classes() {
    ZoneOffset offset = ZoneOffset.ofHours(2);

    assertThat(PythonDateTime.simplest(NOON, false, null)).isEqualTo(NOON);
    assertThat(PythonDateTime.simplest(NOON, false, offset))
        .isEqualTo(OffsetDateTime.of(NOON, offset));
    assertThat(PythonDateTime.simplest(NOON, false, BERLIN))
        .isEqualTo(ZonedDateTime.of(NOON, BERLIN));
    assertThat(PythonTime.simplest(LocalTime.NOON, false, null)).isEqualTo(LocalTime.NOON);
  }

  @Test
  void the_first_of_two_equal_times_on_the_wall_is_a_zoned_time_with_the_earlier_offset() {
    assertThat(PythonDateTime.simplest(TWICE, false, BERLIN))
        .isEqualTo(ZonedDateTime.ofStrict(TWICE, ZoneOffset.ofHours(2), BERLIN));
  }

  @Test
  void the_second_of_two_equal_times_keeps_its_fold() {
    PythonDateTime time = (PythonDateTime) PythonDateTime.simplest(TWICE, true, BERLIN);

    assertThat(time.fold()).isTrue();
    assertThat(time.zone()).isEqualTo(BERLIN);
    assertThat(time.offset()).contains(ZoneOffset.ofHours(1));
  }

  @Test
  void a_time_that_its_zone_skips_is_kept_as_it_is() {
    PythonDateTime time = (PythonDateTime) PythonDateTime.simplest(SKIPPED, false, BERLIN);

    assertThat(time.toLocalDateTime()).isEqualTo(SKIPPED);
    assertThat(time.fold()).isFalse();
    assertThat(time.offset()).contains(ZoneOffset.ofHours(1));
    assertThat(PythonDateTime.of(SKIPPED, true, BERLIN).offset()).contains(ZoneOffset.ofHours(2));
  }

  @Test
  void fold_alone_makes_a_naive_time_a_python_time() {
    PythonDateTime dateTime = (PythonDateTime) PythonDateTime.simplest(NOON, true, null);
    PythonTime time = (PythonTime) PythonTime.simplest(LocalTime.NOON, true, null);

    assertThat(dateTime.isNaive()).isTrue();
    assertThat(dateTime.toOffsetDateTime()).isEmpty();
    assertThat(time.fold()).isTrue();
    assertThat(PythonTime.of(LocalTime.NOON, false, BERLIN).fold()).isFalse();
    assertThat(time.toLocalTime()).isEqualTo(LocalTime.NOON);
    assertThat(time.zone()).isNull();
  }

  @Test
  void a_named_zone_gives_its_offset() {
    PythonTimeZone zone = new PythonTimeZone(Duration.ofHours(-5), "EST");
    PythonDateTime time = (PythonDateTime) PythonDateTime.simplest(NOON, false, zone);

    assertThat(time.toOffsetDateTime()).contains(OffsetDateTime.of(NOON, ZoneOffset.ofHours(-5)));
    assertThat(time.isNaive()).isFalse();
    assertThat(zone.name()).contains("EST");
  }

  @Test
  void the_zones_of_pytz_and_dateutil_give_their_offsets() {
    assertThat(at(zone("pytz", "_UTC")).offset()).contains(ZoneOffset.UTC);
    assertThat(at(zone("dateutil.tz.tz", "tzutc")).offset()).contains(ZoneOffset.UTC);
    assertThat(at(zone("pytz", "_p", "Europe/Berlin", 3600L, 0L, "CET")).offset())
        .contains(ZoneOffset.ofHours(1));
    assertThat(at(zone("pytz", "_p", "Europe/Berlin")).offset()).isEmpty();
    assertThat(at(zone("dateutil.tz.tz", "tzoffset", "X", Duration.ofMinutes(90))).offset())
        .contains(ZoneOffset.ofHoursMinutes(1, 30));
    assertThat(at(zone("my.zones", "Zone")).offset()).isEmpty();
    assertThat(at(PythonObject.reduce("no name", PythonTuple.EMPTY)).offset()).isEmpty();
  }

  @Test
  void offsets_beyond_those_of_java_are_unknown() {
    assertThat(at(new PythonTimeZone(Duration.ofHours(23), null)).offset()).isEmpty();
    assertThat(at(new PythonTimeZone(Duration.ofNanos(1000), null)).offset()).isEmpty();
  }

  @Test
  void what_python_cannot_hold_is_refused() {
    assertThatThrownBy(() -> PythonDateTime.of(NOON.plusNanos(1), false, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PythonDateTime.of(NOON.withYear(0), false, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PythonDateTime.of(NOON.withYear(10_000), false, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PythonDateTime.of(NOON, false, "UTC"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PythonTime.of(LocalTime.of(1, 2, 3, 4), false, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PythonTime.of(LocalTime.NOON, false, new PythonList()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void times_are_equal_when_all_parts_are() {
    assertThat(PythonDateTime.of(NOON, true, BERLIN))
        .isEqualTo(PythonDateTime.of(NOON, true, BERLIN))
        .hasSameHashCodeAs(PythonDateTime.of(NOON, true, BERLIN))
        .isNotEqualTo(PythonDateTime.of(NOON, false, BERLIN))
        .isNotEqualTo(PythonDateTime.of(NOON, true, null))
        .isNotEqualTo(PythonDateTime.of(TWICE, true, BERLIN))
        .hasToString(
            "datetime.datetime(2024, 1, 2, 12, 0, fold=1,"
                + " tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))");
    assertThat(PythonTime.of(LocalTime.NOON, true, BERLIN))
        .isEqualTo(PythonTime.of(LocalTime.NOON, true, BERLIN))
        .hasSameHashCodeAs(PythonTime.of(LocalTime.NOON, true, BERLIN))
        .isNotEqualTo(PythonTime.of(LocalTime.NOON, false, BERLIN))
        .isNotEqualTo(PythonTime.of(LocalTime.NOON, true, null))
        .isNotEqualTo(PythonTime.of(LocalTime.MIDNIGHT, true, BERLIN))
        .hasToString("datetime.time(12, 0, tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'), fold=1)");
  }

  @Test
  void a_zone_that_java_can_say_is_an_offset() {
    assertThat(PythonTimeZone.simplest(Duration.ofHours(18), null))
        .isEqualTo(ZoneOffset.ofHours(18));
    assertThat(PythonTimeZone.simplest(Duration.ofSeconds(-1), null))
        .isEqualTo(ZoneOffset.ofTotalSeconds(-1));
  }

  @Test
  void a_zone_that_java_cannot_say_is_kept() {
    for (Duration odd :
        new Duration[] {Duration.ofHours(18).plusSeconds(1), Duration.ofNanos(-1000)}) {
      assertThat(PythonTimeZone.simplest(odd, null)).isEqualTo(new PythonTimeZone(odd, null));
    }
    assertThat(PythonTimeZone.simplest(Duration.ZERO, "UTC"))
        .isEqualTo(new PythonTimeZone(Duration.ZERO, "UTC"));
  }

  @Test
  void offsets_of_a_day_or_of_nanoseconds_are_refused() {
    assertThatThrownBy(() -> new PythonTimeZone(Duration.ofDays(-1), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PythonTimeZone(Duration.ofNanos(1), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void only_region_names_are_keys_of_zones() {
    assertThat(PythonTimeZone.region("Europe/Berlin")).contains(BERLIN);
    assertThat(PythonTimeZone.region("+02:00")).isEmpty();
    assertThat(PythonTimeZone.region("UTC+2")).isEmpty();
    assertThat(PythonTimeZone.region("Nowhere/Land")).isEmpty();
  }

  private static PythonDateTime at(Object zone) {
    return PythonDateTime.of(NOON, false, zone);
  }

  private static PythonObject zone(String module, String name, Object... args) {
    return PythonObject.reduce(new PythonGlobal(module, name), PythonTuple.of(args));
  }
}
