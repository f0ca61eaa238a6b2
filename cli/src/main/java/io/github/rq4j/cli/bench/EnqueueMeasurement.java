package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import io.github.rq4j.cli.console.CommandFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How fast one thread enqueues jobs that nobody takes, one by one and many at once. Either client
 * is a program of its own that is started anew each time: where the kernel places it beside Redis
 * makes a difference of two, and a program keeps its place.
 */
final class EnqueueMeasurement {
  static final String SECTION = "enqueue";
  static final String ONE_BY_ONE = "one by one";
  static final String MANY = "1,000 at once";
  static final String JAVA = "rq4j client";
  static final String PYTHON = "rq";
  static final String FLOOR = "floor: PING";

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final BenchRedis redis;
  private final BenchPython python;
  private final int warmUp;
  private final int rounds;

  /**
   * Measures on this Redis.
   *
   * @param warmUp for how many seconds Java enqueues before it counts; Python for one at most
   * @param rounds how many seconds count
   */
  EnqueueMeasurement(BenchRedis redis, BenchPython python, int warmUp, int rounds) {
    this.redis = redis;
    this.python = python;
    this.warmUp = warmUp;
    this.rounds = rounds;
  }

  /** Java's client; both ways, and the floor of the first. */
  List<Measurement> java() throws InterruptedException {
    List<Double> oneByOne = java(1);
    return List.of(
        measurement(FLOOR, ONE_BY_ONE, oneByOne.get(1)),
        measurement(JAVA, ONE_BY_ONE, oneByOne.get(0)),
        measurement(JAVA, MANY, java(Producers.BATCH).get(0)));
  }

  private List<Double> java(int jobs) throws InterruptedException {
    redis.empty();
    ProcessBuilder command =
        JavaProgram.ofClass(EnqueueProgram.class).command(redis.url(), arguments(jobs, warmUp));
    try (ProcessFamily program = ProcessFamily.start(command)) {
      if (!program.await(LIMIT)) {
        throw CommandFailure.failure("enqueuing did not end well: " + program.lastWords());
      }
      return Arrays.stream(program.lastWords().split(" ", -1)).map(Double::valueOf).toList();
    }
  }

  /** RQ's own client; both ways. */
  List<Measurement> python() throws InterruptedException {
    return List.of(
        measurement(PYTHON, ONE_BY_ONE, python(1)),
        measurement(PYTHON, MANY, python(Producers.BATCH)));
  }

  private double python(int jobs) throws InterruptedException {
    redis.empty();
    String[] arguments = arguments(jobs, Math.min(warmUp, 1)).toArray(String[]::new);
    return Double.parseDouble(python.run(redis.url(), "enqueue.py", arguments));
  }

  private List<String> arguments(int jobs, int warmUp) {
    return List.of(Integer.toString(jobs), Integer.toString(warmUp), Integer.toString(rounds));
  }

  private static Measurement measurement(String client, String way, double perSecond) {
    return new Measurement(
        new Subject(SECTION, way, client), Map.of(Figure.JOBS_PER_SECOND, perSecond));
  }
}
