package io.github.rq4j.interop;

import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;

/** Java workers on a test's database. */
final class JavaWorker {
  private JavaWorker() {}

  static RqWorkerBuilder on(TestRedis redis, JavaTasks tasks) {
    Handlers handlers = Handlers.builder().registerAnnotated(tasks).build();
    return RqWorker.builder(redis.uri().toString(), handlers).name("java");
  }

  /** Runs all that is queued to its end. */
  static void burst(TestRedis redis, String... queues) throws InterruptedException {
    RqWorkerBuilder builder = on(redis, new JavaTasks()).burst(true);
    if (queues.length > 0) {
      builder.queues(queues);
    }
    try (RqWorker worker = builder.build()) {
      worker.runUntilShutdown();
    }
  }
}
