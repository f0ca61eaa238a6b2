package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.FinishedJobs.Moment;
import io.github.rq4j.cli.bench.Measurement.Subject;
import io.github.rq4j.cli.console.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * The most that this Redis could do if running jobs took no time: what a worker sent while it
 * drained a workload is sent again to a server with the same content, without waiting and without
 * any work between. The server does all that it did for the worker, and is never idle.
 */
final class FloorMeasurement {
  static final String SECTION = "floor";
  private static final Duration RECORDING_LIMIT = Duration.ofMinutes(2);

  private final BenchRedis redis;
  private final Workers workers;

  FloorMeasurement(BenchRedis redis, Workers workers) {
    this.redis = redis;
    this.workers = workers;
  }

  /** What the worker sends. */
  byte[] record(Contestant contestant, Workload workload) throws IOException, InterruptedException {
    redis.fill(workload);
    try (RecordingProxy proxy = new RecordingProxy(port());
        ProcessFamily worker =
            workers.start(contestant, proxy.url(), workload.queues(), "--burst")) {
      if (!worker.await(RECORDING_LIMIT)) {
        throw CommandFailure.failure("no recording, the worker says: " + worker.lastWords());
      }
      return proxy.recording();
    }
  }

  /**
   * Sends a recording to a server with the workload.
   *
   * @throws CommandFailure if not all jobs are finished then
   */
  Measurement replay(byte[] recording, Contestant contestant, Workload workload)
      throws IOException, InterruptedException {
    redis.fill(workload);
    try (FinishedJobs jobs = new FinishedJobs(redis.url(), workload.queues())) {
      Moment begin = jobs.look();
      long nanos = new Replay(recording).run(port());
      Moment end = jobs.look();
      if (end.finished() != workload.jobs()) {
        throw CommandFailure.failure(
            "the replay finished " + end.finished() + " of " + workload.jobs() + " jobs");
      }
      DrainFigures figures = new DrainFigures(begin.nanos(), begin.nanos());
      figures.window(begin, end);
      figures.figures().remove(Figure.FIRST_JOB_MILLISECONDS);
      figures.figures().put(Figure.JOBS_PER_SECOND, workload.jobs() / (nanos / 1e9));
      return new Measurement(
          new Subject(SECTION, workload.scenario().label(), contestant.label()),
          figures.figures(),
          figures.commands());
    }
  }

  private int port() {
    return URI.create(redis.url()).getPort();
  }
}
