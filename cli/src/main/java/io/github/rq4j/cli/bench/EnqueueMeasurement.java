package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import io.github.rq4j.client.Call;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How fast one thread enqueues jobs that nobody takes, one by one and many at once. */
final class EnqueueMeasurement {
  static final String SECTION = "enqueue";
  static final String ONE_BY_ONE = "one by one";
  static final String MANY = "1,000 at once";
  static final String JAVA = "rq4j client";
  static final String PYTHON = "rq";

  private static final Call CALL = Call.of("bench_tasks.noop");

  private final BenchRedis redis;
  private final BenchPython python;
  private final Duration time;

  /**
   * Measures on this Redis.
   *
   * @param time for how long each way is used; Java's before that as long without counting
   */
  EnqueueMeasurement(BenchRedis redis, BenchPython python, Duration time) {
    this.redis = redis;
    this.python = python;
    this.time = time;
  }

  /** Java's client; both ways. */
  List<Measurement> java() {
    try (RqClient client = RqClient.connect(redis.url())) {
      Queue queue = client.queue("bench-0");
      return List.of(
          java(ONE_BY_ONE, 1, () -> queue.enqueue(CALL)),
          java(MANY, Producers.BATCH, () -> Producers.enqueueMany(queue, Producers.BATCH)));
    }
  }

  private Measurement java(String way, int jobs, Runnable enqueue) {
    redis.empty();
    perSecond(enqueue);
    redis.empty();
    return measurement(way, JAVA, perSecond(enqueue) * jobs);
  }

  private double perSecond(Runnable enqueue) {
    long begin = System.nanoTime();
    int calls = 0;
    long now = begin;
    while (now - begin < time.toNanos()) {
      enqueue.run();
      calls++;
      now = System.nanoTime();
    }
    return calls / ((now - begin) / 1e9);
  }

  /** RQ's own client; both ways. */
  List<Measurement> python() throws InterruptedException {
    return List.of(python(ONE_BY_ONE, 1), python(MANY, Producers.BATCH));
  }

  private Measurement python(String way, int jobs) throws InterruptedException {
    redis.empty();
    String seconds = Double.toString(time.toMillis() / 1e3);
    String rate = python.run(redis.url(), "enqueue.py", Integer.toString(jobs), seconds);
    return measurement(way, PYTHON, Double.parseDouble(rate.strip()));
  }

  private static Measurement measurement(String way, String client, double perSecond) {
    return new Measurement(
        new Subject(SECTION, way, client), Map.of(Figure.JOBS_PER_SECOND, perSecond));
  }
}
