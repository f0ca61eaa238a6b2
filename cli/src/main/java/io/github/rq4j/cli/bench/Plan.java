package io.github.rq4j.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What is measured, and how long. Immutable.
 *
 * @param scenarios the kinds of jobs
 * @param runs how often each is measured, at least once
 * @param jobs how many jobs each worker gets; empty for the scenario's own number
 * @param quick whether to show that it works, rather than to measure
 * @param withPython whether RQ's workers are measured, too
 */
record Plan(
    List<Scenario> scenarios, int runs, OptionalInt jobs, boolean quick, boolean withPython) {
  private static final int QUICK_FACTOR = 20;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Pace QUICK = new Pace(Duration.ZERO, LIMIT, LIMIT);
  private static final Pace PYTHON = new Pace(Duration.ofMillis(500), Duration.ofSeconds(2), LIMIT);
  private static final Pace JAVA = new Pace(Duration.ofSeconds(4), Duration.ofSeconds(2), LIMIT);

  Plan {
    scenarios = List.copyOf(scenarios);
  }

  /** Who drains jobs of this kind. */
  List<Contestant> contestants(Scenario scenario) {
    List<Contestant> contestants = new ArrayList<>();
    if (withPython) {
      contestants.addAll(Contestant.allPython());
    }
    if (scenario == Scenario.NOOP) {
      Stream.of(1, 4, 16, 64).map(Contestant::threads).forEach(contestants::add);
      Stream.of(1, 4).map(Contestant::processes).forEach(contestants::add);
    } else {
      Stream.of(1, 16).map(Contestant::threads).forEach(contestants::add);
      contestants.add(Contestant.processes(4));
    }
    return contestants;
  }

  /** The jobs that a worker gets. */
  Workload workload(Scenario scenario, Contestant contestant) {
    int count = scenario.jobs(contestant.side());
    return new Workload(scenario, jobs.orElse(quick ? count / QUICK_FACTOR : count));
  }

  /** How long a worker is looked at. */
  Pace pace(Contestant contestant) {
    return quick ? QUICK : contestant.isPython() ? PYTHON : JAVA;
  }
}
