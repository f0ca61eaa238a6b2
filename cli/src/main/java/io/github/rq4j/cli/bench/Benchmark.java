package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.console.CommandFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

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

  /** Measures everything. */
  Results run() throws IOException, InterruptedException {
    for (Scenario scenario : plan.scenarios()) {
      if (scenario == Scenario.NOOP && redis instanceof OwnRedis) {
        floor(scenario);
      }
      for (int run = 0; run < plan.runs(); run++) {
        drains(scenario, run);
      }
    }
    return results;
  }

  /** Whoever comes first in one run comes last in the next. */
  private void drains(Scenario scenario, int run) throws IOException, InterruptedException {
    List<Contestant> order = new ArrayList<>(plan.contestants(scenario));
    if (run % 2 == 1) {
      Collections.reverse(order);
    }
    for (Contestant contestant : order) {
      DrainMeasurement drain = new DrainMeasurement(redis, workers, plan.pace(contestant));
      Workload workload = plan.workload(scenario, contestant);
      try {
        keep(drain.measure(contestant, workload));
      } catch (CommandFailure e) {
        failed("drain " + scenario.label() + ": " + contestant.label() + ": " + e.getMessage());
      }
    }
  }

  /** One that fails does not take the figures of the others along. */
  private void failed(String what) {
    failures.add(what);
    progress.accept(what);
  }

  /** What could not be measured, and why. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  private void floor(Scenario scenario) throws IOException, InterruptedException {
    FloorMeasurement floor = new FloorMeasurement(redis, workers);
    for (int slots : new int[] {1, 16, 64}) {
      Contestant contestant = Contestant.threads(slots);
      Workload workload = new Workload(scenario, plan.quick() ? 2_000 : 20_000);
      byte[] recording = floor.record(contestant, workload);
      for (int i = 0; i < REPLAYS; i++) {
        keep(floor.replay(recording, contestant, workload));
      }
    }
  }

  private void keep(Measurement measurement) {
    results.add(measurement);
    String speed =
        measurement
            .figure(Figure.JOBS_PER_SECOND)
            .map(number -> Numbers.text(number) + " jobs/s")
            .orElse("too short");
    Measurement.Subject subject = measurement.subject();
    progress.accept(
        subject.section() + " " + subject.scenario() + ": " + subject.worker() + ": " + speed);
  }
}
