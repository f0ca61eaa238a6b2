package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.DuplicateJobException;
import io.github.rq4j.client.JobHandle;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about proxies shows, at work with a Python worker. */
@WithPythonRq
class ProxySnippetsTest {
  @TempDir Path directory;

  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis redis) {
    client = RqClient.connect(redis.uri().toString());
  }

  @Test
  void a_call_of_a_method_is_a_call_in_python(TestRedis redis, PythonRq python) throws Exception {
    CompletableFuture<Double> total =
        CompletableFuture.supplyAsync(() -> ProxySnippets.total(client));
    CompletableFuture<List<TasksProxy.Invoice>> invoices =
        client.proxy(TasksProxy.class, "default").invoices("ada");
    Awaitility.await().until(() -> client.queue("default").size() == 2);
    PythonTasks.workBurst(python, redis, directory);
    assertThat(total.get(30, TimeUnit.SECONDS)).isEqualTo(70.2);
    assertThat(invoices.get(30, TimeUnit.SECONDS))
        .containsExactly(new TasksProxy.Invoice(1, 10.5), new TasksProxy.Invoice(2, 20.0));
  }

  @Test
  void options_of_a_call_count_for_it_alone() {
    TasksProxy tasks = client.proxy(TasksProxy.class, "default");
    assertThat(ProxySnippets.once(tasks).id()).isEqualTo("total-4711");
    Assertions.assertThatExceptionOfType(DuplicateJobException.class)
        .isThrownBy(() -> ProxySnippets.once(tasks));
    assertThat(tasks.total(1, 1).id()).isNotEqualTo("total-4711");
  }

  @Test
  void a_synchronous_queue_has_the_result_at_once() {
    JobHandle<Double> handle = ProxySnippets.atOnce(client);
    assertThat(handle.job().status()).isEqualTo(JobStatus.FINISHED);
    assertThat(handle.result(Duration.ofSeconds(5))).isEqualTo(58.5);
  }
}
