package io.github.rq4j.interop.examples;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Callback;
import io.github.rq4j.client.Dependency;
import io.github.rq4j.client.DuplicateJobException;
import io.github.rq4j.client.EnqueueData;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.EnqueueReport;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RateLimit;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.Retry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.Webhook;
import io.github.rq4j.codec.json.JsonSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What docs/enqueue.md shows. */
final class EnqueueSnippets {
  private EnqueueSnippets() {}

  static Job withOptions(RqClient client) {
    // docs:begin enqueue-options
    EnqueueOptions options =
        EnqueueOptions.builder()
            .jobId("invoice-4711")
            .timeout("10m")
            .resultTtl(Duration.ofHours(1))
            .retry(Retry.times(3).after(Duration.ofSeconds(10), Duration.ofMinutes(1)))
            .onFailure(Callback.of("tasks.report_failure"))
            .webhooks(Webhook.onFinished("https://example.com/paid").post())
            .meta(Map.of("requested_by", "ada"))
            .build();
    Job job =
        client
            .queue("default")
            .enqueue(Call.of("tasks.total").args(19.5).kwarg("count", 3), options);
    // docs:end enqueue-options
    return job;
  }

  static Job dependencies(RqClient client) {
    // docs:begin enqueue-dependencies
    Queue queue = client.queue("default");
    Job first = queue.enqueue(Call.of("tasks.total").args(19.5, 3));
    Job second = queue.enqueue(Call.of("tasks.total").args(7, 2));
    Job last =
        queue.enqueue(
            Call.of("tasks.invoices").args("ada"),
            EnqueueOptions.builder()
                .dependsOn(first)
                .dependsOn(Dependency.on(second).allowingFailure().atFront())
                .build());
    // docs:end enqueue-dependencies
    return last;
  }

  static Job later(RqClient client) {
    // docs:begin enqueue-later
    Queue queue = client.queue("default");
    queue.enqueueAt(Instant.parse("2040-01-01T00:00:00Z"), Call.of("tasks.invoices").args("ada"));
    Job soon = queue.enqueueIn(Duration.ofMinutes(5), Call.of("tasks.invoices").args("bob"));
    // docs:end enqueue-later
    return soon;
  }

  static Job limited(RqClient client) {
    // docs:begin enqueue-limit
    EnqueueOptions twoAtATime =
        EnqueueOptions.builder().rateLimit(new RateLimit("billing-api", 2)).build();
    Job job = client.queue("default").enqueue(Call.of("tasks.invoices").args("ada"), twoAtATime);
    // docs:end enqueue-limit
    return job;
  }

  static Queue configured(RqClient client) {
    // docs:begin enqueue-queue
    Queue reports =
        client
            .queue("reports")
            .withDefaultTimeout(Duration.ofHours(1))
            .withSerializer(JsonSerializer.defaults());
    // docs:end enqueue-queue
    return reports;
  }

  static EnqueueReport many(RqClient client, List<String> customers) {
    // docs:begin enqueue-many
    List<EnqueueData> jobs =
        customers.stream()
            .map(name -> EnqueueData.of(Call.of("tasks.invoices").args(name)))
            .toList();
    EnqueueReport report =
        client
            .queue("default")
            .enqueueMany(jobs, done -> System.out.println(done.stored() + " of " + done.total()));
    report.jobs(EnqueueReport.State.UNKNOWN).forEach(job -> System.out.println("in doubt: " + job));
    // docs:end enqueue-many
    return report;
  }

  static Job safely(RqClient client) {
    // docs:begin enqueue-safely
    Queue queue = client.queue("default");
    Call call = Call.of("tasks.total").args(19.5, 3);
    EnqueueOptions once = EnqueueOptions.builder().jobId("invoice-4712").unique(true).build();
    Job job;
    try {
      job = queue.enqueue(call, once);
    } catch (RedisUnavailableException e) {
      try {
        job = queue.enqueue(call, once);
      } catch (DuplicateJobException arrived) {
        job = client.job(arrived.jobId());
      }
    }
    // docs:end enqueue-safely
    return job;
  }
}
