package io.github.rq4j.interop.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobRegistry;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.worker.RqWorker;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rq-dashboard does to jobs, and what it cannot show, be the worker Java's or Python's. */
@ToolTest
@Tag("tools")
class RqDashboardActionsTest {

  private static PythonRq python(TestRedis redis) {
    return PythonRq.start(RqDashboard.tool().release(), RqDashboard.tool().prepare(), redis.uri());
  }

  @Test
  void a_failed_job_that_is_requeued_runs_again_with_its_meta(TestRedis redis)
      throws IOException, InterruptedException {
    try (RqClient client = RqClient.connect(redis.uri().toString());
        ToolProcess dashboard = RqDashboard.serve(redis)) {
      Map<String, String> meta = Map.of("order", "ä-1");
      Job job =
          client
              .queue("default")
              .enqueue(
                  Call.of("shop.charge").args("Ada"), EnqueueOptions.builder().meta(meta).build());
      Shop.burst(redis, new ShopTasks());
      assertThat(job.status()).isEqualTo(JobStatus.FAILED);

      assertThat(dashboard.post("job/" + job.id() + "/requeue")).isEqualTo(200);
      assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
      Shop.burst(redis, new ShopTasks());

      assertThat(job.results()).hasSize(2);
      assertThat(job.meta()).isEqualTo(meta);
      assertThat(client.queue("default").registry(JobRegistry.Kind.FAILED).jobIds(0, 10))
          .containsExactly(job.id());
    }
  }

  @Test
  void the_page_of_a_job_with_a_dependency_fails_whoever_enqueued_it(TestRedis redis)
      throws IOException, InterruptedException {
    try (RqClient client = RqClient.connect(redis.uri().toString());
        PythonRq python = python(redis);
        ToolProcess dashboard = RqDashboard.serve(redis)) {
      Job first = client.queue("default").enqueue(Call.of("shop.total").args(1, 2));
      Job ours =
          client
              .queue("default")
              .enqueue(
                  Call.of("shop.total").args(1, 2),
                  EnqueueOptions.builder().dependsOn(first).build());
      String theirs =
          python.enqueue("rq4j_fixtures.tasks.nothing", "", "depends_on='" + first.id() + "'");

      assertThat(dashboard.status("0/data/job/" + first.id() + ".json")).isEqualTo(200);
      assertThat(dashboard.status("0/data/job/" + ours.id() + ".json")).isEqualTo(500);
      assertThat(dashboard.status("0/data/job/" + theirs + ".json")).isEqualTo(500);
    }
  }

  @Test
  void the_page_of_a_job_fails_whose_meta_cannot_be_written_in_json(TestRedis redis)
      throws IOException, InterruptedException {
    try (RqClient client = RqClient.connect(redis.uri().toString());
        PythonRq python = python(redis);
        ToolProcess dashboard = RqDashboard.serve(redis)) {
      Map<String, ?> meta = Map.of("day", LocalDate.of(2026, 2, 28));
      Job ours =
          client
              .queue("default")
              .enqueue(
                  Call.of("shop.total").args(1, 2), EnqueueOptions.builder().meta(meta).build());
      String theirs =
          python.enqueue("rq4j_fixtures.tasks.nothing", "", "meta={'day': datetime.now().date()}");

      assertThat(dashboard.status("0/data/job/" + ours.id() + ".json")).isEqualTo(500);
      assertThat(dashboard.status("0/data/job/" + theirs + ".json")).isEqualTo(500);
    }
  }

  /** A job's page and the list of finished jobs need its result, workers its arguments. */
  @ParameterizedTest
  @CsvSource({
    "pickle, default, 200, 200",
    "pickle, --json, 500, 200",
    "json, default, 500, 500",
    "json, --json, 200, 500",
  })
  void it_reads_one_serializer_and_workers_of_pickled_jobs_alone(
      String serializer, String option, int withResult, int workers, TestRedis redis)
      throws IOException, InterruptedException {
    ShopTasks tasks = new ShopTasks();
    Serializer used =
        serializer.equals("json") ? JsonSerializer.defaults() : PickleSerializer.defaults();
    try (RqClient client = RqClient.connect(redis.uri().toString());
        RqWorker worker = Shop.worker(redis, tasks).serializer(used).build();
        ToolProcess dashboard =
            option.equals("default")
                ? RqDashboard.serve(redis)
                : RqDashboard.serve(redis, option)) {
      Queue queue = client.queue("default").withSerializer(used);
      Job job = queue.enqueue(Call.of("shop.total").args(1, 2));
      queue.enqueue(Call.of("shop.export"));
      worker.start();
      tasks.held.await();

      assertThat(dashboard.status("0/data/job/" + job.id() + ".json")).isEqualTo(withResult);
      assertThat(dashboard.status("0/data/jobs/default/finished/8/asc/1.json"))
          .isEqualTo(withResult);
      assertThat(dashboard.status("0/data/workers.json")).isEqualTo(workers);
      assertThat(dashboard.status("0/data/queues.json")).isEqualTo(200);
      assertThat(dashboard.status("0/data/jobs/default/started/8/asc/1.json")).isEqualTo(200);
      tasks.release.countDown();
    }
  }

  @Test
  void it_cannot_show_python_workers_that_run_jobs_in_json_either(TestRedis redis)
      throws IOException, InterruptedException {
    try (PythonRq python = python(redis);
        ToolProcess dashboard = RqDashboard.serve(redis)) {
      String id = python.enqueueAsJson("default", "rq4j_fixtures.tasks.sleep", "60", "");
      try (ToolProcess worker =
          ToolProcess.start(python.rqCommand("worker", "--serializer", "json", "default"))) {
        worker.await(() -> "started".equals(redis.command("HGET", "rq:job:" + id, "status")));

        assertThat(dashboard.status("0/data/workers.json")).isEqualTo(500);
      }
    }
  }
}
