package io.github.rq4j.interop.tools;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * A Java worker at work: queues {@code default} and {@code mail}, and in the first a job in each
 * registry. All jobs are in {@code default}, but for one that is queued in {@code mail}.
 */
final class Shop implements AutoCloseable {
  static final String WORKER = "java-shop";

  final ShopTasks tasks = new ShopTasks();
  final RqClient client;
  final RqWorker worker;
  final Job finished;
  final Job failed;
  final Job started;
  final Job deferred;
  final Job scheduled;
  final Job canceled;
  final Job queued;
  final Job mail;

  private Shop(TestRedis redis) throws InterruptedException {
    client = RqClient.connect(redis.uri().toString());
    worker = worker(redis, tasks).name(WORKER).withScheduler(true).build();
    finished = enqueue("total-1", Call.of("shop.total").args(100, 19));
    failed = enqueue("charge-1", Call.of("shop.charge").args("Jörg"));
    started = enqueue("export-1", Call.of("shop.export"));
    deferred =
        client
            .queue("default")
            .enqueue(
                Call.of("shop.total").args(1, 0),
                EnqueueOptions.builder().jobId("total-2").dependsOn(started).build());
    scheduled =
        client
            .queue("default")
            .enqueueIn(
                Duration.ofHours(1),
                Call.of("shop.total").args(2, 0),
                EnqueueOptions.builder().jobId("total-3").build());
    canceled = enqueue("total-4", Call.of("shop.total").args(4, 0));
    canceled.cancel();
    worker.start();
    tasks.held.await();
    queued = enqueue("total-5", Call.of("shop.total").args(5, 0));
    mail =
        client
            .queue("mail")
            .enqueue(
                Call.of("shop.remember"), EnqueueOptions.builder().jobId("remember-1").build());
  }

  static Shop open(TestRedis redis) throws InterruptedException {
    return new Shop(redis);
  }

  /** A worker for the queues of the shop. */
  static RqWorkerBuilder worker(TestRedis redis, ShopTasks tasks) {
    Handlers handlers = Handlers.builder().registerAnnotated(tasks).build();
    return RqWorker.builder(redis.uri().toString(), handlers).queues("default", "mail");
  }

  /** Runs all that is queued to its end. */
  static void burst(TestRedis redis, ShopTasks tasks) throws InterruptedException {
    try (RqWorker worker = worker(redis, tasks).burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  private Job enqueue(String id, Call call) {
    return client.queue("default").enqueue(call, EnqueueOptions.builder().jobId(id).build());
  }

  static void await(Job job, JobStatus status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> job.status() == status);
  }

  @Override
  public void close() {
    tasks.release.countDown();
    worker.close();
    client.close();
  }
}
