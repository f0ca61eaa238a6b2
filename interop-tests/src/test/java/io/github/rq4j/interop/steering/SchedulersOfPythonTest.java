package io.github.rq4j.interop.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.rq4j.client.CronJobSnapshot;
import io.github.rq4j.client.CronSchedulerSnapshot;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.SchedulerSnapshot;
import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Schedulers and cron schedulers of real RQ as Java sees them. */
@WithPythonRq
class SchedulersOfPythonTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CRON =
      """
      from rq import cron
      from rq4j_fixtures import tasks

      cron.register(tasks.add, queue_name="default", name="sum", args=(1, 2), interval=3600)
      cron.register(tasks.echo, "low", kwargs={"value": [1, "x"]}, cron="30 4 * * *", job_timeout=9)
      cron.register(tasks.nothing, "low", args=(tasks,), cron="0 0 1 1 *")
      """;

  @TempDir private Path directory;
  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis redis) {
    client = RqClient.connect(redis.uri().toString());
  }

  private interface Check {
    void run(Process process) throws IOException;
  }

  private static void with(ProcessBuilder command, Check check)
      throws IOException, InterruptedException {
    Process process =
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      check.run(process);
    } finally {
      process.destroy();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  @EveryRqRelease
  void a_scheduler_of_a_worker_is_seen_with_its_queues(PythonRq python)
      throws IOException, InterruptedException {
    for (String queue : List.of("default", "low")) {
      python.enqueueTo(queue, "rq4j_fixtures.tasks.nothing", "", "enqueue_in=timedelta(hours=1)");
    }
    Instant before = Instant.now().minusSeconds(1);
    with(
        python.rqCommand("worker", "--with-scheduler", "default", "low"),
        process -> {
          boolean tellsMore = python.release().version().startsWith("3.");
          // It holds its queues a moment before it tells who it is.
          Awaitility.await()
              .atMost(PATIENCE)
              .until(
                  () ->
                      client.schedulers().all().stream()
                          .anyMatch(one -> !tellsMore || one.hostname() != null));
          SchedulerSnapshot scheduler = client.schedulers().all().get(0);
          assertThat(scheduler.heldQueues()).containsExactly("default", "low");
          assertThat(client.queue("low").schedulerName()).contains(scheduler.name());
          if (tellsMore) {
            assertThat(scheduler.queues()).containsExactlyInAnyOrder("default", "low");
            assertThat(scheduler.hostname()).isNotBlank();
            assertThat(scheduler.pid()).isPositive();
            assertThat(scheduler.createdAt()).isBetween(before, Instant.now().plusSeconds(1));
            assertThat(scheduler.lastHeartbeat()).isBetween(before, Instant.now().plusSeconds(1));
          } else {
            assertThat(scheduler.name()).containsOnlyDigits();
            assertThat(scheduler.createdAt()).isNull();
          }
        });
  }

  @EveryRqRelease
  void a_cron_scheduler_is_seen_with_its_jobs(PythonRq python)
      throws IOException, InterruptedException {
    assumeThat(python.release().version()).startsWith("3.");
    Path file = Files.writeString(directory.resolve("nightly.py"), CRON);
    Instant before = Instant.now().minusSeconds(1);
    with(
        python.rqCommand("cron", file.toString()),
        process -> {
          Awaitility.await()
              .atMost(PATIENCE)
              .until(() -> client.schedulers().cronJobNames().contains("sum"));
          // It tells the times of its jobs a moment after it has enqueued one.
          Awaitility.await()
              .atMost(PATIENCE)
              .until(() -> theOnlyOne().jobs().get(0).latestEnqueueTime() != null);
          CronSchedulerSnapshot seen = theOnlyOne();
          assertThat(seen.pid()).isEqualTo(process.pid());
          assertThat(seen.hostname()).isNotBlank();
          assertThat(seen.configFile()).isEqualTo(file.toString());
          assertThat(seen.createdAt()).isBetween(before, Instant.now().plusSeconds(1));
          assertThat(seen.lastHeartbeat()).isBetween(before, Instant.now().plusSeconds(1));
          assertThat(seen.jobs()).hasSize(3);
          checkJobs(seen.jobs(), before);
          List<String> enqueued = client.schedulers().cronJobIds("sum", 0, 10);
          assertThat(enqueued).containsExactlyElementsOf(client.queue("default").jobIds());
        });
  }

  private CronSchedulerSnapshot theOnlyOne() {
    List<CronSchedulerSnapshot> all = client.schedulers().cronSchedulers();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static void checkJobs(List<CronJobSnapshot> jobs, Instant before) {
    CronJobSnapshot sum = jobs.get(0);
    assertThat(sum.name()).isEqualTo("sum");
    assertThat(sum.functionName()).isEqualTo("rq4j_fixtures.tasks.add");
    assertThat(sum.queueName()).isEqualTo("default");
    assertThat(sum.args()).isEqualTo("[1, 2]");
    assertThat(sum.interval()).isEqualTo(Duration.ofHours(1));
    assertThat(sum.cron()).isNull();
    assertThat(sum.latestEnqueueTime()).isBetween(before, Instant.now().plusSeconds(1));
    assertThat(sum.nextEnqueueTime()).isAfter(Instant.now());
    CronJobSnapshot echo = jobs.get(1);
    assertThat(echo.name()).isEqualTo("rq4j_fixtures.tasks.echo");
    assertThat(echo.queueName()).isEqualTo("low");
    assertThat(echo.kwargs()).isEqualTo("{\"value\": [1, \"x\"]}");
    assertThat(echo.interval()).isNull();
    assertThat(echo.cron()).isEqualTo("30 4 * * *");
    assertThat(echo.latestEnqueueTime()).isNull();
    assertThat(echo.nextEnqueueTime()).isAfter(Instant.now());
    assertThat(jobs.get(2).args()).contains("not JSON serializable");
  }
}
