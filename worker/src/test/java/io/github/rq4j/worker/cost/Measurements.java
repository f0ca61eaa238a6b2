package io.github.rq4j.worker.cost;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueData;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the scenarios are measured. */
final class Measurements {
  private static final int FEW = 10;
  private static final int MANY = 110;
  private static final int SOME = 30;
  private static final int SLOTS = 16;
  private static final int AT_ONCE = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Measurements() {}

  private static Handlers handlers() {
    return new CostTasks().handlers();
  }

  static Cost burst(BiConsumer<RqClient, Integer> jobs, Consumer<RqWorkerBuilder> settings)
      throws InterruptedException {
    return burst(PickleSerializer.defaults(), jobs, settings);
  }

  /** By how much more many jobs cost than few: the way there and back is the same for both. */
  static Cost burst(
      Serializer serializer, BiConsumer<RqClient, Integer> jobs, Consumer<RqWorkerBuilder> settings)
      throws InterruptedException {
    Meter.Reading few = whole(FEW, serializer, jobs, settings);
    return whole(MANY, serializer, jobs, settings).since(few).about(MANY - FEW);
  }

  private static Meter.Reading whole(
      int number,
      Serializer serializer,
      BiConsumer<RqClient, Integer> jobs,
      Consumer<RqWorkerBuilder> settings)
      throws InterruptedException {
    try (Meter meter = new Meter();
        RqClient client = RqClient.builder(meter.direct()).serializer(serializer).build()) {
      jobs.accept(client, number);
      Meter.Reading before = meter.read();
      RqWorkerBuilder builder =
          RqWorker.builder(meter.measured(), handlers()).name("w").burst(true);
      settings.accept(builder);
      try (RqWorker worker = builder.build()) {
        worker.runUntilShutdown();
      }
      return meter.read().since(before);
    }
  }

  /** Of sixteen jobs that run, one ends at a time, and the next one takes its slot. */
  static Cost besideOthers() throws InterruptedException {
    Semaphore entered = new Semaphore(0);
    Semaphore release = new Semaphore(0);
    Handlers handlers =
        Handlers.builder()
            .register(
                "hold",
                () -> {
                  entered.release();
                  take(release, 1);
                  return 1L;
                })
            .build();
    try (Meter meter = new Meter();
        RqWorker worker =
            RqWorker.builder(meter.measured(), handlers).name("w").concurrency(SLOTS).build()) {
      for (int i = 0; i < SLOTS + SOME; i++) {
        meter.client.queue("default").enqueue(Call.of("hold"));
      }
      worker.start();
      take(entered, SLOTS);
      meter.awaitQuiet();
      Meter.Reading before = meter.read();
      for (int i = 0; i < SOME; i++) {
        release.release();
        take(entered, 1);
      }
      Cost cost = meter.read().since(before).per(SOME);
      release.release(SLOTS);
      return cost;
    }
  }

  private static void take(Semaphore semaphore, int permits) throws InterruptedException {
    if (!semaphore.tryAcquire(permits, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("nothing happened for " + PATIENCE);
    }
  }

  /** Each job comes when the worker has long waited. */
  static Cost forIdleWorker(String... queues) {
    try (Meter meter = new Meter();
        RqWorker worker =
            RqWorker.builder(meter.measured(), handlers()).name("w").queues(queues).build()) {
      for (int i = 0; i <= SOME; i++) {
        meter.client.queue("stock").enqueue(Call.of("one"));
      }
      worker.start();
      meter.awaitBlocked(queues.length);
      bring(meter, queues.length);
      meter.awaitQuiet();
      Meter.Reading before = meter.read();
      for (int i = 0; i < SOME; i++) {
        bring(meter, queues.length);
      }
      return meter.read().since(before).per(SOME);
    }
  }

  private static void bring(Meter meter, int waiting) {
    meter.call("RPOPLPUSH", "rq:queue:stock", "rq:queue:default");
    meter.awaitBlocked(waiting);
  }

  /**
   * Counted for 65 seconds from the first wait on: beyond the second heartbeat and the sixth wait,
   * and well before the next of either.
   */
  static Cost idleMinute() throws InterruptedException {
    try (Meter meter = new Meter();
        RqWorker worker = RqWorker.builder(meter.measured(), handlers()).name("w").build()) {
      worker.start();
      meter.awaitBlocked(1);
      TimeUnit.SECONDS.sleep(5);
      Meter.Reading before = meter.read();
      TimeUnit.SECONDS.sleep(60);
      return meter.read().since(before).per(1);
    }
  }

  static Cost enqueue() {
    try (Meter meter = new Meter();
        RqClient client = RqClient.connect(meter.measured())) {
      Queue queue = client.queue("default");
      queue.enqueue(Call.of("one"));
      Meter.Reading before = meter.read();
      for (int i = 0; i < SOME; i++) {
        queue.enqueue(Call.of("one"));
      }
      return meter.read().since(before).per(SOME);
    }
  }

  static Cost enqueueMany() {
    try (Meter meter = new Meter();
        RqClient client = RqClient.connect(meter.measured())) {
      List<EnqueueData> jobs = Collections.nCopies(AT_ONCE, EnqueueData.of(Call.of("one")));
      client.queue("default").enqueueMany(jobs);
      Meter.Reading before = meter.read();
      AtomicInteger roundTrips = new AtomicInteger();
      client.queue("default").enqueueMany(jobs, progress -> roundTrips.incrementAndGet());
      return meter.read().since(before).inRoundTrips(roundTrips.get()).per(AT_ONCE);
    }
  }

  static Cost presentResult() throws InterruptedException {
    try (Meter meter = new Meter();
        RqClient client = RqClient.connect(meter.measured())) {
      List<Job> jobs = new ArrayList<>();
      for (int i = 0; i < SOME; i++) {
        jobs.add(client.queue("default").enqueue(Call.of("one")));
      }
      try (RqWorker worker = RqWorker.builder(meter.direct(), handlers()).burst(true).build()) {
        worker.runUntilShutdown();
      }
      Meter.Reading before = meter.read();
      jobs.forEach(job -> one(job.result(Duration.ZERO)));
      return meter.read().since(before).per(SOME);
    }
  }

  private static void one(@Nullable Object result) {
    if (!Objects.equals(result, 1L)) {
      throw new IllegalStateException("the job returned " + result);
    }
  }

  /** The cheapest of some: a wait that lasts longer asks again every half second. */
  static Cost awaitedResult() throws InterruptedException {
    try (Meter meter = new Meter();
        RqClient client = RqClient.connect(meter.measured())) {
      Job model = client.queue("stock").enqueue(Call.of("one"));
      List<Cost> costs = new ArrayList<>();
      for (int i = 0; i < FEW; i++) {
        costs.add(await(meter, client.job(model.id() + i)));
      }
      return Collections.min(costs, Comparator.comparing(Cost::commands));
    }
  }

  /** The two commands by which the result is brought are not the client's. */
  private static Cost await(Meter meter, Job job) throws InterruptedException {
    String key = "rq:job:" + job.id();
    meter.call("HSET", key, "created_at", "2026-11-22T03:00:00.000000Z", "status", "started");
    Meter.Reading before = meter.read();
    CompletableFuture<@Nullable Object> waiting =
        CompletableFuture.supplyAsync(() -> job.result(PATIENCE));
    meter.awaitBlocked(1);
    meter.call("XADD", "rq:results:" + job.id(), "*", "type", "1", "return_value", "gARLAS4=");
    one(waiting.join());
    Meter.Reading cost = meter.read().since(before);
    return new Meter.Reading(cost.commands() - 1, cost.traffic()).per(1);
  }
}
