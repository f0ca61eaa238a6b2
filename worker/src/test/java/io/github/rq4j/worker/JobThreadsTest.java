package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

/** Functions in virtual threads. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class JobThreadsTest {
  private final CountDownLatch done = new CountDownLatch(1);
  private final WorkerFixture fixture;

  JobThreadsTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  @AfterEach
  void disconnect() {
    done.countDown();
  }

  private String describe() {
    return Thread.currentThread() + " " + JobContext.current().jobId();
  }

  private String await() throws InterruptedException {
    done.await();
    return "too late";
  }

  private String ignore() {
    while (done.getCount() > 0) {
      Thread.onSpinWait();
    }
    return "too late";
  }

  private void burst() throws InterruptedException {
    Handlers handlers =
        Handlers.builder()
            .register("describe", this::describe)
            .register("wait", this::await)
            .register("ignore", this::ignore)
            .build();
    try (RqWorker worker =
        RqWorker.builder(fixture.redis.uri().toString(), handlers)
            .name("w")
            .threads(JobThreads.VIRTUAL)
            .timeoutGrace(Duration.ofMillis(50))
            .burst(true)
            .build()) {
      worker.runUntilShutdown();
    }
  }

  private Job enqueue(String function) {
    return fixture.enqueue(
        "default",
        Call.of(function),
        EnqueueOptions.builder().jobId(function).timeout(Duration.ofSeconds(1)));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void a_job_runs_in_a_named_virtual_thread_and_has_its_context() throws InterruptedException {
    Job job = enqueue("describe");
    burst();
    assertThat(job.resultAs(String.class, Duration.ofSeconds(1)))
        .startsWith("VirtualThread[")
        .contains("rq-worker-w-job-1")
        .endsWith(" describe");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void a_timeout_interrupts_it_and_shows_where_it_stood() throws InterruptedException {
    Job job = enqueue("wait");
    Job next = enqueue("describe");
    burst();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.latestResult().orElseThrow().excString())
        .contains("JobThreadsTest.await\n")
        .contains("rq.timeouts.JobTimeoutException");
    assertThat(next.status()).isEqualTo(JobStatus.FINISHED);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void one_that_ignores_its_timeout_is_given_up() throws InterruptedException {
    Job job = enqueue("ignore");
    Job next = enqueue("describe");
    burst();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(next.status()).isEqualTo(JobStatus.FINISHED);
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_20)
  void an_older_java_refuses_them_where_they_are_set() {
    RqWorkerBuilder builder = fixture.worker();
    assertThatThrownBy(() -> builder.threads(JobThreads.VIRTUAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("virtual threads need Java 21 or newer, this is Java ");
  }
}
