package io.github.rq4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlanTest {
  private static final Contestant HERD = Contestant.processes(64);

  private static Plan plan(boolean quick) {
    return new Plan(List.of(Scenario.values()), Set.of(), 5, OptionalInt.empty(), quick, false);
  }

  @Test
  void threads_and_processes_are_measured_with_the_same_numbers_of_slots() {
    assertThat(plan(false).contestants(Scenario.NOOP, 0))
        .extracting(Contestant::label)
        .containsExactly(
            "rq4j 1 slot",
            "rq4j 4 slots",
            "rq4j 16 slots",
            "rq4j 64 slots",
            "rq4j 1 process",
            "rq4j 4 processes",
            "rq4j 16 processes",
            "rq4j 64 processes");
  }

  @Test
  void many_processes_take_part_in_three_runs_only() {
    assertThat(plan(false).contestants(Scenario.NOOP, 2)).contains(HERD);
    assertThat(plan(false).contestants(Scenario.NOOP, 3))
        .contains(Contestant.processes(4))
        .doesNotContain(HERD, Contestant.processes(16));
  }

  @Test
  void scenarios_other_than_noop_are_measured_three_times_only() {
    assertThat(plan(false).contestants(Scenario.CHAINS, 2)).isNotEmpty();
    assertThat(plan(false).contestants(Scenario.CHAINS, 3)).isEmpty();
  }

  @Test
  void many_processes_have_time_to_start() {
    assertThat(plan(false).pace(Scenario.NOOP, HERD).limit()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void many_processes_are_looked_at_for_longer_than_it_takes_to_replace_them() {
    assertThat(plan(false).pace(Scenario.NOOP, HERD).window()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void a_quick_look_starts_few_processes() {
    assertThat(plan(true).contestants(Scenario.NOOP, 0)).doesNotContain(HERD);
  }

  @Test
  void every_scenario_has_a_floor() {
    assertThat(Scenario.values())
        .allSatisfy(scenario -> assertThat(plan(true).floorContestants(scenario)).isNotEmpty());
  }
}
