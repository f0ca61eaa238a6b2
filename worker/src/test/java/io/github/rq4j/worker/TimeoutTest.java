package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.ReadableByRq;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of jobs that run longer than they may. */
@ReadableByRq
@ExtendWith(WorkerExtension.class)
class TimeoutTest {
  private static final String TEXT =
      "rq.timeouts.JobTimeoutException: Task exceeded maximum timeout value (1 seconds)\n";

  private final CountDownLatch done = new CountDownLatch(1);
  private final WorkerFixture fixture;

  TimeoutTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  @AfterEach
  void disconnect() {
    done.countDown();
  }

  private Job enqueue(String id, String function) {
    return fixture.enqueue(
        "default",
        Call.of(function),
        EnqueueOptions.builder().jobId(id).timeout(Duration.ofSeconds(1)));
  }

  private RqWorkerBuilder worker(String name, Function0<?> function) {
    Handlers handlers =
        Handlers.builder().register(name, function).register("next", () -> "ran").build();
    return RqWorker.builder(fixture.redis.uri().toString(), handlers).name("w").burst(true);
  }

  @Test
  void a_job_is_interrupted_at_its_timeout_and_shows_where_it_stood() throws InterruptedException {
    Job job = enqueue("t", "wait");
    try (RqWorker worker = worker("wait", this::waitWithoutEnd).build()) {
      worker.runUntilShutdown();
    }
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.latestResult().orElseThrow().excString())
        .startsWith("Traceback (most recent call last):\n")
        .contains("TimeoutTest.waitWithoutEnd\n")
        .endsWith(TEXT);
  }

  private Object waitWithoutEnd() throws InterruptedException {
    done.await();
    return "never";
  }

  @Test
  void a_function_that_returns_after_its_timeout_has_failed() throws InterruptedException {
    Job job = enqueue("t", "swallow");
    try (RqWorker worker = worker("swallow", this::swallow).build()) {
      worker.runUntilShutdown();
    }
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
  }

  private Object swallow() {
    try {
      done.await();
    } catch (InterruptedException e) {
      return "half done";
    }
    return "done";
  }

  @Test
  void a_function_that_ignores_its_interruption_does_not_keep_the_slot()
      throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    Job stubborn = enqueue("t", "spin");
    Job next = fixture.enqueue("n", Call.of("next"));
    Function0<?> spin =
        () -> {
          while (!stop.get()) {
            Thread.onSpinWait();
          }
          return "late";
        };
    try (RqWorker worker = worker("spin", spin).timeoutGrace(Duration.ofMillis(100)).build()) {
      worker.runUntilShutdown();
    } finally {
      stop.set(true);
    }
    assertThat(stubborn.status()).isEqualTo(JobStatus.FAILED);
    assertThat(stubborn.latestResult().orElseThrow().excString()).endsWith(TEXT);
    assertThat(next.result(Duration.ZERO)).isEqualTo("ran");
  }

  @Test
  void the_next_job_is_not_hit_by_the_interruption_of_the_one_before() throws InterruptedException {
    enqueue("t", "wait");
    Job next = fixture.enqueue("n", Call.of("next"));
    try (RqWorker worker = worker("wait", this::waitWithoutEnd).build()) {
      worker.runUntilShutdown();
    }
    assertThat(next.result(Duration.ZERO)).isEqualTo("ran");
  }

  private final AtomicBoolean stop = new AtomicBoolean();

  private Object spin() {
    while (!stop.get()) {
      Thread.onSpinWait();
    }
    return "late";
  }

  @Test
  void a_thread_that_was_given_up_counts_until_it_has_ended() throws InterruptedException {
    enqueue("t", "spin");
    try (RqWorker worker =
        worker("spin", this::spin).timeoutGrace(Duration.ofMillis(100)).build()) {
      worker.runUntilShutdown();
      assertThat(worker.abandonedThreads()).isEqualTo(1);
      assertThat(worker.needsNewProcess()).isFalse();
      stop.set(true);
      WorkerFixture.await().until(() -> worker.abandonedThreads() == 0);
    } finally {
      stop.set(true);
    }
  }

  @Test
  void one_given_up_thread_too_many_ends_the_worker_when_the_other_slots_are_done()
      throws InterruptedException {
    CountDownLatch spinning = new CountDownLatch(1);
    Job stubborn = enqueue("t", "spin");
    Function0<?> spin =
        () -> {
          spinning.countDown();
          return spin();
        };
    Handlers handlers =
        Handlers.builder()
            .register("spin", spin)
            .register("hold", fixture.handlers.find("hold").orElseThrow())
            .build();
    try (RqWorker worker =
        RqWorker.builder(fixture.redis.uri().toString(), handlers)
            .concurrency(2)
            .timeoutGrace(Duration.ofMillis(100))
            .maxAbandonedThreads(0)
            .build()) {
      worker.start();
      Job other = fixture.enqueue("other", Call.of("hold"));
      fixture.awaitEntered();
      assertThat(spinning.await(10, TimeUnit.SECONDS)).isTrue();
      WorkerFixture.await().until(worker::needsNewProcess);
      fixture.awaitStatus(stubborn, JobStatus.FAILED);
      Job next = fixture.enqueue("next", Call.of("hold"));
      fixture.release.countDown();
      assertThat(worker.awaitEnd(Duration.ofSeconds(10))).isTrue();
      assertThat(other.status()).isEqualTo(JobStatus.FINISHED);
      assertThat(next.status()).isEqualTo(JobStatus.QUEUED);
    } finally {
      stop.set(true);
    }
  }
}
