package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import io.github.rq4j.cli.console.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** From the start of {@code worker --burst} until its first job is finished. */
final class StartMeasurement {
  static final String SECTION = "start";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final BenchRedis redis;
  private final Workers workers;

  StartMeasurement(BenchRedis redis, Workers workers) {
    this.redis = redis;
    this.workers = workers;
  }

  /** Measures once. */
  Measurement measure(Contestant contestant) throws IOException, InterruptedException {
    Workload workload = new Workload(Scenario.NOOP, 1);
    redis.fill(workload);
    Subject subject = new Subject(SECTION, "--burst", contestant.label());
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    try (FinishedJobs jobs = new FinishedJobs(redis.url(), workload.queues());
        ProcessFamily worker =
            workers.start(contestant, redis.url(), workload.queues(), "--burst")) {
      long limit = worker.startedAt() + LIMIT.toNanos();
      while (jobs.count() == 0) {
        if (System.nanoTime() - limit > 0) {
          throw CommandFailure.failure("no job was finished: " + worker.lastWords());
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
      double millis = (System.nanoTime() - worker.startedAt()) / 1e6;
      figures.put(Figure.FIRST_JOB_MILLISECONDS, millis);
      if (!worker.await(LIMIT)) {
        throw CommandFailure.failure("the worker did not end well: " + worker.lastWords());
      }
      return new Measurement(subject, figures);
    }
  }
}
