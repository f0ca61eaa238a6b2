package io.github.rq4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProcessUsageTest {

  @Test
  void the_times_of_a_process_and_of_its_ended_children_are_summed() {
    String stat =
        "4711 (rq: wor) ker) S 1 4711 4711 0 -1 4194304 100 200 0 0 150 50 25 75 20 0 9 0 100 1 2\n";

    assertThat(ProcessUsage.parse(stat, List.of("Name:\tpython", "VmHWM:\t   2048 kB")))
        .isEqualTo(new ProcessUsage(3.0, 2048 * 1024));
  }

  @Test
  void a_process_without_memory_of_its_own_has_no_peak() {
    String stat = "2 (kthreadd) S 0 0 0 0 -1 0 0 0 0 0 1 1 0 0 20 0 1 0 1 0 0";

    assertThat(ProcessUsage.parse(stat, List.of("Name:\tkthreadd")).peakBytes()).isZero();
  }

  @Test
  void a_process_that_is_gone_has_no_usage() {
    assertThat(ProcessUsage.of(Integer.MAX_VALUE)).isEmpty();
  }
}
