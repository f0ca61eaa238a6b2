package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TimeReprTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(LocalDate.of(2024, 1, 2), "datetime.date(2024, 1, 2)"),
        Arguments.of(LocalTime.of(1, 2), "datetime.time(1, 2)"),
        Arguments.of(LocalTime.of(1, 2, 3), "datetime.time(1, 2, 3)"),
        Arguments.of(LocalTime.of(1, 2, 0, 4_000), "datetime.time(1, 2, 0, 4)"),
        Arguments.of(
            LocalDateTime.of(2024, 1, 2, 3, 4, 5), "datetime.datetime(2024, 1, 2, 3, 4, 5)"),
        Arguments.of(
            OffsetTime.of(1, 2, 0, 0, ZoneOffset.UTC),
            "datetime.time(1, 2, tzinfo=datetime.timezone.utc)"),
        Arguments.of(Duration.ZERO, "datetime.timedelta(0)"),
        Arguments.of(Duration.ofDays(2), "datetime.timedelta(days=2)"),
        Arguments.of(Duration.ofSeconds(3), "datetime.timedelta(seconds=3)"),
        Arguments.of(Duration.ofNanos(4_000), "datetime.timedelta(microseconds=4)"),
        Arguments.of(
            Duration.ofNanos(-1_000),
            "datetime.timedelta(days=-1, seconds=86399, microseconds=999999)"),
        Arguments.of(ZoneOffset.UTC, "datetime.timezone.utc"),
        Arguments.of(
            ZoneOffset.ofHours(-1),
            "datetime.timezone(datetime.timedelta(days=-1, seconds=82800))"),
        Arguments.of(ZoneId.of("Europe/Berlin"), "zoneinfo.ZoneInfo(key='Europe/Berlin')"),
        Arguments.of(
            new PythonTimeZone(Duration.ofHours(1), "it's"),
            "datetime.timezone(datetime.timedelta(seconds=3600), \"it's\")"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void a_time_is_written_as_the_call_that_makes_it(Object value, String text) {
    assertThat(PythonRepr.of(value, 1000)).isEqualTo(text);
  }

  static Stream<Arguments> edges() {
    Instant first = Instant.parse("0001-01-01T00:00:00Z");
    Instant last = Instant.parse("9999-12-31T23:59:59.999999Z");
    return Stream.of(
        Arguments.of(first, true),
        Arguments.of(first.minusSeconds(1), false),
        Arguments.of(last, true),
        Arguments.of(last.plusSeconds(1), false));
  }

  @ParameterizedTest
  @MethodSource("edges")
  void only_instants_of_pythons_years_have_a_text(Instant instant, boolean hasOne) {
    assertThat(PythonRepr.of(instant, 1000).startsWith("datetime.datetime(")).isEqualTo(hasOne);
  }
}
