package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.client.RqException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Carries out a plan. One thread. */
final class Benchmark {
  private static final int REPLAYS = 3;

  private final Plan plan;
  private final BenchRedis redis;
  private final Workers workers;
  private final Consumer<String> progress;
  private final Results results = new Results();
  private final List<String> failures = new ArrayList<>();

  Benchmark(Plan plan, BenchRedis redis, Workers workers, Consumer<String> progress) {
    this.plan = plan;
    this.redis = redis;
    this.workers = workers;
    this.progress = progress;
  }

  /** Something that can be measured. */
  private interface Attempt {
    List<Measurement> measure() throws IOException, InterruptedException;
  }

  /** Measures everything. */
  Results run() throws IOException, InterruptedException {
    for (Scenario scenario : plan.scenarios()) {
      if (redis instanceof OwnRedis) {
        floor(scenario);
      }
      for (int run = 0; run < plan.runs(); run++) {
        drains(scenario, run);
      }
    }
    if (plan.others().contains(SteadyMeasurement.SECTION)) {
      steady();
    }
    if (plan.others().contains(StartMeasurement.SECTION)) {
      starts();
    }
    if (plan.others().contains(EnqueueMeasurement.SECTION)) {
      enqueuing();
    }
    if (plan.others().contains(BacklogMeasurement.SECTION)) {
      backlog();
    }
    return results;
  }

  private void floor(Scenario scenario) throws IOException, InterruptedException {
    FloorMeasurement floor = new FloorMeasurement(redis, workers);
    Workload workload = plan.floorWorkload(scenario);
    for (Contestant contestant : plan.floorContestants(scenario)) {
      attempt(
          FloorMeasurement.SECTION + ": " + scenario.label() + ", " + contestant.label(),
          () -> {
            byte[] recording = floor.record(contestant, workload);
            List<Measurement> replays = new ArrayList<>();
            for (int i = 0; i < REPLAYS; i++) {
              replays.add(floor.replay(recording, contestant, workload));
            }
            return replays;
          });
    }
  }

  private void drains(Scenario scenario, int run) throws IOException, InterruptedException {
    for (Contestant contestant : inTurn(plan.contestants(scenario, run), run)) {
      Pace pace = plan.pace(scenario, contestant);
      DrainMeasurement drain = new DrainMeasurement(redis, workers, pace);
      attempt(
          scenario.label() + ": " + contestant.label(),
          () -> List.of(drain.measure(contestant, plan.workload(scenario, contestant))));
    }
  }

  private void steady() throws IOException, InterruptedException {
    SteadyMeasurement steady = new SteadyMeasurement(redis, workers, plan.steadyWarmUp());
    for (int run = 0; run < plan.steadyRuns(); run++) {
      attempt(
          SteadyMeasurement.SECTION + ": " + SteadyMeasurement.FLOOR,
          () -> List.of(steady.floor(plan.arrivals(Plan.IDLE))));
      for (Contestant contestant : inTurn(plan.waiting(), run)) {
        attempt(
            SteadyMeasurement.SECTION + ": " + contestant.label(),
            () -> List.of(steady.measure(contestant, plan.arrivals(Plan.IDLE))));
      }
      attempt(
          SteadyMeasurement.SECTION,
          () -> List.of(steady.measure(Contestant.threads(16), plan.arrivals(Plan.BUSY))));
    }
  }

  private void starts() throws IOException, InterruptedException {
    StartMeasurement start = new StartMeasurement(redis, workers);
    for (int run = 0; run < plan.runs(); run++) {
      for (Contestant contestant : inTurn(plan.waiting(), run)) {
        attempt(
            StartMeasurement.SECTION + ": " + contestant.label(),
            () -> List.of(start.measure(contestant)));
      }
    }
  }

  private void enqueuing() throws IOException, InterruptedException {
    EnqueueMeasurement enqueue =
        new EnqueueMeasurement(redis, workers.python(), plan.enqueueWarmUp(), plan.enqueueRounds());
    for (int run = 0; run < plan.runs(); run++) {
      attempt(EnqueueMeasurement.JAVA, enqueue::java);
      if (plan.withPython()) {
        attempt(EnqueueMeasurement.PYTHON, enqueue::python);
      }
    }
  }

  private void backlog() throws IOException, InterruptedException {
    BacklogMeasurement backlog =
        new BacklogMeasurement(
            new DrainMeasurement(redis, workers, plan.backlogPace()), plan.backlogJobs());
    for (int round = 0; round < plan.backlogRounds(); round++) {
      for (int behind : inTurn(plan.backlogs(), round)) {
        attempt(BacklogMeasurement.SECTION + ": " + behind, () -> List.of(backlog.measure(behind)));
      }
    }
  }

  /** Whoever comes first in one run comes last in the next. */
  private static <T> List<T> inTurn(List<T> contestants, int run) {
    List<T> order = new ArrayList<>(contestants);
    if (run % 2 == 1) {
      Collections.reverse(order);
    }
    return order;
  }

  /** One that fails does not take the figures of the others along. */
  private void attempt(String what, Attempt attempt) throws IOException, InterruptedException {
    try {
      attempt.measure().forEach(this::keep);
    } catch (CommandFailure | RqException e) {
      failures.add(what + ": " + e.getMessage());
      progress.accept("FAILED " + what + ": " + e.getMessage());
    }
  }

  /** What could not be measured, and why. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  private void keep(Measurement measurement) {
    results.add(measurement);
    Subject subject = measurement.subject();
    String figure =
        Stream.of(Figure.JOBS_PER_SECOND, Figure.P50_MILLISECONDS, Figure.FIRST_JOB_MILLISECONDS)
            .flatMap(first -> measurement.figure(first).map(number -> text(number, first)).stream())
            .findFirst()
            .orElse("too short");
    progress.accept(
        String.join(" | ", subject.section(), subject.scenario(), subject.worker(), figure));
  }

  private static String text(double number, Figure figure) {
    return Numbers.text(number) + " " + figure.key().replace('_', ' ');
  }
}
