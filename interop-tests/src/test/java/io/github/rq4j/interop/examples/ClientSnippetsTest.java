package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about the client shows, at work. */
@WithPythonRq
class ClientSnippetsTest {
  @TempDir Path directory;

  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis redis) {
    client = RqClient.connect(redis.uri().toString());
  }

  @Test
  void options_are_kept_and_put_the_job_first(TestRedis redis, PythonRq python) throws IOException {
    Job plain = ClientSnippets.enqueue(client);
    Job first = ClientSnippets.enqueueWithOptions(client);
    assertThat(client.queue("default").jobIds()).containsExactly("invoice-4711", plain.id());
    assertThat(ClientSnippets.look(client, first.id())).isEqualTo("queued by nobody yet");
    PythonTasks.workBurst(python, redis, directory);
    assertThat(ClientSnippets.outcome(first)).isEqualTo("returned 58.5");
    assertThat(ClientSnippets.look(client, first.id())).startsWith("finished by ");
    assertThat(python.difference("invoice-4711", "meta", "{'requested_by': 'ada'}")).isEmpty();
  }

  @Test
  void a_result_comes_as_a_list_of_records(TestRedis redis, PythonRq python) throws Exception {
    CompletableFuture<List<ClientSnippets.Invoice>> invoices =
        CompletableFuture.supplyAsync(() -> ClientSnippets.typedResult(client));
    Awaitility.await().until(() -> client.queue("default").size() == 1);
    PythonTasks.workBurst(python, redis, directory);
    assertThat(invoices.get())
        .containsExactly(new ClientSnippets.Invoice(1, 10.5), new ClientSnippets.Invoice(2, 20.0));
  }

  @Test
  void every_kind_of_end_is_told_apart(TestRedis redis, PythonRq python) throws IOException {
    Job failed = client.queue("default").enqueue(Call.of("tasks.refuse").args("no"));
    Job gone = client.queue("other").enqueue(Call.of("tasks.refuse").args("no"));
    Job canceled = client.queue("other").enqueue(Call.of("tasks.refuse").args("no"));
    PythonTasks.workBurst(python, redis, directory);
    python.delete(gone.id());
    python.cancel(canceled.id());
    assertThat(ClientSnippets.outcome(failed)).startsWith("failed with ");
    assertThat(ClientSnippets.outcome(gone)).isEqualTo("gone");
    assertThat(ClientSnippets.outcome(canceled)).isEqualTo("canceled with 0 lines of traceback");
  }

  @Test
  void a_client_with_json_writes_what_python_reads_as_json(TestRedis redis, PythonRq python) {
    try (RqClient json = ClientSnippets.json(redis.uri().toString())) {
      Job job = ClientSnippets.enqueue(json);
      assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
      assertThat(python.jobAsJson(job.id()).attribute("description"))
          .isEqualTo("tasks.total(19.5, 3)");
    }
  }
}
