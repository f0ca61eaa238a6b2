package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import io.github.rq4j.cli.console.CommandFailure;
import java.io.IOException;

/** Has one worker drain queues that were full before it started. */
final class DrainMeasurement {
  static final String SECTION = "drain";

  private final BenchRedis redis;
  private final Workers workers;
  private final Pace pace;

  DrainMeasurement(BenchRedis redis, Workers workers, Pace pace) {
    this.redis = redis;
    this.workers = workers;
    this.pace = pace;
  }

  /**
   * Measures once.
   *
   * @throws CommandFailure if a job failed, or it took too long
   */
  Measurement measure(Contestant contestant, Workload workload)
      throws IOException, InterruptedException {
    return measure(
        new Subject(SECTION, workload.scenario().label(), contestant.label()),
        contestant,
        workload);
  }

  /**
   * Measures once, under another name.
   *
   * @throws CommandFailure if a job failed, or it took too long
   */
  Measurement measure(Subject subject, Contestant contestant, Workload workload)
      throws IOException, InterruptedException {
    redis.fill(workload);
    try (FinishedJobs jobs = new FinishedJobs(redis.url(), workload.queues());
        ProcessFamily worker = workers.start(contestant, redis.url(), workload.queues())) {
      DrainFigures figures = new Drain(workload.jobs(), jobs, worker, pace).run();
      return new Measurement(subject, figures.figures(), figures.commands());
    }
  }
}
