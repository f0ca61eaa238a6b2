package io.github.rq4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class LogOutputTest {
  private static final Logger log = LoggerFactory.getLogger(LogOutputTest.class);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void a_line_is_time_and_message_as_in_rq() {
    LogOutput.configure(out, err, LogLevel.INFO);

    log.info("*** Listening on {}...", "default");

    assertThat(text(out))
        .matches("\\d\\d:\\d\\d:\\d\\d \\*\\*\\* Listening on default\\.\\.\\.\\R");
  }

  @Test
  void errors_go_to_standard_error_and_nothing_else_does() {
    LogOutput.configure(out, err, LogLevel.INFO);

    log.warn("a warning");
    log.error("an error");

    assertThat(text(out)).contains("a warning").doesNotContain("an error");
    assertThat(text(err)).contains("an error").doesNotContain("a warning");
  }

  @Test
  void what_is_below_the_level_is_left_out() {
    LogOutput.configure(out, err, LogLevel.WARNING);

    log.info("information");
    log.warn("a warning");

    assertThat(text(out)).contains("a warning").doesNotContain("information");
  }

  @Test
  void critical_silences_errors() {
    LogOutput.configure(out, err, LogLevel.CRITICAL);

    log.error("an error");

    assertThat(text(err)).isEmpty();
  }

  @Test
  void the_time_is_the_local_one() {
    LocalTime before = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
    LogOutput.configure(out, err, LogLevel.INFO);

    log.info("now");

    LocalTime written = LocalTime.parse(text(out).substring(0, 8));
    long seconds = Math.floorMod(ChronoUnit.SECONDS.between(before, written), 86_400);
    assertThat(seconds).isBetween(0L, 60L);
  }

  @Test
  void an_exception_is_shown_with_its_cause() {
    LogOutput.configure(out, err, LogLevel.INFO);

    log.error("it broke", new IllegalStateException("no ink", new IOException("no paper")));

    assertThat(text(err).lines())
        .anyMatch(line -> line.endsWith(" it broke"))
        .anyMatch(line -> line.equals("java.lang.IllegalStateException: no ink"))
        .anyMatch(line -> line.startsWith("\tat " + LogOutputTest.class.getName()))
        .anyMatch(line -> line.equals("Caused by: java.io.IOException: no paper"));
  }

  @Test
  void logback_of_the_command_is_silent_until_it_is_configured() {
    UnconfiguredLogback logback = new UnconfiguredLogback();
    logback.initialize();

    assertThat(logback.getLoggerFactory().getLogger("any").isErrorEnabled()).isFalse();
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
