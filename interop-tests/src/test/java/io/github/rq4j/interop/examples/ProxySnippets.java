package io.github.rq4j.interop.examples;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobHandle;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.Parameter;
import io.github.rq4j.worker.SynchronousQueue;
import java.time.Duration;

/** What docs/proxies.md shows. */
final class ProxySnippets {
  private ProxySnippets() {}

  static double total(RqClient client) {
    // docs:begin proxy-call
    TasksProxy tasks = client.proxy(TasksProxy.class, "default");
    JobHandle<Double> job = tasks.total(19.5, 3, 0.2);
    Double total = job.result(Duration.ofSeconds(30));
    // docs:end proxy-call
    return total == null ? 0 : total;
  }

  static JobHandle<Double> once(TasksProxy tasks) {
    // docs:begin proxy-with
    EnqueueOptions once = EnqueueOptions.builder().jobId("total-4711").unique(true).build();
    JobHandle<Double> job = tasks.with(once).total(19.5, 3);
    // docs:end proxy-with
    return job;
  }

  static JobHandle<Double> atOnce(RqClient client) {
    // docs:begin proxy-synchronous
    Handlers handlers =
        Handlers.builder()
            .register(
                "tasks.total",
                Parameter.of("price", Double.class),
                Parameter.of("count", Integer.class),
                Parameter.of("tax", Double.class).orElse(0.0),
                (price, count, tax) -> price * count * (1 + tax))
            .build();
    Queue queue = SynchronousQueue.of(client.queue("default"), handlers);
    Job finished = queue.enqueue(Call.of("tasks.total").args(19.5, 3));
    JobHandle<Double> finishedToo = queue.proxy(TasksProxy.class).total(19.5, 3);
    // docs:end proxy-synchronous
    assert finished.status() == finishedToo.job().status();
    return finishedToo;
  }
}
