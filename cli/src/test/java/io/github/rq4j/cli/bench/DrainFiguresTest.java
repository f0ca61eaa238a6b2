package io.github.rq4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.rq4j.cli.bench.FinishedJobs.Moment;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DrainFiguresTest {
  private final DrainFigures figures = new DrainFigures(0, 0);

  /** A server that has called these commands so often, some of them for who asks. */
  private static Moment moment(long finished, Map<String, Long> calls, Map<String, Long> own) {
    StringBuilder info = new StringBuilder();
    calls.forEach((name, n) -> info.append("cmdstat_" + name + ":calls=" + n + ",usec=0\n"));
    long all = calls.values().stream().mapToLong(Long::longValue).sum();
    info.append("total_commands_processed:").append(all);
    return new Moment(finished, finished, 0, ServerFigures.parse(info.toString()), own, 0);
  }

  private void window(Map<String, Long> calls, Map<String, Long> own) {
    figures.window(moment(0, Map.of(), Map.of()), moment(1_000, calls, own));
  }

  @Test
  void what_comes_with_time_is_no_part_of_what_each_job_takes() {
    window(Map.of("evalsha", 2_000L, "expire", 5_001L), Map.of());

    assertThat(figures.figures())
        .contains(entry(Figure.COMMANDS_PER_JOB, 7.001), entry(Figure.COMMANDS_OF_EACH_JOB, 7.0));
  }

  @Test
  void what_one_job_in_a_hundred_takes_is_counted() {
    window(Map.of("evalsha", 2_000L, "expire", 5_010L), Map.of());

    assertThat(figures.figures()).contains(entry(Figure.COMMANDS_OF_EACH_JOB, 7.01));
  }

  @Test
  void what_was_asked_to_measure_is_not_counted() {
    window(Map.of("lpop", 1_000L, "zcard", 1_500L, "info", 2L), Map.of("zcard", 500L, "info", 2L));

    assertThat(figures.figures())
        .contains(entry(Figure.COMMANDS_PER_JOB, 2.0), entry(Figure.COMMANDS_OF_EACH_JOB, 2.0));
    assertThat(figures.commands())
        .containsOnlyKeys("lpop", "zcard")
        .containsEntry("zcard", new ServerFigures.Calls(1, 0));
  }
}
