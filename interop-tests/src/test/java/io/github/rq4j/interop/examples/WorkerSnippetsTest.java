package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the page about the worker shows, at work. */
@WithPythonRq
class WorkerSnippetsTest {

  private static void burst(TestRedis redis, Handlers handlers) throws InterruptedException {
    try (RqWorker worker = RqWorker.builder(redis.uri().toString(), handlers).burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  @Test
  void typed_functions_take_positions_keywords_and_defaults(TestRedis redis, PythonRq python)
      throws InterruptedException {
    String lines = "[{'article': 'pen', 'count': 3, 'price': 1.5}]";
    String ping = python.enqueue("shop.ping", "");
    String full = python.enqueue("shop.total", lines);
    String reduced = python.enqueue("shop.total", "discount=0.5, lines=" + lines);
    String raw = python.enqueue("shop.count", "a=1, b=2");
    burst(redis, WorkerSnippets.typed());
    assertThat(python.resultDifference(ping, "'pong'")).isEmpty();
    assertThat(python.resultDifference(full, "4.5")).isEmpty();
    assertThat(python.resultDifference(reduced, "2.25")).isEmpty();
    assertThat(python.resultDifference(raw, "2")).isEmpty();
  }

  @Test
  void arguments_that_do_not_fit_read_as_the_page_quotes_them(TestRedis redis, PythonRq python)
      throws InterruptedException {
    String missing = python.enqueue("shop.total", "");
    String wrong = python.enqueue("shop.total", "7");
    String unknown = python.enqueue("shop.nothing", "");
    burst(redis, WorkerSnippets.typed());
    assertThat(lastLine(python, missing))
        .isEqualTo("TypeError: total() missing 1 required positional argument: 'lines'");
    assertThat(lastLine(python, wrong))
        .isEqualTo("TypeError: total() argument lines: expected list or tuple, got int");
    assertThat(lastLine(python, unknown)).startsWith("ValueError: Invalid attribute name");
  }

  private static String lastLine(PythonRq python, String id) {
    String text = python.job(id).latestResult().orElseThrow().excString();
    assertThat(text).isNotNull();
    return text.strip().substring(text.strip().lastIndexOf('\n') + 1);
  }

  @Test
  void the_tasks_of_the_page_about_the_command_run(TestRedis redis, PythonRq python)
      throws InterruptedException {
    String id = python.enqueue("tasks.total", "30, pieces=2");
    burst(redis, Handlers.builder().registerAnnotated(ShopTasks.class).build());
    assertThat(python.resultDifference(id, "60")).isEmpty();
  }

  @Test
  void an_annotated_object_keeps_its_state(TestRedis redis, PythonRq python)
      throws InterruptedException {
    String plain = python.enqueue("mail.send", "'ada'");
    String full = python.enqueue("mail.send", "'ada', 2, subject='hi'");
    burst(redis, WorkerSnippets.ofObject());
    assertThat(python.resultDifference(plain, "'shop@example.com -> ada x1: (none)'")).isEmpty();
    assertThat(python.resultDifference(full, "'shop@example.com -> ada x2: hi'")).isEmpty();
  }

  @Test
  void a_configured_worker_shows_its_slots_while_the_application_runs(
      TestRedis redis, PythonRq python) {
    RqWorker worker = WorkerSnippets.configured(redis.uri().toString(), WorkerSnippets.typed());
    String id = python.enqueueTo("high", "shop.ping", "", "");
    WorkerSnippets.startAndClose(
        worker,
        () -> {
          Awaitility.await().until(() -> "finished".equals(python.job(id).status()));
          assertThat(python.workers())
              .containsOnlyKeys("shop-1-1", "shop-1-2", "shop-1-3", "shop-1-4");
        });
    assertThat(python.job(id).secondsToLive())
        .isBetween(Duration.ofMinutes(59).toSeconds(), Duration.ofHours(1).toSeconds());
    assertThat(python.workers()).isEmpty();
  }

  @Test
  void a_worker_with_json_runs_jobs_in_json(TestRedis redis, PythonRq python) {
    String id = python.enqueueAsJson("default", "shop.ping", "", "");
    RqWorker worker = WorkerSnippets.json(redis.uri().toString(), WorkerSnippets.typed());
    WorkerSnippets.startAndClose(
        worker,
        () -> Awaitility.await().until(() -> "finished".equals(python.jobAsJson(id).status())));
    assertThat(python.jobAsJson(id).returnValue()).hasToString("'pong'");
  }

  @Test
  void a_worker_on_a_shared_queue_leaves_or_moves_what_it_does_not_know(
      TestRedis redis, PythonRq python) {
    String url = redis.uri().toString();
    String unknown = python.enqueue("rq4j_fixtures.tasks.add", "1, y=2");
    String known = python.enqueue("shop.ping", "");
    WorkerSnippets.startAndClose(
        WorkerSnippets.onlyRegistered(url, WorkerSnippets.typed()),
        () -> Awaitility.await().until(() -> "finished".equals(python.job(known).status())));
    assertThat(python.registries("default").get("queued")).containsExactly(unknown);
    WorkerSnippets.startAndClose(
        WorkerSnippets.unknownTo(url, WorkerSnippets.typed()),
        () ->
            Awaitility.await()
                .until(() -> List.of(unknown).equals(python.registries("python").get("queued"))));
    python.workBurst("python");
    assertThat(python.resultDifference(unknown, "3")).isEmpty();
  }
}
