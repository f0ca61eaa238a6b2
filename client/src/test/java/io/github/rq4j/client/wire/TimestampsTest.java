package io.github.rq4j.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T03:01:29Z,           2026-11-22T03:01:29.000000Z",
    "2026-11-22T03:01:29.1Z,         2026-11-22T03:01:29.100000Z",
    "2026-11-22T03:01:29.123456789Z, 2026-11-22T03:01:29.123456Z",
    "1969-12-31T23:59:59.5Z,         1969-12-31T23:59:59.500000Z",
    "1000-01-01T00:00:00.000001Z,    1000-01-01T00:00:00.000001Z",
    "0999-12-31T23:59:59.9Z,         0999-12-31T23:59:59.900000Z",
    "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999Z",
  })
  void text_has_exactly_six_fraction_digits(String instant, String text) {
    assertThat(Timestamps.text(Instant.parse(instant))).isEqualTo(text);
  }

  @Test
  void epoch_seconds_have_exactly_six_fraction_digits() {
    assertThat(Timestamps.epochSeconds(Instant.parse("2026-11-22T03:01:29.000012999Z")))
        .isEqualTo("1795316489.000012");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2018-07-14T03:04:05Z",
        "2018-07-14T03:04:05.000000Z",
        "2018-07-14T03:04:05.000000000Z",
        "2018-07-14T03:04:05+00:00",
        "2018-07-14T05:04:05.0+02:00"
      })
  void every_form_that_was_ever_written_is_read(String text) {
    assertThat(Timestamps.parse(text)).isEqualTo(Instant.parse("2018-07-14T03:04:05Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2018-07-14", "2018-07-14T03:04:05"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
