package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.rq4j.client.Webhook;
import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.cron.CronJob;
import io.github.rq4j.worker.cron.CronScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A Java cron scheduler: Python's workers run what it enqueues, Python's readers see it. */
@WithPythonRq
class CronBesidePythonTest {
  private static final String SCHEDULERS = "import_module('rq.cron').CronScheduler.all(connection)";

  private TestRedis redis;

  @BeforeEach
  void remember(TestRedis testRedis) {
    redis = testRedis;
  }

  private CronScheduler scheduler(CronJob job) {
    return CronScheduler.builder(redis.uri().toString())
        .name("java")
        .configFile("cron.toml")
        .register(job)
        .build();
  }

  private static CronJob.Builder add() {
    return CronJob.builder("rq4j_fixtures.tasks.add").args(1).kwarg("y", 2);
  }

  private void awaitEnqueued() {
    Waiting.until(() -> Long.valueOf(1).equals(redis.command("EXISTS", "rq:queue:default")));
  }

  private String queued() {
    return String.valueOf(redis.command("LINDEX", "rq:queue:default", "0"));
  }

  @EveryRqRelease
  void what_java_enqueues_is_run_by_python(PythonRq python) {
    try (CronScheduler scheduler =
        scheduler(add().every(Duration.ofHours(1)).meta(Map.of("who", "cron")).build())) {
      scheduler.start();
      awaitEnqueued();
    }
    String id = queued();
    assertThat(python.difference(id, "meta", "{'who': 'cron'}")).isEmpty();
    python.workBurst();
    assertThat(python.resultDifference(id, "3")).isEmpty();
  }

  @EveryRqRelease
  void the_newest_rq_sees_the_scheduler_and_its_jobs(PythonRq python) {
    assumeThat(python.release().version()).startsWith("3.");
    CronJob job =
        add()
            .name("sum")
            .queue("low")
            .cron("*/5 6-18 * * mon-fri")
            .timeout(Duration.ofSeconds(10))
            .failureTtl(Duration.ofSeconds(20))
            .meta(Map.of("a", List.of(1)))
            .build();
    try (CronScheduler scheduler = scheduler(job)) {
      scheduler.start();
      assertThat(
              python
                  .eval(
                      "[(s.name, s.pid == "
                          + ProcessHandle.current().pid()
                          + ", s.config_file, s.last_heartbeat is not None) for s in "
                          + SCHEDULERS
                          + "]")
                  .repr())
          .isEqualTo("[('java', True, 'cron.toml', True)]");
      assertThat(
              python
                  .eval(
                      "[(j.name, j.func_name, j.queue_name, j.args, j.kwargs, j.cron, j.interval,"
                          + " j.job_options) for j in "
                          + SCHEDULERS
                          + "[0].get_jobs()]")
                  .repr())
          .isEqualTo(
              "[('sum', 'rq4j_fixtures.tasks.add', 'low', (1,), {'y': 2}, '*/5 6-18 * * mon-fri',"
                  + " None, {'job_timeout': 10, 'result_ttl': 500, 'failure_ttl': 20, 'meta':"
                  + " {'a': [1]}})]");
      assertThat(
              python
                  .eval(
                      "("
                          + SCHEDULERS
                          + "[0].get_jobs()[0].next_enqueue_time - datetime.now(timezone.utc))"
                          + ".total_seconds() > 0")
                  .repr())
          .isEqualTo("True");
    }
    assertThat(python.eval(SCHEDULERS).repr()).isEqualTo("[]");
  }

  @EveryRqRelease
  void the_newest_rq_reads_the_webhooks(PythonRq python) {
    assumeThat(python.release().version()).startsWith("3.");
    Webhook webhook = Webhook.onFailed("http://localhost/end").post().header("X-From", "cron");
    try (CronScheduler scheduler =
        scheduler(add().every(Duration.ofHours(1)).webhooks(webhook).build())) {
      scheduler.start();
      awaitEnqueued();
      String seen = "[(w.url, w.job_status, w.method, w.headers, w.timeout) for w in ";
      String expected = "[('http://localhost/end', 'failed', 'POST', {'X-From': 'cron'}, 10)]";
      assertThat(python.eval(seen + "job('" + queued() + "').webhooks]").repr())
          .isEqualTo(expected);
      assertThat(
              python.eval(seen + SCHEDULERS + "[0].get_jobs()[0].job_options['webhooks']]").repr())
          .isEqualTo(expected);
    }
  }

  @EveryRqRelease
  void the_newest_rq_reads_the_history(PythonRq python) {
    assumeThat(python.release().version()).startsWith("3.");
    try (CronScheduler scheduler =
        scheduler(add().name("sum").every(Duration.ofHours(1)).build())) {
      scheduler.start();
      awaitEnqueued();
      Waiting.until(
          () ->
              "True"
                  .equals(
                      python
                          .eval(SCHEDULERS + "[0].get_jobs()[0].latest_enqueue_time is not None")
                          .repr()));
    }
    String id = queued();
    assertThat(python.eval("import_module('rq.cron').get_cron_job_ids('sum', connection)").repr())
        .isEqualTo("['" + id + "']");
    assertThat(python.eval("import_module('rq.cron_job_registry').get_names(connection)").repr())
        .isEqualTo("['sum']");
  }
}
