package io.github.rq4j.cli.steer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  private ProgressBar bar(Terminal terminal, int total) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new ProgressBar(new Console(stream, stream, Map.of(), terminal), total, nanos::get);
  }

  private String[] drawn() {
    return out.toString(StandardCharsets.UTF_8).split("\r", -1);
  }

  @Test
  void it_shows_how_much_is_done_and_how_long_the_rest_will_take() {
    ProgressBar bar = bar(new Terminal(true, 80), 2);
    nanos.set(3_000_000_000L);
    bar.advance();
    bar.advance();
    bar.end();

    assertThat(drawn())
        .containsExactly(
            "",
            "  [" + "-".repeat(36) + "]    0%",
            "  [" + "#".repeat(18) + "-".repeat(18) + "]   50%  00:00:03",
            "  [" + "#".repeat(36) + "]  100%          \n");
  }

  @Test
  void it_is_not_drawn_again_while_it_looks_the_same() {
    ProgressBar bar = bar(new Terminal(true, 80), 100_000);
    for (int i = 0; i < 500; i++) {
      bar.advance();
    }

    assertThat(drawn()).hasSize(3);
  }

  @Test
  void without_a_terminal_there_is_an_empty_line() {
    ProgressBar bar = bar(Terminal.NONE, 2);
    bar.advance();
    bar.advance();
    bar.end();

    assertThat(drawn()).containsExactly("\n");
  }
}
