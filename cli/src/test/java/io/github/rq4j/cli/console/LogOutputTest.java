package io.github.rq4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
