package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.Result;
import io.github.rq4j.client.Retry;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.testservers.LeavesUnreadable;
import io.github.rq4j.testservers.ReadableByRq;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs that run again though they did not fail: Retry as a result, and Repeat. */
@ReadableByRq
@ExtendWith(WorkerExtension.class)
class RunAgainTest {
  private final AtomicInteger calls = new AtomicInteger();
  private Retry retry = Retry.times(2);
  private int asks = Integer.MAX_VALUE;
  private final WorkerFixture fixture;

  RunAgainTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  private RqWorkerBuilder worker() {
    Handlers handlers =
        Handlers.builder()
            .register("ask", () -> calls.incrementAndGet() <= asks ? retry : "done")
            .register("count", calls::incrementAndGet)
            .onSuccess("shop.done", (job, result) -> calls.addAndGet(100))
            .onFailure("shop.failed", (job, failure) -> calls.addAndGet(1_000))
            .build();
    return RqWorker.builder(fixture.redis.uri().toString(), handlers).name("w").burst(true);
  }

  private Job run(String function, String... fields) throws InterruptedException {
    return run(EnqueueOptions.builder(), function, fields);
  }

  private Job run(EnqueueOptions.Builder options, String function, String... fields)
      throws InterruptedException {
    Job job = fixture.enqueue("default", Call.of(function), options.jobId("j"));
    for (int i = 0; i < fields.length; i += 2) {
      fixture.redis.command("HSET", "rq:job:j", fields[i], fields[i + 1]);
    }
    try (RqWorker worker = worker().build()) {
      worker.runUntilShutdown();
    }
    return job;
  }

  private String score(String registry) {
    return String.valueOf(fixture.redis.command("ZSCORE", registry, "j"));
  }

  @Test
  void a_returned_retry_runs_the_job_again_until_it_returns_something_else()
      throws InterruptedException {
    asks = 1;
    Job job = run("ask");
    assertThat(job.result(Duration.ZERO)).isEqualTo("done");
    assertThat(fixture.hget("rq:job:j", "number_of_retries")).isEqualTo("1");
    assertThat(fixture.number("XLEN", "rq:results:j")).isEqualTo(2);
    assertThat(fixture.list("XRANGE", "rq:results:j", "-", "+").toString())
        .containsSubsequence("type, 4", "worker_name, w", "execution_id", "return_value");
    assertThat(fixture.hget("rq:worker:w", "failed_job_count")).isEqualTo("1");
    assertThat(fixture.hget("rq:worker:w", "successful_job_count")).isEqualTo("1");
  }

  @Test
  void a_retry_that_is_returned_too_often_fails_the_job_without_a_traceback()
      throws InterruptedException {
    Job job =
        run("ask", "success_callback_name", "shop.done", "failure_callback_name", "shop.failed");
    assertThat(calls).hasValue(3);
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    Result last = job.latestResult().orElseThrow();
    assertThat(last.type()).isEqualTo(Result.Type.MAX_RETRIES_EXCEEDED);
    assertThat(last.excString()).isNull();
    assertThat(fixture.hget("rq:job:j", "exc_info")).isNull();
    assertThat(fixture.hget("rq:job:j", "result")).isNull();
    assertThat(score("rq:failed:default")).isNotEqualTo("null");
    assertThat(fixture.number("TTL", "rq:job:j")).isBetween(31_535_990L, 31_536_000L);
  }

  @Test
  void an_interval_of_a_returned_retry_schedules_the_job() throws InterruptedException {
    retry = Retry.times(2).after(Duration.ofSeconds(60), Duration.ofSeconds(90));
    Job job = run("ask", "number_of_retries", "1");
    assertThat(job.status()).isEqualTo(JobStatus.SCHEDULED);
    long started = java.time.Instant.now().getEpochSecond();
    assertThat(Long.parseLong(score("rq:scheduled:default"))).isBetween(started + 85, started + 91);
    assertThat(fixture.number("EXISTS", "rq:queue:default")).isZero();
  }

  @Test
  void a_returned_retry_may_go_to_the_front() throws InterruptedException {
    asks = 1;
    retry = Retry.times(1).atFront();
    run("ask");
    assertThat(fixture.hget("rq:job:j", "enqueue_at_front_on_retry")).isEqualTo("1");
  }

  @Test
  void a_failure_ttl_of_zero_leaves_nothing_of_a_job_that_asked_too_often()
      throws InterruptedException {
    run(EnqueueOptions.builder().failureTtl(Duration.ZERO), "ask");
    assertThat(calls).hasValue(3);
    assertThat(fixture.list("KEYS", "*:j*")).isEmpty();
    assertThat(fixture.number("EXISTS", "rq:failed:default")).isZero();
  }

  @Test
  void a_serializer_that_cannot_write_a_retry_stores_the_text_of_rq() throws InterruptedException {
    asks = 1;
    io.github.rq4j.client.RqClient.Builder client =
        io.github.rq4j.client.RqClient.builder(fixture.redis.uri().toString());
    try (var json = client.serializer(JsonSerializer.defaults()).build()) {
      json.queue("default").enqueue(Call.of("ask"), EnqueueOptions.builder().jobId("j").build());
      try (RqWorker worker = worker().serializer(JsonSerializer.defaults()).maxJobs(1).build()) {
        worker.runUntilShutdown();
      }
      Result result = json.job("j").latestResult().orElseThrow();
      assertThat(result.type()).isEqualTo(Result.Type.RETRIED);
      assertThat(result.returnValue()).isEqualTo("Unserializable return value");
    }
  }

  @Test
  void a_repeated_job_runs_so_many_times_more_and_then_finishes() throws InterruptedException {
    Job job = run("count", "repeats_left", "2", "repeat_intervals", "[0]");
    assertThat(calls).hasValue(3);
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(fixture.hget("rq:job:j", "repeats_left")).isEqualTo("0");
    assertThat(fixture.number("XLEN", "rq:results:j")).isEqualTo(3);
    assertThat(fixture.number("TTL", "rq:job:j")).isBetween(490L, 500L);
  }

  @Test
  void a_repeat_with_an_interval_is_scheduled_while_its_result_can_be_read()
      throws InterruptedException {
    Job job = run("count", "repeats_left", "3", "repeat_intervals", "[60, 70]");
    assertThat(job.status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(job.latestResult().orElseThrow().returnValue()).isEqualTo(1L);
    long now = java.time.Instant.now().getEpochSecond();
    assertThat(Long.parseLong(score("rq:scheduled:default"))).isBetween(now + 55, now + 61);
    assertThat(score("rq:finished:default")).isNotEqualTo("null");
    assertThat(fixture.hget("rq:job:j", "repeats_left")).isEqualTo("2");
    assertThat(fixture.hget("rq:job:j", "repeat_intervals")).isEqualTo("[70]");
    assertThat(fixture.number("TTL", "rq:job:j")).isEqualTo(-1);
    assertThat(fixture.number("TTL", "rq:results:j")).isBetween(490L, 500L);
  }

  @Test
  void the_last_interval_of_a_repeat_stays() throws InterruptedException {
    run("count", "repeats_left", "3", "repeat_intervals", "[60]");
    assertThat(fixture.hget("rq:job:j", "repeat_intervals")).isEqualTo("[60]");
  }

  @Test
  void a_repeated_job_without_results_is_not_deleted_before_its_last_run()
      throws InterruptedException {
    run(
        EnqueueOptions.builder().resultTtl(Duration.ZERO),
        "count",
        "repeats_left",
        "1",
        "repeat_intervals",
        "[60]");
    assertThat(fixture.hget("rq:job:j", "status")).isEqualTo("scheduled");
    assertThat(fixture.number("EXISTS", "rq:results:j", "rq:finished:default")).isZero();
  }

  @Test
  void a_job_that_failed_is_not_repeated() throws InterruptedException {
    Job job = run("nope", "repeats_left", "2", "repeat_intervals", "[0]");
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(fixture.hget("rq:job:j", "repeats_left")).isEqualTo("2");
  }

  @Test
  void a_job_that_may_not_wait_for_ever_expires_while_it_waits_for_its_next_run()
      throws InterruptedException {
    run(
        EnqueueOptions.builder().ttl(Duration.ofSeconds(70)),
        "count",
        "repeats_left",
        "1",
        "repeat_intervals",
        "[60]");
    assertThat(fixture.number("TTL", "rq:job:j")).isBetween(60L, 70L);
  }

  @LeavesUnreadable("repeats that are no number")
  @Test
  void repeats_that_cannot_be_read_mean_none() throws InterruptedException {
    Job job = run("count", "repeats_left", "two");
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
  }
}
