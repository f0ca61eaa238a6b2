package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the pages about callbacks and retries show, at work. */
@WithPythonRq
class CallbackSnippetsTest {
  private final List<String> mails = Collections.synchronizedList(new ArrayList<>());

  private static void burst(TestRedis redis, Handlers handlers) throws InterruptedException {
    try (RqWorker worker = RqWorker.builder(redis.uri().toString(), handlers).burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  private static void runUntilEnded(RqWorker worker, PythonRq python, String id) {
    try (worker) {
      worker.start();
      Awaitility.await()
          .until(() -> List.of("finished", "failed").contains(python.job(id).status()));
    }
  }

  @Test
  void callbacks_are_called_under_their_python_names(TestRedis redis, PythonRq python)
      throws InterruptedException {
    String options =
        "on_success=Callback('shop.tasks.shipped'), on_failure=Callback('shop.tasks.not_shipped')";
    python.enqueue("shop.tasks.ship", "'A-1'", options);
    python.enqueue("shop.tasks.ship", "", options);
    burst(redis, CallbackSnippets.callbacks(mails::add));
    assertThat(mails)
        .containsExactly(
            "shipped: A-1!",
            "shop.tasks.ship: ship() missing 1 required positional argument: 'order'");
  }

  @Test
  void callbacks_of_python_are_handed_over(TestRedis redis, PythonRq python) {
    String id =
        python.enqueue(
            "shop.tasks.ship", "'A-1'", "on_success=Callback('rq4j_fixtures.tasks.note_success')");
    runUntilEnded(
        CallbackSnippets.handedOver(redis.uri().toString(), CallbackSnippets.callbacks(mails::add)),
        python,
        id);
    python.workBurst("callbacks");
    assertThat(redis.command("GET", "rq4j:success:" + id)).isEqualTo("'A-1!'");
  }

  @Test
  void exception_handlers_are_called_before_the_failure_is_stored(
      TestRedis redis, PythonRq python) {
    String id = python.enqueue("shop.tasks.find", "7");
    runUntilEnded(
        CallbackSnippets.watched(redis.uri().toString(), mails::add, List.of()), python, id);
    assertThat(mails).containsExactly(python.job(id).excInfo());
  }

  @Test
  void a_mapped_exception_reads_as_the_page_shows(TestRedis redis, PythonRq python)
      throws InterruptedException {
    String id = python.enqueue("shop.tasks.find", "7");
    burst(redis, CallbackSnippets.mapped(List.of()));
    assertThat(python.job(id).latestResult().orElseThrow().excString())
        .contains(
            """

            java.util.NoSuchElementException: No value present

            The above exception was the direct cause of the following exception:

            """)
        .endsWith("\nshop.errors.NotFound: No value present\n");
  }

  @Test
  void a_returned_retry_schedules_the_next_run(TestRedis redis, PythonRq python)
      throws InterruptedException {
    String id = python.enqueue("shop.tasks.remind", "2");
    burst(redis, CallbackSnippets.retried(mails::add));
    assertThat(mails).containsExactly("please pay");
    assertThat(python.job(id).status()).isEqualTo("scheduled");
  }
}
