package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.cron.CronScheduler;
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

  @Test
  void a_cron_scheduler_enqueues_what_has_an_interval_at_once(TestRedis redis, PythonRq python) {
    try (CronScheduler scheduler = SchedulingSnippets.cron(redis.uri().toString())) {
      scheduler.start();
      Awaitility.await().until(() -> "1".equals(python.eval("len(queue())").repr()));
      assertThat(python.registries("low").get("queued")).isEmpty();
    }
  }
}
