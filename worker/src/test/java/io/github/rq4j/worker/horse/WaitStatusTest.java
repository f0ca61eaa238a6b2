package io.github.rq4j.worker.horse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How ends of processes read. */
class WaitStatusTest {
  private static final String BEGIN = "Work-horse terminated unexpectedly; waitpid returned ";

  @Test
  void an_exit_code_stands_in_the_second_byte() {
    assertThat(WaitStatus.ofExitValue(0).text()).isEqualTo(BEGIN + "0; ");
    assertThat(WaitStatus.ofExitValue(3).text()).isEqualTo(BEGIN + "768; ");
    assertThat(WaitStatus.ofExitValue(255).text()).isEqualTo(BEGIN + "65280; ");
    assertThat(WaitStatus.ofExitValue(-1).text()).isEqualTo(BEGIN + "65280; ");
  }

  @Test
  void a_signal_is_named() {
    assertThat(WaitStatus.ofExitValue(137).text()).isEqualTo(BEGIN + "9 (signal 9); ");
    assertThat(WaitStatus.ofSignal(15).text()).isEqualTo(BEGIN + "15 (signal 15); ");
  }

  @Test
  void what_is_not_known_is_none_as_in_python() {
    assertThat(WaitStatus.unknown().text()).isEqualTo(BEGIN + "None; ");
  }
}
