package io.github.rq4j.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is measured, and how long. Immutable.
 *
 * @param scenarios the kinds of jobs that are drained
 * @param others which of {@link #OTHERS} are measured, too
 * @param runs how often each is measured, at least once
 * @param jobs how many jobs each worker gets; empty for the scenario's own number
 * @param quick whether to show that it works, rather than to measure
 * @param withPython whether RQ's workers are measured, too
 */
record Plan(
    List<Scenario> scenarios,
    Set<String> others,
    int runs,
    OptionalInt jobs,
    boolean quick,
    boolean withPython) {
  /** What is measured besides drains. */
  static final List<String> OTHERS =
      List.of(
          SteadyMeasurement.SECTION,
          StartMeasurement.SECTION,
          EnqueueMeasurement.SECTION,
          BacklogMeasurement.SECTION);

  /** Few enough for RQ's slowest worker, so that a job finds it idle. */
  static final Arrivals IDLE = new Arrivals(40, Duration.ofSeconds(9));

  /** More than RQ's workers can do. */
  static final Arrivals BUSY = new Arrivals(1_000, Duration.ofSeconds(3));

  private static final int QUICK_FACTOR = 20;
  private static final int QUICK_BACKLOG = 20_000;
  private static final int BACKLOG_JOBS = 90_000;
  private static final int BACKLOG_ROUNDS = 3;
  private static final int MOST_RUNS = 3;
  private static final int MOST_FLOOR_JOBS = 20_000;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** So many JVMs that it takes them longer to start than to be measured. */
  private static final List<Contestant> HERDS =
      List.of(Contestant.processes(16), Contestant.processes(64));

  // Horses are replaced after so many jobs, which is to be a part of what is measured.
  private static final Duration WINDOW_OF_HERDS = Duration.ofSeconds(10);
  private static final Duration LIMIT_OF_HERDS = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofMillis(500);
  private static final Pace QUICK = new Pace(Duration.ZERO, LIMIT, LIMIT);

  Plan {
    scenarios = List.copyOf(scenarios);
    others = Set.copyOf(others);
  }

  /** Who drains jobs of this kind. */
  List<Contestant> contestants(Scenario scenario) {
    List<Contestant> contestants = new ArrayList<>();
    if (withPython) {
      contestants.addAll(Contestant.allPython());
    }
    switch (scenario) {
      case NOOP -> {
        Stream.of(1, 4, 16, 64).map(Contestant::threads).forEach(contestants::add);
        Stream.of(1, 4).map(Contestant::processes).forEach(contestants::add);
        if (!quick) {
          contestants.addAll(HERDS);
        }
      }
      case CPU_5MS -> {
        Stream.of(1, 4).map(Contestant::threads).forEach(contestants::add);
        contestants.add(Contestant.processes(4));
      }
      case CHAINS -> {
        // Two workers of RQ 3.0.0 leave jobs in the registry of ready jobs, and chains stand still.
        contestants.remove(Contestant.RQ_POOL);
        Stream.of(1, 16).map(Contestant::threads).forEach(contestants::add);
      }
      default -> Stream.of(1, 16).map(Contestant::threads).forEach(contestants::add);
    }
    return contestants;
  }

  /** The jobs that a worker gets. */
  Workload workload(Scenario scenario, Contestant contestant) {
    int count = scenario.jobs(contestant.side());
    return new Workload(scenario, jobs.orElse(quick ? count / QUICK_FACTOR : count));
  }

  /** Who drains jobs of this kind in one of {@link #runs}, counted from 0. */
  List<Contestant> contestants(Scenario scenario, int run) {
    return contestants(scenario).stream()
        .filter(contestant -> run < MOST_RUNS || !isCutShort(scenario, contestant))
        .toList();
  }

  private static boolean isCutShort(Scenario scenario, Contestant contestant) {
    return scenario != Scenario.NOOP || HERDS.contains(contestant);
  }

  /** How often latencies are measured. */
  int steadyRuns() {
    return Math.min(runs, MOST_RUNS);
  }

  /** How long a worker is looked at. */
  Pace pace(Scenario scenario, Contestant contestant) {
    boolean noop = scenario == Scenario.NOOP;
    Duration window = Duration.ofMillis(noop ? 2_000 : 1_500);
    Duration warmUp = contestant.isPython() ? SOON : Duration.ofSeconds(noop ? 4 : 2);
    if (quick) {
      return QUICK;
    }
    return HERDS.contains(contestant)
        ? new Pace(warmUp, WINDOW_OF_HERDS, LIMIT_OF_HERDS)
        : new Pace(warmUp, window, LIMIT);
  }

  /** The jobs that the floor is measured with. */
  Workload floorWorkload(Scenario scenario) {
    int most = Math.min(scenario.jobs(Contestant.Side.JAVA), MOST_FLOOR_JOBS);
    int count = quick ? most / QUICK_FACTOR : most;
    return new Workload(scenario, Math.min(jobs.orElse(count), count));
  }

  /** Whose commands are replayed; which slots share most tells one of them alone. */
  List<Contestant> floorContestants(Scenario scenario) {
    Stream<Integer> slots = scenario == Scenario.NOOP ? Stream.of(1, 16, 64) : Stream.of(16);
    return slots.map(Contestant::threads).toList();
  }

  /** Who waits for jobs that come at {@link #IDLE} times. */
  List<Contestant> waiting() {
    List<Contestant> contestants = new ArrayList<>();
    if (withPython) {
      contestants.addAll(List.of(Contestant.RQ_WORKER, Contestant.RQ_SIMPLE_WORKER));
    }
    contestants.add(Contestant.threads(1));
    return contestants;
  }

  /** Those arrivals, for as long as the plan has time. */
  Arrivals arrivals(Arrivals whole) {
    return quick ? new Arrivals(whole.perSecond(), SOON) : whole;
  }

  /** How long jobs come before latencies count. */
  Duration steadyWarmUp() {
    return quick ? SOON : Duration.ofSeconds(2);
  }

  /** For how many seconds Java's client enqueues before it counts. */
  int enqueueWarmUp() {
    return quick ? 0 : 4;
  }

  /** How many seconds of enqueuing count. */
  int enqueueRounds() {
    return quick ? 1 : 2;
  }

  /** How many jobs lie behind those that are drained. */
  List<Integer> backlogs() {
    return List.of(BacklogMeasurement.SHORT, quick ? QUICK_BACKLOG : BacklogMeasurement.LONG);
  }

  /** How many jobs are drained in front of them. */
  int backlogJobs() {
    return jobs.orElse(quick ? BACKLOG_JOBS / QUICK_FACTOR : BACKLOG_JOBS);
  }

  /** How often each backlog is measured, whatever the number of runs: one run says nothing here. */
  int backlogRounds() {
    return quick ? 1 : BACKLOG_ROUNDS;
  }

  /** How long a worker with a backlog is looked at: a small difference needs a long look. */
  Pace backlogPace() {
    return quick ? QUICK : new Pace(Duration.ofSeconds(4), Duration.ofSeconds(4), LIMIT);
  }
}
