package io.github.rq4j.interop.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.local.CommandResult;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.RqTool;
import io.github.rq4j.testservers.RqTools;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.worker.RqWorker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Jobs that rq-scheduler enqueues again and again, run by a Java worker. */
@ToolTest
class RqSchedulerTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String SCHEDULED = "rq:scheduler:scheduled_jobs";

  private static PythonRq python(TestRedis redis) {
    RqTool tool = RqTools.ofThisProject().named("rq-scheduler");
    return PythonRq.start(tool.release(), tool.prepare(), redis.uri());
  }

  /** The scheduler itself, which looks at its jobs five times a second. */
  private static ToolProcess scheduler(PythonRq python, TestRedis redis) {
    return ToolProcess.start(
        python
            .environment()
            .command("rqscheduler", "--url", redis.uri().toString(), "--interval", "0.2"));
  }

  /** Schedules a call; returns the job's id. */
  private static String schedule(PythonRq python, String method, String arguments) {
    return python
        .eval(
            "import_module('rq_scheduler').Scheduler(connection=connection)."
                + method
                + "("
                + arguments
                + ").id")
        .repr()
        .replace("'", "");
  }

  @Test
  void a_job_that_is_due_is_run_once_and_is_gone_from_the_schedule(TestRedis redis)
      throws InterruptedException {
    try (PythonRq python = python(redis);
        RqClient client = RqClient.connect(redis.uri().toString());
        RqWorker worker = Shop.worker(redis, new ShopTasks()).name("java-once").build();
        ToolProcess scheduler = scheduler(python, redis)) {
      worker.start();
      Job job = client.job(schedule(python, "enqueue_in", "timedelta(0), 'shop.total', 40, vat=2"));

      scheduler.await(() -> job.exists() && job.status() == JobStatus.FINISHED);

      assertThat(python.job(job.id()).latestResult().orElseThrow().returnValue().repr())
          .isEqualTo("{'total': 42}");
      assertThat(job.results()).hasSize(1);
      scheduler.await(() -> Long.valueOf(0).equals(redis.command("ZCARD", SCHEDULED)));
    }
  }

  @Test
  void a_job_with_an_interval_runs_again_under_its_id_with_its_meta_and_never_expires(
      TestRedis redis) throws InterruptedException {
    ShopTasks tasks = new ShopTasks();
    try (PythonRq python = python(redis);
        RqClient client = RqClient.connect(redis.uri().toString());
        RqWorker worker = Shop.worker(redis, tasks).name("java-interval").build();
        ToolProcess scheduler = scheduler(python, redis)) {
      worker.start();
      Job job =
          client.job(
              schedule(
                  python,
                  "schedule",
                  "datetime.utcnow(), 'shop.remember', interval=1, meta={'shop': 'Köln'}"));
      String meta = String.valueOf(redis.command("HGET", "rq:job:" + job.id(), "meta"));

      scheduler.await(() -> tasks.metas.size() >= 3);

      assertThat(tasks.metas)
          .allSatisfy(
              seen ->
                  assertThat(seen)
                      .extractingByKeys("shop", "interval")
                      .containsExactly("Köln", 1L));
      assertThat(redis.command("HGET", "rq:job:" + job.id(), "meta")).isEqualTo(meta);
      assertThat(redis.command("TTL", "rq:job:" + job.id())).isEqualTo(-1L);
      assertThat(redis.command("ZSCORE", SCHEDULED, job.id())).isNotNull();
    }
  }

  @Test
  void a_job_with_a_number_of_repetitions_runs_so_often(TestRedis redis)
      throws InterruptedException {
    ShopTasks tasks = new ShopTasks();
    try (PythonRq python = python(redis);
        RqWorker worker = Shop.worker(redis, tasks).name("java-repeat").build();
        ToolProcess scheduler = scheduler(python, redis)) {
      worker.start();
      schedule(python, "schedule", "datetime.utcnow(), 'shop.remember', interval=1, repeat=2");

      scheduler.await(() -> Long.valueOf(0).equals(redis.command("ZCARD", SCHEDULED)));
      scheduler.await(() -> tasks.metas.size() >= 2);

      assertThat(tasks.metas).extracting(meta -> meta.get("repeat")).containsExactly(1L, 0L);
    }
  }

  @Test
  void a_cron_job_stays_scheduled_after_each_run(TestRedis redis) throws InterruptedException {
    try (PythonRq python = python(redis);
        RqClient client = RqClient.connect(redis.uri().toString());
        RqWorker worker = Shop.worker(redis, new ShopTasks()).name("java-cron-job").build();
        ToolProcess scheduler = scheduler(python, redis)) {
      worker.start();
      Job job =
          client.job(
              schedule(python, "cron", "'0 3 * * *', 'shop.total', args=(1, 2), id='nightly'"));
      for (int runs = 1; runs <= 2; runs++) {
        int expected = runs;
        redis.command("ZADD", SCHEDULED, "XX", "1", job.id());
        scheduler.await(() -> job.results().size() == expected);
      }

      assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
      assertThat(redis.command("TTL", "rq:job:" + job.id())).isEqualTo(-1L);
      assertThat(Double.parseDouble(String.valueOf(redis.command("ZSCORE", SCHEDULED, job.id()))))
          .isGreaterThan(1);
    }
  }

  @Test
  void a_job_in_json_ends_the_scheduler_whoever_made_it(TestRedis redis) {
    try (PythonRq python = python(redis)) {
      String id = python.enqueueAsJson("default", "shop.total", "1, 2", "");
      redis.command("ZADD", SCHEDULED, "1", id);

      CommandResult ended =
          python
              .environment()
              .run(LIMIT, "rqscheduler", "--url", redis.uri().toString(), "--burst");

      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.stderr()).contains("DeserializationError");
      assertThat(redis.command("ZSCORE", SCHEDULED, id)).isEqualTo("1");
    }
  }
}
