package io.github.rq4j.worker;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A client and the functions that the tests of the worker enqueue. */
final class WorkerFixture implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final TestRedis redis;
  final RqClient client;
  final List<String> ran = java.util.Collections.synchronizedList(new ArrayList<>());
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch release = new CountDownLatch(1);

  final Handlers handlers =
      Handlers.builder()
          .register("note", Parameter.of("what", String.class), this::record)
          .register("boom", () -> fail())
          .register("hold", this::hold)
          .register("none", arguments -> null)
          .build();

  WorkerFixture(TestRedis redis) {
    this.redis = redis;
    this.client = RqClient.connect(redis.uri().toString());
  }

  /** Ends jobs without a worker, for tests that need no Redis. */
  static Watchdog watchdog() {
    AbandonedThreads threads = new AbandonedThreads(Integer.MAX_VALUE, () -> {});
    return new Watchdog("w", Duration.ofMillis(50), threads, seconds -> {});
  }

  private String record(String what) {
    ran.add(what);
    return what;
  }

  private static Object fail() {
    throw new IllegalStateException("kaput");
  }

  private String hold() throws InterruptedException {
    entered.countDown();
    if (!release.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("never released");
    }
    return "held";
  }

  RqWorkerBuilder worker() {
    return RqWorker.builder(redis.uri().toString(), handlers).name("w");
  }

  /** Runs all that is queued to its end. */
  void burst() throws InterruptedException {
    try (RqWorker worker = worker().burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  Job enqueue(String id, Call call) {
    return enqueue("default", call, EnqueueOptions.builder().jobId(id));
  }

  Job enqueue(String queue, Call call, EnqueueOptions.Builder options) {
    return client.queue(queue).enqueue(call, options.build());
  }

  Job note(String id) {
    return enqueue(id, Call.of("note").args(id));
  }

  static ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10));
  }

  void awaitStatus(Job job, JobStatus status) {
    await().until(() -> job.status() == status);
  }

  void awaitEntered() throws InterruptedException {
    if (!entered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the job did not start");
    }
  }

  @Nullable String hget(String key, String field) {
    return (String) redis.command("HGET", key, field);
  }

  List<?> list(String command, String... arguments) {
    return (List<?>) Objects.requireNonNull(redis.command(command, arguments));
  }

  long number(String command, String... arguments) {
    return (Long) Objects.requireNonNull(redis.command(command, arguments));
  }

  @Override
  public void close() {
    release.countDown();
    client.close();
  }
}
