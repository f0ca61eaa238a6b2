package io.github.rq4j.interop.examples;

import io.github.rq4j.client.CancelOption;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobFailedException;
import io.github.rq4j.client.JobRegistry;
import io.github.rq4j.client.JobRegistry.Kind;
import io.github.rq4j.client.JobSnapshot;
import io.github.rq4j.client.PythonJobFailure;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RegistryEntry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.WorkerSnapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What docs/inspect.md shows. */
final class InspectSnippets {
  private InspectSnippets() {}

  static String snapshot(RqClient client, String id) {
    // docs:begin inspect-snapshot
    JobSnapshot job = client.job(id).snapshot();
    String line = job.status() + " since " + job.enqueuedAt() + ": " + job.data().functionName();
    // docs:end inspect-snapshot
    return line;
  }

  static void meta(RqClient client, String id) {
    // docs:begin inspect-meta
    Job job = client.job(id);
    Map<String, @Nullable Object> meta = new LinkedHashMap<>(job.meta());
    meta.put("reviewed_by", "ada");
    job.saveMeta(meta);
    // docs:end inspect-meta
  }

  static void cancel(RqClient client, String id) {
    // docs:begin inspect-cancel
    client.job(id).cancel(CancelOption.ENQUEUE_DEPENDENTS);
    // docs:end inspect-cancel
  }

  static String failure(Job job) {
    // docs:begin inspect-failure
    try {
      return "returned " + job.result(Duration.ofSeconds(30));
    } catch (JobFailedException e) {
      return e.failure().map(PythonJobFailure::exceptionClass).orElse(e.status().text());
    }
    // docs:end inspect-failure
  }

  static CompletableFuture<Double> async(Job job) {
    // docs:begin inspect-async
    CompletableFuture<@Nullable Double> total =
        job.resultAsync(Double.class, Duration.ofMinutes(5));
    // docs:end inspect-async
    return total.thenApply(value -> value == null ? Double.NaN : value);
  }

  static long overview(RqClient client) {
    long failures = 0;
    // docs:begin inspect-registries
    for (Queue queue : client.queues()) {
      JobRegistry failed = queue.registry(Kind.FAILED);
      for (RegistryEntry entry : failed.latestEntries(0, 20)) {
        System.out.println(entry.jobId() + " is kept until " + entry.time());
      }
      failures += failed.requeueAll();
    }
    // docs:end inspect-registries
    return failures;
  }

  static int workers(RqClient client) {
    // docs:begin inspect-workers
    for (WorkerSnapshot worker : client.workers().all()) {
      System.out.println(worker.name() + " " + worker.state() + " " + worker.currentJobId());
    }
    client.workers().suspend(Duration.ofMinutes(10));
    // docs:end inspect-workers
    return client.workers().all().size();
  }
}
