package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is called for jobs that maintenance takes over. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class LostJobCallsTest {
  private static final String TEXT =
      "Moved to FailedJobRegistry, due to AbandonedJobError, at 2026-11-22 03:00:55.054295+00:00";

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final List<JobFailure> failures = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch never = new CountDownLatch(1);
  private final UpkeepFixture fixture;

  LostJobCallsTest(UpkeepFixture fixture) {
    this.fixture = fixture;
  }

  @AfterEach
  void disconnect() {
    never.countDown();
  }

  private RqWorkerBuilder worker(FailureCallback callback) {
    Handlers handlers =
        Handlers.builder()
            .register("note", Parameter.of("what", String.class), what -> seen.add("ran " + what))
            .onFailure("shop.failed", callback)
            .build();
    return RqWorker.builder(fixture.redis.uri().toString(), handlers)
        .name("w")
        .clock(fixture.clock)
        .timeoutGrace(Duration.ofMillis(50));
  }

  private static void burst(RqWorkerBuilder builder) throws InterruptedException {
    try (RqWorker worker = builder.burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  private void note(ExecutedJob job, JobFailure failure) {
    seen.add("callback " + job.id());
    failures.add(failure);
  }

  private void ignoreInterruptions() {
    boolean released = false;
    while (!released) {
      try {
        released = never.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        seen.add("interrupted");
      }
    }
  }

  @Test
  void the_java_callback_of_an_abandoned_job_is_told_an_abandoned_job_error()
      throws InterruptedException {
    fixture.abandoned("j", "failure_callback_name", "shop.failed");
    burst(worker(this::note));
    assertThat(fixture.status("j")).isEqualTo("failed");
    assertThat(failures)
        .containsExactly(new JobFailure("rq.exceptions.AbandonedJobError", "", TEXT, null));
  }

  @Test
  void the_callback_sees_the_job_and_its_lost_run() throws InterruptedException {
    fixture.abandoned(
        "j", "failure_callback_name", "shop.failed", "started_at", "2026-11-22T02:00:00.000000Z");
    burst(
        worker(
            (job, failure) ->
                seen.add(
                    String.join(
                        " ",
                        job.queue(),
                        job.executionId(),
                        job.workerName(),
                        job.functionName(),
                        job.startedAt().toString()))));
    assertThat(seen).containsExactly("default x1 gone note 2026-11-22T02:00:00Z");
  }

  @Test
  void a_job_that_is_kept_no_longer_is_seen_by_its_callback_all_the_same()
      throws InterruptedException {
    fixture.abandoned("j", "failure_callback_name", "shop.failed", "failure_ttl", "0");
    burst(worker((job, failure) -> seen.add(String.valueOf(job.arguments().isPresent()))));
    assertThat(seen).containsExactly("true");
    assertThat(fixture.exists("rq:job:j")).isFalse();
  }

  @Test
  void the_exception_handlers_follow_until_one_says_no() throws InterruptedException {
    fixture.abandoned("j", "failure_callback_name", "shop.failed");
    burst(
        worker(this::note)
            .exceptionHandler((job, failure) -> seen.add("first " + failure.type()))
            .exceptionHandler((job, failure) -> !seen.add("second"))
            .exceptionHandler((job, failure) -> seen.add("third")));
    assertThat(seen)
        .containsExactly("callback j", "first rq.exceptions.AbandonedJobError", "second");
  }

  @Test
  void a_job_that_is_retried_is_told_of_as_well() throws InterruptedException {
    fixture.abandoned(
        "j",
        "failure_callback_name",
        "shop.failed",
        "retries_left",
        "1",
        "retry_intervals",
        "[100]");
    burst(worker(this::note).exceptionHandler((job, failure) -> seen.add("handler " + job.id())));
    assertThat(fixture.status("j")).isEqualTo("scheduled");
    assertThat(seen).containsExactly("callback j", "handler j");
    assertThat(failures.get(0).traceback()).isEqualTo("rq.exceptions.AbandonedJobError");
  }

  @Test
  void what_a_callback_raises_stops_neither_the_handlers_nor_other_jobs()
      throws InterruptedException {
    fixture.abandoned("a", "failure_callback_name", "shop.failed");
    fixture.abandoned("b", "failure_callback_name", "shop.failed");
    burst(
        worker(
                (job, failure) -> {
                  throw new IllegalStateException("in the callback");
                })
            .exceptionHandler((job, failure) -> seen.add(job.id())));
    assertThat(seen).containsExactlyInAnyOrder("a", "b");
    assertThat(fixture.worker.client.job("a").latestResult().orElseThrow().excString())
        .isEqualTo(TEXT);
  }

  @Test
  void a_callback_that_does_not_come_back_holds_up_neither_jobs_nor_the_other_callbacks()
      throws InterruptedException {
    fixture.abandoned("a", "failure_callback_name", "shop.failed", "failure_callback_timeout", "1");
    fixture.abandoned("b");
    fixture.waiting("c");
    burst(
        worker((job, failure) -> ignoreInterruptions())
            .exceptionHandler((job, failure) -> seen.add("handler " + job.id())));
    assertThat(fixture.status("b")).isEqualTo("failed");
    assertThat(seen).contains("ran c", "interrupted", "handler a", "handler b");
  }

  @Test
  void a_worker_does_not_wait_for_callbacks_beyond_its_shutdown_timeout()
      throws InterruptedException {
    fixture.abandoned(
        "a", "failure_callback_name", "shop.failed", "failure_callback_timeout", "-1");
    burst(worker((job, failure) -> ignoreInterruptions()).shutdownTimeout(Duration.ofMillis(100)));
    assertThat(never.getCount()).isEqualTo(1);
    assertThat(fixture.status("a")).isEqualTo("failed");
  }

  @Test
  void a_callback_without_a_java_function_is_handed_over_to_python() throws InterruptedException {
    fixture.abandoned("j", "failure_callback_name", "shop.other", "failure_callback_timeout", "9");
    burst(worker(this::note).callbackQueue("py"));
    assertThat(fixture.status("j")).isEqualTo("failed");
    List<?> ids = fixture.worker.list("LRANGE", "rq:queue:py", "0", "-1");
    assertThat(ids).hasSize(1);
    byte[] data =
        Objects.requireNonNull(fixture.redis.bytes("HGET", "rq:job:" + ids.get(0), "data"));
    assertThat(
            new JobDataFormat(PickleSerializer.defaults(), CodecLimits.defaults())
                .decode(data)
                .args())
        .containsExactly(
            "failure", "shop.other", "j", "x1", "rq.exceptions.AbandonedJobError", "", TEXT);
    assertThat(fixture.worker.hget("rq:job:" + ids.get(0), "timeout")).isEqualTo("9");
    assertThat(seen).isEmpty();
  }

  @Test
  void nothing_is_handed_over_for_an_entry_that_is_only_stale() throws InterruptedException {
    fixture.abandoned("j", "failure_callback_name", "shop.other", "status", "finished");
    burst(worker(this::note).callbackQueue("py"));
    assertThat(fixture.exists("rq:queue:py")).isFalse();
  }

  @Test
  void a_callback_that_nobody_can_call_does_not_keep_the_job_from_failing()
      throws InterruptedException {
    fixture.abandoned("j", "failure_callback_name", "shop.other");
    burst(worker(this::note).exceptionHandler((job, failure) -> seen.add(job.id())));
    assertThat(fixture.status("j")).isEqualTo("failed");
    assertThat(seen).containsExactly("j");
  }

  @Test
  void nothing_is_called_for_a_stuck_job_as_in_rq() throws InterruptedException {
    fixture.taken("j", "failure_callback_name", "shop.failed");
    fixture.redis.command(
        "SET",
        "rq:queue:default:intermediate:first_seen:j",
        Long.toString(UpkeepFixture.NOW_SECONDS - 61));
    burst(
        worker(this::note)
            .callbackQueue("py")
            .exceptionHandler((job, failure) -> seen.add(job.id())));
    assertThat(fixture.status("j")).isEqualTo("failed");
    assertThat(seen).isEmpty();
    assertThat(fixture.exists("rq:queue:py")).isFalse();
  }
}
