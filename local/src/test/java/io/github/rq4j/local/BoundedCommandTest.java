package io.github.rq4j.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BoundedCommandTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void both_streams_and_the_exit_code_are_kept_apart() {
    assertThat(BoundedCommand.run(shell("echo out; echo err >&2; exit 3"), LIMIT))
        .isEqualTo(new CommandResult(3, "out\n", "err\n"));
  }

  @Test
  @Timeout(20)
  void a_command_over_its_limit_is_killed_and_its_words_are_quoted() {
    assertThatExceptionOfType(LocalToolException.class)
        .isThrownBy(
            () ->
                BoundedCommand.run(
                    shell("echo the last words; exec sleep 60"), Duration.ofMillis(500)))
        .withMessageContaining("the last words");
  }

  @Test
  @Timeout(20)
  void a_child_that_keeps_the_streams_open_does_not_hold_up_the_end() {
    assertThat(BoundedCommand.run(shell("sleep 60 & echo done"), LIMIT).stdout())
        .isEqualTo("done\n");
  }

  @Test
  void standard_input_is_empty() {
    assertThat(BoundedCommand.run(shell("cat; echo end"), LIMIT).stdout()).isEqualTo("end\n");
  }

  @Test
  void a_program_that_does_not_exist_is_named() {
    assertThatExceptionOfType(LocalToolException.class)
        .isThrownBy(() -> BoundedCommand.run(new ProcessBuilder("/no/such/program"), LIMIT))
        .withMessageContaining("/no/such/program");
  }

  @Test
  void an_interrupted_wait_ends_and_keeps_the_flag() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(LocalToolException.class)
        .isThrownBy(() -> BoundedCommand.run(shell("exec sleep 60"), LIMIT))
        .withMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void a_tail_is_the_last_thirty_lines() {
    String text =
        IntStream.range(0, 100).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    assertThat(BoundedCommand.tail(text).lines()).hasSize(30).last().isEqualTo("99");
  }

  private static ProcessBuilder shell(String script) {
    return new ProcessBuilder("sh", "-c", script);
  }
}
