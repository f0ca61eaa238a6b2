package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.WorkerState;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A worker whose jobs run in the thread that runs it. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class CallersThreadTest {
  private final List<Thread> threads = new ArrayList<>();
  private final WorkerFixture fixture;

  CallersThreadTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  private RqWorkerBuilder worker() {
    Handlers handlers =
        Handlers.builder()
            .register("thread", this::noteThread)
            .register("sleep", CallersThreadTest::sleep)
            .register("ignore", this::ignoreItsInterruption)
            .register(
                "boom",
                () -> {
                  throw new IllegalStateException("kaput");
                })
            .build();
    return RqWorker.builder(fixture.redis.uri().toString(), handlers)
        .name("w")
        .threads(JobThreads.CALLER)
        .timeoutGrace(Duration.ofMillis(50))
        .burst(true);
  }

  private String noteThread() {
    threads.add(Thread.currentThread());
    return JobContext.current().jobId();
  }

  private static String sleep() throws InterruptedException {
    Thread.sleep(Duration.ofSeconds(30).toMillis());
    return "too late";
  }

  private String ignoreItsInterruption() throws InterruptedException {
    try {
      return sleep();
    } catch (InterruptedException e) {
      WorkerFixture.await().until(CallersThreadTest::isGivenUp);
      return "too late";
    }
  }

  /** The end of a run that was given up is recorded by a thread of the slot. */
  private static boolean isGivenUp() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("rq-worker-ignored-job-1"));
  }

  private long burst() throws InterruptedException {
    try (RqWorker worker = worker().build()) {
      worker.runUntilShutdown();
      return worker.takenJobs();
    }
  }

  private Job enqueue(String function) {
    return fixture.enqueue(
        "default",
        Call.of(function),
        EnqueueOptions.builder().jobId(function).timeout(Duration.ofSeconds(1)));
  }

  @Test
  void functions_run_in_the_calling_thread_and_have_their_context() throws InterruptedException {
    Job job = enqueue("thread");
    enqueue("boom");
    fixture.enqueue("default", Call.of("thread"), EnqueueOptions.builder());
    assertThat(burst()).isEqualTo(3);
    assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
    assertThat(job.result(Duration.ofSeconds(1))).isEqualTo("thread");
    assertThat(fixture.client.job("boom").status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void a_traceback_does_not_tell_who_ran_the_worker() throws InterruptedException {
    Job job = enqueue("boom");
    burst();
    assertThat(job.latestResult().orElseThrow().excString())
        .startsWith("Traceback (most recent call last):\n  File \"Slot.java\", line ")
        .contains(", in io.github.rq4j.worker.CallersThreadTest.")
        .doesNotContain("CallersThreadTest.burst");
  }

  @Test
  void a_timeout_interrupts_the_function_and_nothing_else() throws InterruptedException {
    Job slow = enqueue("sleep");
    Job next = enqueue("thread");
    burst();
    assertThat(slow.latestResult().orElseThrow().excString())
        .contains("rq.timeouts.JobTimeoutException");
    assertThat(next.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void a_function_that_ignores_its_interruption_has_failed_when_it_comes_back()
      throws InterruptedException {
    Job ignored = enqueue("ignore");
    Job next = enqueue("thread");
    try (RqWorker worker = worker().name("ignored").build()) {
      worker.runUntilShutdown();
    }
    assertThat(ignored.latestResult().orElseThrow().excString())
        .contains("rq.timeouts.JobTimeoutException");
    assertThat(next.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void a_worker_that_was_not_given_a_thread_cannot_be_started() {
    try (RqWorker worker = worker().build()) {
      assertThatIllegalStateException()
          .isThrownBy(worker::start)
          .withMessageContaining("runUntilShutdown");
    }
    assertThat(fixture.client.workers().count()).isZero();
  }

  @Test
  void it_runs_no_two_jobs_at_once() {
    RqWorkerBuilder two = worker().concurrency(2);
    assertThatIllegalArgumentException()
        .isThrownBy(two::build)
        .withMessageContaining("concurrency must be 1, not 2");
  }

  @Test
  void it_does_not_run_twice() throws InterruptedException {
    try (RqWorker worker = worker().build()) {
      worker.runUntilShutdown();
      assertThatIllegalStateException().isThrownBy(worker::runUntilShutdown);
    }
  }

  @Test
  void interrupting_the_thread_ends_an_idle_worker() {
    Thread caller = Thread.currentThread();
    Thread interrupter =
        new Thread(
            () -> {
              WorkerFixture.await().until(this::isIdle);
              caller.interrupt();
            });
    try (RqWorker worker = worker().burst(false).build()) {
      interrupter.start();
      assertThatThrownBy(worker::runUntilShutdown).isInstanceOf(InterruptedException.class);
    }
    assertThat(fixture.client.workers().count()).isZero();
  }

  private boolean isIdle() {
    return fixture
        .client
        .workers()
        .find("w")
        .filter(worker -> worker.state() == WorkerState.IDLE)
        .isPresent();
  }
}
