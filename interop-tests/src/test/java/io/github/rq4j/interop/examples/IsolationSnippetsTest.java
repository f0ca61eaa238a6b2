package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.RqWorker;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the page about isolation shows, at work. */
@WithPythonRq
class IsolationSnippetsTest {
  @Test
  void functions_that_a_factory_makes_run_in_a_process_of_their_own(
      TestRedis redis, PythonRq python) {
    try (RqWorker worker = IsolationSnippets.isolated(redis.uri().toString())) {
      worker.start();
      String id = python.enqueue("tasks.total", "6, 7");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> "finished".equals(python.job(id).status()));
      assertThat(python.resultDifference(id, "42")).isEmpty();
    }
  }
}
