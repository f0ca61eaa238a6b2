package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.ReadableByRq;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** What becomes of jobs that a cold shutdown interrupts. */
@Isolated("channels belong to the server, not to a database")
@ReadableByRq
@ExtendWith(WorkerExtension.class)
class UnfinishedJobsTest {
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final WorkerFixture fixture;

  UnfinishedJobsTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  @AfterEach
  void disconnect() {
    done.countDown();
  }

  private String await() throws InterruptedException {
    entered.countDown();
    done.await();
    return "too late";
  }

  private String ignore() {
    entered.countDown();
    while (done.getCount() > 0) {
      Thread.onSpinWait();
    }
    return "too late";
  }

  private RqWorkerBuilder worker(UnfinishedJobs policy) {
    Handlers handlers =
        Handlers.builder().register("wait", this::await).register("ignore", this::ignore).build();
    return RqWorker.builder(fixture.redis.uri().toString(), handlers)
        .name("w")
        .timeoutGrace(Duration.ofMillis(50))
        .unfinishedJobs(policy);
  }

  /** Starts a worker on the job {@code j} and closes it while that runs. */
  private Job interrupted(UnfinishedJobs policy) throws InterruptedException {
    Job job = fixture.client.job("j");
    try (RqWorker worker = worker(policy).build()) {
      worker.start();
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      worker.close(Duration.ZERO);
    }
    assertThat(fixture.hget("rq:worker:w", "death")).isNotEmpty();
    return job;
  }

  private void enqueue(String function) {
    fixture.enqueue("default", Call.of(function), EnqueueOptions.builder().jobId("j"));
  }

  private Map<String, String> hash() {
    Map<String, String> hash = new TreeMap<>();
    List<?> fields = fixture.list("HGETALL", "rq:job:j");
    for (int i = 0; i < fields.size(); i += 2) {
      hash.put(String.valueOf(fields.get(i)), String.valueOf(fields.get(i + 1)));
    }
    return hash;
  }

  private void assertNothingRuns() {
    assertThat(fixture.number("EXISTS", "rq:wip:default")).isZero();
    assertThat(fixture.number("EXISTS", "rq:executions:j")).isZero();
    assertThat(fixture.hget("rq:worker:w", "current_job")).isNull();
  }

  @Test
  void it_is_left_started_as_by_rq() throws InterruptedException {
    enqueue("wait");
    assertThat(interrupted(UnfinishedJobs.LEAVE_STARTED).status()).isEqualTo(JobStatus.STARTED);
    assertThat(fixture.number("ZCARD", "rq:wip:default")).isEqualTo(1L);
  }

  @Test
  void it_has_failed_with_a_text_that_tells_why() throws InterruptedException {
    enqueue("wait");
    Job job = interrupted(UnfinishedJobs.FAIL);
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.latestResult().orElseThrow().excString())
        .contains("UnfinishedJobsTest.await\n")
        .endsWith(
            "rq.exceptions.ShutDownImminentException: worker 'w' was shut down before the job had"
                + " ended\n");
    assertNothingRuns();
  }

  @Test
  void a_failed_one_runs_again_if_it_has_retries_left() throws InterruptedException {
    enqueue("wait");
    fixture.redis.command("HSET", "rq:job:j", "retries_left", "1");
    assertThat(interrupted(UnfinishedJobs.FAIL).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(fixture.hget("rq:job:j", "retries_left")).isEqualTo("0");
  }

  @Test
  void a_requeued_one_is_first_in_its_queue_and_as_it_was_before_the_claim()
      throws InterruptedException {
    enqueue("wait");
    fixture.redis.command("HSET", "rq:job:j", "retries_left", "1");
    Map<String, String> before = hash();
    fixture.enqueue("k", Call.of("wait"));
    Job job = interrupted(UnfinishedJobs.REQUEUE);
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    Map<String, String> after = hash();
    // RQ writes what a job does not have yet as an empty text, and reads both alike.
    before.values().removeIf(String::isEmpty);
    after.values().removeIf(String::isEmpty);
    assertThat(after).isEqualTo(before);
    assertThat(fixture.list("LRANGE", "rq:queue:default", "0", "-1").toString())
        .isEqualTo("[j, k]");
    assertThat(fixture.hget("rq:worker:w", "failed_job_count")).isNull();
    assertThat(fixture.number("EXISTS", "rq:results:j")).isZero();
    assertNothingRuns();
  }

  @Test
  void a_requeued_one_gets_its_ttl_back() throws InterruptedException {
    enqueue("wait");
    fixture.redis.command("HSET", "rq:job:j", "ttl", "100");
    assertThat(interrupted(UnfinishedJobs.REQUEUE).status()).isEqualTo(JobStatus.QUEUED);
    assertThat(fixture.number("TTL", "rq:job:j")).isBetween(90L, 100L);
  }

  @Test
  void one_that_ignores_the_interruption_is_requeued_all_the_same() throws InterruptedException {
    enqueue("ignore");
    assertThat(interrupted(UnfinishedJobs.REQUEUE).status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void one_that_is_no_longer_this_workers_is_not_requeued() throws InterruptedException {
    enqueue("wait");
    try (RqWorker worker = worker(UnfinishedJobs.REQUEUE).build()) {
      worker.start();
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      fixture.redis.command("DEL", "rq:wip:default");
      fixture.redis.command("HSET", "rq:job:j", "status", "failed");
      worker.close(Duration.ZERO);
    }
    assertThat(fixture.client.job("j").status()).isEqualTo(JobStatus.FAILED);
    assertThat(fixture.number("LLEN", "rq:queue:default")).isZero();
  }

  @Test
  void the_job_of_a_single_slot_that_is_shut_down_cold_is_requeued() throws InterruptedException {
    try (RqWorker worker = worker(UnfinishedJobs.REQUEUE).concurrency(2).build()) {
      worker.start();
      enqueue("wait");
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      String first = String.valueOf(fixture.hget("rq:job:j", "worker_name"));
      WorkerFixture.await()
          .until(
              () -> {
                fixture.number("PUBLISH", "rq:pubsub:" + first, "{\"command\": \"shutdown\"}");
                return fixture.hget("rq:worker:" + first, "death") != null;
              });
      // The other slot runs it now.
      WorkerFixture.await().until(() -> !first.equals(fixture.hget("rq:job:j", "worker_name")));
      done.countDown();
      fixture.awaitStatus(fixture.client.job("j"), JobStatus.FINISHED);
    }
  }
}
