package io.github.rq4j.interop.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.worker.RqWorker;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What django-rq does to jobs of Java workers, and what it shows of jobs in JSON. */
@ToolTest
@Tag("tools")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DjangoRqActionsTest {
  private ToolProcess site;

  @BeforeAll
  void open(TestRedis redis, @TempDir Path directory) {
    site = DjangoSite.serve(redis, directory);
  }

  @AfterAll
  void close() {
    site.close();
  }

  private static String job(int queue, Job job) {
    return DjangoSite.ADMIN + "queues/" + queue + "/" + job.id() + "/";
  }

  @Test
  void a_failed_job_that_is_requeued_runs_again(TestRedis redis)
      throws IOException, InterruptedException {
    try (RqClient client = RqClient.connect(redis.uri().toString())) {
      Job failed = client.queue("default").enqueue(Call.of("shop.charge").args("Ada"));
      Shop.burst(redis, new ShopTasks());

      assertThat(site.post(job(0, failed) + "requeue/")).isEqualTo(302);
      assertThat(failed.status()).isEqualTo(JobStatus.QUEUED);
      Shop.burst(redis, new ShopTasks());

      assertThat(failed.results()).hasSize(2);
    }
  }

  @Test
  void a_running_job_is_stopped(TestRedis redis) throws IOException, InterruptedException {
    ShopTasks tasks = new ShopTasks();
    try (RqClient client = RqClient.connect(redis.uri().toString());
        RqWorker worker = Shop.worker(redis, tasks).name("java-stopped-by-django").build()) {
      Job running = client.queue("default").enqueue(Call.of("shop.export"));
      worker.start();
      tasks.held.await();

      assertThat(site.post(job(0, running) + "stop/")).isEqualTo(302);

      Shop.await(running, JobStatus.STOPPED);
    }
  }

  @Test
  void jobs_in_json_are_shown_where_the_queue_is_set_to_it(TestRedis redis)
      throws IOException, InterruptedException {
    try (RqClient client = RqClient.connect(redis.uri().toString());
        RqWorker worker =
            Shop.worker(redis, new ShopTasks())
                .queues("json")
                .serializer(JsonSerializer.defaults())
                .burst(true)
                .build()) {
      Queue queue = client.queue("json").withSerializer(JsonSerializer.defaults());
      Job finished = queue.enqueue(Call.of("shop.total").args(1, 2));
      worker.runUntilShutdown();

      assertThat(new RenderedPage(site.get(job(1, finished))).text())
          .contains("Callable shop.total args 1 2 kwargs")
          .contains("Result {'total': 3}");
    }
  }

  @Test
  void the_page_of_a_worker_fails_while_it_runs_a_job_in_json(TestRedis redis)
      throws IOException, InterruptedException {
    ShopTasks tasks = new ShopTasks();
    try (RqClient client = RqClient.connect(redis.uri().toString());
        RqWorker worker =
            Shop.worker(redis, tasks)
                .queues("json")
                .name("java-json")
                .serializer(JsonSerializer.defaults())
                .build()) {
      String page = DjangoSite.ADMIN + "workers/1/rq:worker:java-json/";
      worker.start();
      assertThat(site.status(page)).isEqualTo(200);
      client
          .queue("json")
          .withSerializer(JsonSerializer.defaults())
          .enqueue(Call.of("shop.export"));
      tasks.held.await();

      assertThat(site.status(page)).isEqualTo(500);
      assertThat(site.status(DjangoSite.ADMIN + "workers/1/")).isEqualTo(200);
      tasks.release.countDown();
    }
  }
}
