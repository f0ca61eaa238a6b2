package io.github.rq4j.worker.cost;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Callback;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.RateLimit;
import io.github.rq4j.client.Retry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.worker.ProcessIsolation;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Something that is measured, so that nothing depends on what happens to come together.
 *
 * @param text as tables call it
 * @param measurement how its cost is found
 */
record CostScenario(String text, Measurement measurement) {
  private static final List<CostScenario> ALL =
      List.of(
          new CostScenario("a job", burst(options -> {}, worker -> {})),
          new CostScenario("a job that fails", burst("boom", options -> {}, worker -> {})),
          new CostScenario(
              "a job that fails, runs again at once and fails",
              burst("boom", options -> options.retry(Retry.times(1)), worker -> {})),
          new CostScenario("a job that the scheduler enqueues", scheduled()),
          new CostScenario("a job and one that waited for it", dependents()),
          new CostScenario(
              "a job with a callback in Java",
              burst(options -> options.onSuccess(Callback.of("heard")), worker -> {})),
          new CostScenario(
              "a job with a callback handed over to Python",
              burst(
                  options -> options.onSuccess(Callback.of("shop.heard")),
                  worker -> worker.callbackQueue("python"))),
          new CostScenario(
              "a job with a `result_ttl` of 0",
              burst(o -> o.resultTtl(Duration.ZERO), worker -> {})),
          new CostScenario(
              "a job under a rate limit of 1",
              burst(options -> options.rateLimit(new RateLimit("shop", 1)), worker -> {})),
          new CostScenario("a job in JSON", json()),
          new CostScenario(
              "a job in the last of ten queues",
              burst(options -> {}, worker -> worker.queues(queues(10)))),
          new CostScenario(
              "a job in a process of its own",
              burst(
                  options -> {},
                  worker ->
                      worker.isolation(
                          ProcessIsolation.of(CostTasks.class)
                              .spareHorses(0)
                              .jvmOptions(
                                  "-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")))),
          new CostScenario("a job beside 15 that run", Measurements::besideOthers),
          new CostScenario("a job for an idle worker", () -> Measurements.forIdleWorker("default")),
          new CostScenario(
              "a job for an idle worker of ten queues",
              () -> Measurements.forIdleWorker(queues(10))),
          new CostScenario("a minute of an idle worker", Measurements::idleMinute),
          new CostScenario("`enqueue`", Measurements::enqueue),
          new CostScenario("`enqueueMany` of 100, each", Measurements::enqueueMany),
          new CostScenario("reading a result", Measurements::presentResult),
          new CostScenario("waiting for a result", Measurements::awaitedResult));

  /** How a scenario is measured. */
  interface Measurement {
    Cost take() throws InterruptedException;
  }

  /** In the order of the tables. */
  static List<CostScenario> all() {
    return ALL;
  }

  Cost measure() throws InterruptedException {
    return measurement.take();
  }

  @Override
  public String toString() {
    return text;
  }

  private static Measurement burst(
      Consumer<EnqueueOptions.Builder> options, Consumer<RqWorkerBuilder> worker) {
    return burst("one", options, worker);
  }

  private static Measurement burst(
      String function, Consumer<EnqueueOptions.Builder> options, Consumer<RqWorkerBuilder> worker) {
    return () -> Measurements.burst(jobs(function, options), worker);
  }

  private static BiConsumer<RqClient, Integer> jobs(
      String function, Consumer<EnqueueOptions.Builder> options) {
    return (client, number) -> {
      for (int i = 0; i < number; i++) {
        EnqueueOptions.Builder job = EnqueueOptions.builder();
        options.accept(job);
        client.queue("default").enqueue(Call.of(function), job.build());
      }
    };
  }

  private static Measurement scheduled() {
    BiConsumer<RqClient, Integer> jobs =
        (client, number) -> {
          for (int i = 0; i < number; i++) {
            client.queue("default").enqueueAt(Instant.ofEpochSecond(1), Call.of("one"));
          }
        };
    return () -> Measurements.burst(jobs, worker -> worker.withScheduler(true));
  }

  private static Measurement dependents() {
    BiConsumer<RqClient, Integer> jobs =
        (client, number) -> {
          for (int i = 0; i < number; i++) {
            var parent = client.queue("default").enqueue(Call.of("one"));
            var waits = EnqueueOptions.builder().dependsOn(parent).build();
            client.queue("default").enqueue(Call.of("one"), waits);
          }
        };
    return () -> Measurements.burst(jobs, worker -> {});
  }

  private static Measurement json() {
    return () ->
        Measurements.burst(
            JsonSerializer.defaults(),
            jobs("one", options -> {}),
            worker -> worker.serializer(JsonSerializer.defaults()));
  }

  /** The last one is where jobs are. */
  private static String[] queues(int number) {
    return IntStream.rangeClosed(1, number)
        .mapToObj(i -> i == number ? "default" : "queue" + i)
        .toArray(String[]::new);
  }
}
