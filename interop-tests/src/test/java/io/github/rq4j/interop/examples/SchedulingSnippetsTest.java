package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.RqWorker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the page about scheduling shows, at work. */
@WithPythonRq
class SchedulingSnippetsTest {

  @Test
  void a_worker_with_a_scheduler_runs_scheduled_jobs(TestRedis redis, PythonRq python) {
    String id = python.enqueue("shop.ping", "", "enqueue_in=timedelta(seconds=1)");
    try (RqWorker worker =
        SchedulingSnippets.scheduling(redis.uri().toString(), WorkerSnippets.typed())) {
      worker.start();
      Awaitility.await().until(() -> "finished".equals(python.job(id).status()));
    }
    assertThat(python.resultDifference(id, "'pong'")).isEmpty();
  }
}
