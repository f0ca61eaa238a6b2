package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import java.io.IOException;

/**
 * What a long queue costs: one worker drains the same number of no-op jobs, once with few more jobs
 * behind them and once with very many.
 */
final class BacklogMeasurement {
  static final String SECTION = "backlog";

  /** What may lie behind the jobs: little, which others are compared with. */
  static final int SHORT = 1_000;

  /** What may lie behind the jobs: so much that a queue's length would show. */
  static final int LONG = 1_000_000;

  private static final Contestant WORKER = Contestant.threads(16);

  private final DrainMeasurement drain;
  private final int jobs;

  /**
   * Measures by such drains.
   *
   * @param jobs how many jobs are drained each time, at least 1
   */
  BacklogMeasurement(DrainMeasurement drain, int jobs) {
    this.drain = drain;
    this.jobs = jobs;
  }

  /** Who was measured with so many jobs behind those that it drained. */
  static Subject subject(int behind) {
    return new Subject(SECTION, Numbers.text(behind) + " behind", WORKER.label());
  }

  /** Measures once with so many jobs behind. */
  Measurement measure(int behind) throws IOException, InterruptedException {
    return drain.measure(subject(behind), WORKER, new Workload(Scenario.NOOP, jobs, behind));
  }
}
