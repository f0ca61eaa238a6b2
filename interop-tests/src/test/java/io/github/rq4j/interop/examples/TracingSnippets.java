package io.github.rq4j.interop.examples;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.worker.JobContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What docs/tools.md shows; its tests are those of OpenTelemetry. */
public final class TracingSnippets {
  private TracingSnippets() {}

  /** Enqueues a call that belongs to a trace. */
  public static Job enqueue(RqClient client, String function, String traceparent) {
    // docs:begin tracing-enqueue
    EnqueueOptions options =
        EnqueueOptions.builder().meta(Map.of("traceparent", traceparent)).build();
    Job job = client.queue("default").enqueue(Call.of(function), options);
    // docs:end tracing-enqueue
    return job;
  }

  /** What the running job finds. */
  public static @Nullable Object traceparent() {
    // docs:begin tracing-read
    Object traceparent = JobContext.current().meta().get("traceparent");
    // docs:end tracing-read
    return traceparent;
  }
}
