package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.client.Call;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * From a job's enqueuing to its result, with a worker that waits for jobs which come at a fixed
 * rate. The time begins when a job was meant to be sent, so that jobs which come late because
 * others were slow count in full.
 */
final class SteadyMeasurement {
  static final String SECTION = "steady";
  static final String FLOOR = "floor: bare exchange";

  private static final int WAITERS = 32;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final List<String> QUEUES = List.of("bench-0");
  private static final Call CALL = Call.of("bench_tasks.noop");

  private final BenchRedis redis;
  private final Workers workers;
  private final Duration warmUp;
  private final Map<Subject, List<Double>> pool = new HashMap<>();

  /**
   * Measures on this Redis.
   *
   * @param warmUp how long jobs come one after the other before it counts
   */
  SteadyMeasurement(BenchRedis redis, Workers workers, Duration warmUp) {
    this.redis = redis;
    this.workers = workers;
    this.warmUp = warmUp;
  }

  /** Whose results were waited for, with jobs that came like this. */
  static Subject subject(String worker, Arrivals arrivals) {
    return new Subject(SECTION, arrivals.label(), worker);
  }

  /** Measures once; what it gives is of this run and, for the rare values, of all runs so far. */
  Measurement measure(Contestant contestant, Arrivals arrivals) throws InterruptedException {
    redis.empty();
    try (RqClient client = RqClient.connect(redis.url());
        ProcessFamily worker = workers.start(contestant, redis.url(), QUEUES)) {
      Queue queue = client.queue(QUEUES.get(0));
      Measurement measurement =
          measure(contestant.label(), arrivals, () -> queue.enqueue(CALL).id(), worker::cpuSeconds);
      if (!worker.isAlive()) {
        throw CommandFailure.failure("the worker has ended: " + worker.lastWords());
      }
      return measurement;
    }
  }

  /** Measures once what the machine takes for the same without any job. */
  Measurement floor(Arrivals arrivals) throws InterruptedException {
    redis.empty();
    try (BareExchange exchange = new BareExchange(redis.url())) {
      return measure(FLOOR, arrivals, exchange::send, () -> 0);
    }
  }

  private Measurement measure(
      String worker, Arrivals arrivals, Supplier<String> enqueue, DoubleSupplier workerSeconds)
      throws InterruptedException {
    try (ResultWaiters waiters = new ResultWaiters(redis.url(), WAITERS);
        FinishedJobs server = new FinishedJobs(redis.url(), QUEUES)) {
      warmUp(enqueue, waiters);
      double workerBegin = workerSeconds.getAsDouble();
      double serverBegin = server.look().server().cpuSeconds();
      List<Double> latencies = latencies(enqueue, waiters, arrivals);
      double serverEnd = server.look().server().cpuSeconds();
      double workerEnd = workerSeconds.getAsDouble();
      Subject subject = subject(worker, arrivals);
      List<Double> all = pool.computeIfAbsent(subject, any -> new ArrayList<>());
      all.addAll(latencies);
      Map<Figure, Double> figures = figures(latencies, all);
      double perJob = 1e6 / latencies.size();
      figures.put(Figure.SERVER_MICROSECONDS_PER_JOB, (serverEnd - serverBegin) * perJob);
      if (workerEnd > workerBegin) {
        figures.put(Figure.WORKER_MICROSECONDS_PER_JOB, (workerEnd - workerBegin) * perJob);
      }
      return new Measurement(subject, figures);
    }
  }

  private void warmUp(Supplier<String> enqueue, ResultWaiters waiters) throws InterruptedException {
    result(waiters.await(enqueue.get()));
    long end = System.nanoTime() + warmUp.toNanos();
    while (System.nanoTime() < end) {
      result(waiters.await(enqueue.get()));
    }
  }

  private static List<Double> latencies(
      Supplier<String> enqueue, ResultWaiters waiters, Arrivals arrivals)
      throws InterruptedException {
    List<CompletableFuture<Long>> ends = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < arrivals.count(); i++) {
      arrivals.await(begin, i);
      ends.add(waiters.await(enqueue.get()));
    }
    List<Double> latencies = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      latencies.add((result(ends.get(i)) - arrivals.at(begin, i)) / 1e6);
    }
    return latencies;
  }

  private static long result(CompletableFuture<Long> end) throws InterruptedException {
    try {
      return end.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw CommandFailure.failure("a result did not come: " + e.getMessage(), e);
    }
  }

  private static Map<Figure, Double> figures(List<Double> run, List<Double> all) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    Percentiles ofRun = percentiles(run);
    Percentiles ofAll = percentiles(all);
    figures.put(Figure.P50_MILLISECONDS, ofRun.at(0.5));
    figures.put(Figure.P99_MILLISECONDS, ofRun.at(0.99));
    figures.put(Figure.P999_MILLISECONDS, ofAll.at(0.999));
    figures.put(Figure.MAX_MILLISECONDS, ofRun.at(1));
    figures.put(Figure.JOBS_FINISHED, (double) run.size());
    return figures;
  }

  private static Percentiles percentiles(List<Double> values) {
    return new Percentiles(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
