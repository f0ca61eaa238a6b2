package io.github.rq4j.worker.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

  /** Each line: an expression, a time, and what croniter 7.0.0 gave as the four next times. */
  private static List<String> table() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(
                        CronExpressionTest.class.getResourceAsStream("croniter.tsv.gz"))),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static String nextFour(String expression, Instant start) {
    try {
      CronExpression cron = CronExpression.parse(expression);
      List<String> times = new ArrayList<>();
      Instant time = start;
      for (int i = 0; i < 4; i++) {
        time = cron.next(time, ZoneOffset.UTC);
        times.add(LocalDateTime.ofInstant(time, ZoneOffset.UTC).toString() + ":00");
      }
      return String.join(" ", times);
    } catch (IllegalArgumentException e) {
      return "invalid";
    }
  }

  @Test
  void it_means_what_it_means_to_croniter() throws IOException {
    List<String> differences = new ArrayList<>();
    List<String> table = table();
    for (String line : table) {
      String[] parts = line.split("\t", -1);
      String expression = parts[0].replace("\\t", "\t");
      Instant start = LocalDateTime.parse(parts[1]).toInstant(ZoneOffset.UTC);
      String ours = nextFour(expression, start);
      if (!ours.equals(parts[2])) {
        differences.add(line + "\n  not " + ours);
      }
    }
    assertThat(table).hasSizeGreaterThan(800);
    assertThat(differences).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 * * 5#2",
        "0 0 * * l5",
        "0 0 15w * *",
        "h * * * *",
        "0 0 * * * 30",
        "@reboot"
      })
  void what_other_crons_know_beyond_five_plain_fields_is_refused(String expression) {
    assertThatThrownBy(() -> CronExpression.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("cron expression '" + expression + "': ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "61 * * * * | minute '61': it is not between 0 and 59",
        "0 0 * * fry | day of week 'fry': it is not understood",
        "*/0 * * * * | minute '*/0': its step is zero",
        "0 0 * * | it has 4 fields instead of 5",
        "0 0 30 2 * | there is no such date",
        "99999999999 * * * * | minute '99999999999': it is not understood",
      })
  void a_refusal_says_where_and_why(String expression, String message) {
    assertThatThrownBy(() -> CronExpression.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void the_fields_are_read_by_the_clock_of_the_zone() {
    Instant next =
        CronExpression.parse("0 6 * * *")
            .next(Instant.parse("2026-07-01T00:00:00Z"), ZoneId.of("Europe/Berlin"));
    assertThat(next).isEqualTo(Instant.parse("2026-07-01T04:00:00Z"));
  }

  @Test
  void a_time_that_is_skipped_in_spring_is_moved_on() {
    Instant next =
        CronExpression.parse("30 2 * * *")
            .next(Instant.parse("2026-03-28T12:00:00Z"), ZoneId.of("Europe/Berlin"));
    assertThat(next).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
  }

  @Test
  void a_time_that_comes_twice_in_autumn_counts_once() {
    CronExpression cron = CronExpression.parse("30 2 * * *");
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant first = cron.next(Instant.parse("2026-10-24T12:00:00Z"), berlin);
    assertThat(first).isEqualTo(Instant.parse("2026-10-25T00:30:00Z"));
    assertThat(cron.next(first, berlin)).isEqualTo(Instant.parse("2026-10-26T01:30:00Z"));
  }
}
