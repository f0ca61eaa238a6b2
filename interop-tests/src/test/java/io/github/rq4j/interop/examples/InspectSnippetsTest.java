package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithPythonRq
class InspectSnippetsTest {
  @TempDir Path directory;

  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis redis) {
    client = RqClient.connect(redis.uri().toString());
  }

  @Test
  void jobs_are_looked_at_and_steered(TestRedis redis, PythonRq python) throws Exception {
    Job total = client.queue("default").enqueue(Call.of("tasks.total").args(19.5, 3));
    Job refused = client.queue("default").enqueue(Call.of("tasks.refuse").args("no"));
    CompletableFuture<Double> later = InspectSnippets.async(total);
    InspectSnippets.meta(client, total.id());
    assertThat(InspectSnippets.snapshot(client, total.id()))
        .startsWith("QUEUED since ")
        .endsWith(": tasks.total");
    PythonTasks.workBurst(python, redis, directory);
    assertThat(later).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(58.5);
    assertThat(InspectSnippets.failure(refused)).isEqualTo("ValueError");
    assertThat(InspectSnippets.overview(client)).isEqualTo(1);
    InspectSnippets.cancel(client, refused.id());
    assertThat(refused.status()).isEqualTo(JobStatus.CANCELED);
    assertThat(total.meta()).containsEntry("reviewed_by", "ada");
    redis.command("SADD", "rq:workers", "rq:worker:w");
    redis.command("HSET", "rq:worker:w", "birth", "2026-11-22T03:00:00.000000Z", "state", "idle");
    assertThat(InspectSnippets.workers(client)).isEqualTo(1);
    assertThat(client.workers().isSuspended()).isTrue();
  }
}
