package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.LeavesUnreadable;
import io.github.rq4j.testservers.ReadableByRq;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What callbacks are given, when they are called, and what becomes of the job when they fail. */
@ReadableByRq
@ExtendWith(WorkerExtension.class)
class CallbackTest {
  private static final String HANDLING =
      "\nDuring handling of the above exception, another exception occurred:\n\n";
  private static final String TIMEOUT =
      "rq.timeouts.JobTimeoutException: Task exceeded maximum timeout value (1 seconds)\n";

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final AtomicBoolean finish = new AtomicBoolean();
  private final WorkerFixture fixture;

  CallbackTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  @AfterEach
  void disconnect() {
    finish.set(true);
  }

  private Handlers.Builder handlers() {
    return Handlers.builder()
        .register("ok", () -> 7L)
        .register(
            "boom",
            () -> {
              throw new IllegalStateException("kaput");
            })
        .register("spin", this::spin)
        .register("sleep", CallbackTest::sleep);
  }

  private Object spin() {
    while (!finish.get()) {
      Thread.onSpinWait();
    }
    return "late";
  }

  private static Object sleep() throws InterruptedException {
    new CountDownLatch(1).await(30, TimeUnit.SECONDS);
    return "never";
  }

  private Job enqueue(String function, String... fields) {
    Job job = fixture.enqueue("j", Call.of(function));
    for (int i = 0; i < fields.length; i += 2) {
      fixture.redis.command("HSET", "rq:job:j", fields[i], fields[i + 1]);
    }
    return job;
  }

  private void burst(Handlers.Builder handlers) throws InterruptedException {
    try (RqWorker worker = worker(handlers).build()) {
      worker.runUntilShutdown();
    }
  }

  private RqWorkerBuilder worker(Handlers.Builder handlers) {
    return RqWorker.builder(fixture.redis.uri().toString(), handlers.build())
        .name("w")
        .burst(true)
        .timeoutGrace(Duration.ofMillis(100));
  }

  private static String excString(Job job) {
    return String.valueOf(job.latestResult().orElseThrow().excString());
  }

  @Test
  void a_success_callback_gets_the_result_while_the_job_is_still_started()
      throws InterruptedException {
    Job job = enqueue("ok", "success_callback_name", "shop.done");
    burst(
        handlers()
            .onSuccess(
                "shop.done",
                (ended, result) ->
                    seen.add(ended.functionName() + " " + result + " " + job.status())));
    assertThat(seen).containsExactly("ok 7 STARTED");
    assertThat(job.result(Duration.ZERO)).isEqualTo(7L);
  }

  @Test
  void callbacks_run_in_the_thread_of_their_job() throws InterruptedException {
    enqueue("ok", "success_callback_name", "shop.done");
    burst(
        handlers()
            .onSuccess("shop.done", (ended, result) -> seen.add(Thread.currentThread().getName())));
    assertThat(seen).containsExactly("rq-worker-w-job-1");
  }

  @Test
  void a_success_callback_that_raises_fails_the_job_and_calls_the_failure_callback()
      throws InterruptedException {
    Job job =
        enqueue("ok", "success_callback_name", "shop.done", "failure_callback_name", "shop.failed");
    burst(
        handlers()
            .onSuccess(
                "shop.done",
                (ended, result) -> {
                  throw new java.io.IOException("no disk");
                })
            .onFailure(
                "shop.failed",
                (ended, failure) -> seen.add(failure.type() + "/" + failure.message())));
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(excString(job)).endsWith("java.io.IOException: no disk\n").doesNotContain(HANDLING);
    assertThat(seen).containsExactly("java.io.IOException/no disk");
    assertThat(fixture.number("EXISTS", "rq:finished:default")).isZero();
  }

  @Test
  void a_success_callback_that_takes_too_long_fails_the_job() throws InterruptedException {
    Job job = enqueue("ok", "success_callback_name", "shop.done", "success_callback_timeout", "1");
    burst(handlers().onSuccess("shop.done", (ended, result) -> sleep()));
    assertThat(excString(job)).contains("in io.github.rq4j.worker.CallbackTest.sleep\n");
    assertThat(excString(job)).endsWith(TIMEOUT);
  }

  @Test
  void a_success_callback_that_never_comes_back_does_not_keep_the_slot()
      throws InterruptedException {
    Job job =
        enqueue(
            "ok",
            "success_callback_name",
            "shop.done",
            "success_callback_timeout",
            "1",
            "failure_callback_name",
            "shop.failed");
    Job next = fixture.enqueue("n", Call.of("ok"));
    burst(
        handlers()
            .onSuccess("shop.done", (ended, result) -> spin())
            .onFailure("shop.failed", (ended, failure) -> seen.add(failure.type())));
    assertThat(excString(job)).endsWith(TIMEOUT);
    assertThat(seen).containsExactly("rq.timeouts.JobTimeoutException");
    assertThat(next.result(Duration.ZERO)).isEqualTo(7L);
    assertThat(fixture.hget("rq:worker:w", "successful_job_count")).isEqualTo("1");
  }

  @Test
  void a_failure_callback_runs_for_every_attempt() throws InterruptedException {
    enqueue("boom", "failure_callback_name", "shop.failed", "retries_left", "2");
    burst(
        handlers()
            .onFailure(
                "shop.failed",
                (ended, failure) -> seen.add(failure.message() + " " + ended.retriesLeft())));
    assertThat(seen).containsExactly("kaput 2", "kaput 1", "kaput 0");
  }

  @Test
  void a_failure_callback_is_given_what_was_thrown_and_the_text_to_be_stored()
      throws InterruptedException {
    Job job = enqueue("boom", "failure_callback_name", "shop.failed");
    List<JobFailure> failures = new ArrayList<>();
    burst(handlers().onFailure("shop.failed", (ended, failure) -> failures.add(failure)));
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).exception()).isInstanceOf(IllegalStateException.class);
    assertThat(failures.get(0).type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(excString(job)).isEqualTo(failures.get(0).traceback());
  }

  @Test
  void a_failure_callback_that_raises_is_told_behind_the_failure_itself()
      throws InterruptedException {
    Job job = enqueue("boom", "failure_callback_name", "shop.failed");
    burst(
        handlers()
            .onFailure(
                "shop.failed",
                (ended, failure) -> {
                  throw new java.io.IOException("no mail");
                }));
    assertThat(excString(job))
        .contains("java.lang.IllegalStateException: kaput\n" + HANDLING + "Traceback (most")
        .endsWith("java.io.IOException: no mail\n");
  }

  @Test
  void a_failure_callback_also_runs_where_the_function_never_comes_back()
      throws InterruptedException {
    Job job = enqueue("spin", "failure_callback_name", "shop.failed", "timeout", "1");
    burst(
        handlers()
            .onFailure(
                "shop.failed",
                (ended, failure) ->
                    seen.add(ended.functionName() + " " + failure.message() + " " + job.status())));
    assertThat(seen)
        .containsExactly("spin Task exceeded maximum timeout value (1 seconds) STARTED");
    assertThat(excString(job)).endsWith(TIMEOUT);
  }

  @Test
  void the_interruption_of_a_callback_does_not_hit_what_follows() throws InterruptedException {
    Job job =
        enqueue(
            "ok",
            "success_callback_name",
            "shop.done",
            "success_callback_timeout",
            "1",
            "failure_callback_name",
            "shop.failed");
    burst(
        handlers()
            .onSuccess("shop.done", (ended, result) -> sleep())
            .onFailure(
                "shop.failed",
                (ended, failure) -> seen.add("" + Thread.currentThread().isInterrupted())));
    assertThat(seen).containsExactly("false");
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void a_callback_sees_the_job_as_it_was_enqueued() throws InterruptedException {
    Job job =
        fixture.enqueue(
            "mail",
            Call.of("ok"),
            io.github.rq4j.client.EnqueueOptions.builder().jobId("j").meta(Map.of("who", "ada")));
    fixture.redis.command("HSET", "rq:job:j", "success_callback_name", "shop.done");
    List<ExecutedJob> jobs = new ArrayList<>();
    Handlers.Builder handlers =
        handlers().onSuccess("shop.done", (ended, result) -> jobs.add(ended));
    try (RqWorker worker = worker(handlers).queues("mail").build()) {
      worker.runUntilShutdown();
    }
    ExecutedJob ended = jobs.get(0);
    assertThat(ended.id()).isEqualTo(job.id());
    assertThat(ended.queue()).isEqualTo("mail");
    assertThat(ended.workerName()).isEqualTo("w");
    assertThat(ended.description()).isEqualTo("ok()");
    assertThat(ended.meta()).isEqualTo(Map.of("who", "ada"));
    assertThat(ended.arguments().orElseThrow().args()).isEmpty();
    assertThat(ended.enqueuedAt()).isNotNull().isBeforeOrEqualTo(ended.startedAt());
  }

  @Test
  void a_failure_callback_is_called_for_a_job_whose_data_cannot_be_read()
      throws InterruptedException {
    enqueue("ok", "data", "no pickle", "failure_callback_name", "shop.failed");
    burst(
        handlers()
            .onFailure(
                "shop.failed",
                (ended, failure) -> seen.add(ended.functionName() + " " + failure.type())));
    assertThat(seen).containsExactly("<DeserializationError> rq.exceptions.DeserializationError");
  }

  @Test
  void a_success_callback_without_a_function_fails_the_job_and_says_what_to_do()
      throws InterruptedException {
    Job job = enqueue("ok", "success_callback_name", "shop.unknown");
    burst(handlers());
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(excString(job))
        .contains("ValueError: Invalid attribute name: shop.unknown (no Java function")
        .contains("Handlers.Builder.onSuccess");
  }

  @Test
  void a_failure_callback_without_a_function_is_told_behind_the_failure()
      throws InterruptedException {
    Job job = enqueue("boom", "failure_callback_name", "shop.unknown");
    burst(handlers());
    assertThat(excString(job))
        .contains("java.lang.IllegalStateException: kaput\n" + HANDLING)
        .contains("ValueError: Invalid attribute name: shop.unknown (no Java function");
  }

  @LeavesUnreadable("a timeout that is no number")
  @Test
  void a_timeout_of_a_callback_that_cannot_be_read_counts_as_absent() throws InterruptedException {
    Job job = enqueue("ok", "success_callback_name", "shop.done", "success_callback_timeout", "1m");
    burst(handlers().onSuccess("shop.done", (ended, result) -> seen.add("called")));
    assertThat(seen).containsExactly("called");
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
  }

  @Test
  void callbacks_of_one_name_and_kind_cannot_be_registered_twice() {
    Handlers.Builder handlers = handlers().onStopped("shop.done", ended -> {});
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> handlers.onStopped("shop.done", ended -> {}))
        .hasMessage("two stopped callbacks are registered as 'shop.done'");
  }
}
