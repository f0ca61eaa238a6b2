package io.github.rq4j.interop.examples;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobFailedException;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.NoSuchJobException;
import io.github.rq4j.client.Result;
import io.github.rq4j.client.ResultTimeoutException;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.binding.TypeReference;
import io.github.rq4j.codec.json.JsonSerializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What docs/client-library.md shows. */
final class ClientSnippets {
  private ClientSnippets() {}

  static RqClient json(String url) {
    // docs:begin client-json
    RqClient client = RqClient.builder(url).serializer(JsonSerializer.defaults()).build();
    // docs:end client-json
    return client;
  }

  static Job enqueue(RqClient client) {
    // docs:begin client-enqueue
    Job job = client.queue("default").enqueue(Call.of("tasks.total").args(19.5, 3));
    // docs:end client-enqueue
    return job;
  }

  static Job enqueueWithOptions(RqClient client) {
    // docs:begin client-options
    EnqueueOptions options =
        EnqueueOptions.builder()
            .jobId("invoice-4711")
            .timeout(Duration.ofMinutes(10))
            .resultTtl(Duration.ofHours(1))
            .atFront(true)
            .meta(Map.of("requested_by", "ada"))
            .build();
    Job job =
        client
            .queue("default")
            .enqueue(Call.of("tasks.total").args(19.5).kwarg("count", 3), options);
    // docs:end client-options
    return job;
  }

  // docs:begin client-record
  record Invoice(int number, double amount) {}

  // docs:end client-record

  static List<Invoice> typedResult(RqClient client) {
    // docs:begin client-typed
    Job job = client.queue("default").enqueue(Call.of("tasks.invoices").args("ada"));
    List<Invoice> invoices =
        job.resultAs(new TypeReference<List<Invoice>>() {}, Duration.ofSeconds(30));
    // docs:end client-typed
    return invoices == null ? List.of() : invoices;
  }

  static String outcome(Job job) {
    // docs:begin client-failures
    try {
      return "returned " + job.result(Duration.ofSeconds(30));
    } catch (JobFailedException e) {
      return e.status().text() + " with " + e.excString().lines().count() + " lines of traceback";
    } catch (ResultTimeoutException e) {
      return "not yet done";
    } catch (NoSuchJobException e) {
      return "gone";
    }
    // docs:end client-failures
  }

  static String look(RqClient client, String id) {
    // docs:begin client-look
    Job job = client.job(id);
    JobStatus status = job.status();
    Optional<Result> latest = job.latestResult();
    String worker = latest.map(Result::workerName).orElse("nobody yet");
    // docs:end client-look
    return status.text() + " by " + worker;
  }
}
