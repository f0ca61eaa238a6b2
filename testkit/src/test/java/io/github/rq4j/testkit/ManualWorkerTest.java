package io.github.rq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.Retry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.RedisExtension;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.JobContext;
import io.github.rq4j.worker.Parameter;
import io.github.rq4j.worker.RqWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(RedisExtension.class)
class ManualWorkerTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(5);
  private static final Instant MOMENT = Instant.parse("2026-11-22T03:00:00.5Z");

  /** Runs that took place: an id, and in which thread. */
  private static final ThreadLocal<List<String>> RAN = ThreadLocal.withInitial(ArrayList::new);

  @RegisterExtension
  static final RqTestkit testkit =
      RqTestkit.builder().queues("default", "low").handlers(handlers()).build();

  private final List<String> ran = RAN.get();

  private static Handlers handlers() {
    return Handlers.builder()
        .register("note", ManualWorkerTest::note)
        .register(
            "fail",
            Parameter.of("times", Integer.class),
            times -> {
              note();
              if (RAN.get().size() <= times) {
                throw new IllegalStateException("kaput");
              }
              return "at last";
            })
        .build();
  }

  private static String note() {
    String id = JobContext.current().jobId();
    RAN.get().add(id);
    return id;
  }

  ManualWorkerTest() {
    ran.clear();
  }

  private static EnqueueOptions id(String id) {
    return EnqueueOptions.builder().jobId(id).build();
  }

  @Test
  void jobs_run_in_the_tests_thread_and_their_results_are_stored(Queue queue, ManualWorker worker) {
    Job job = queue.enqueue(Call.of("note"), id("a"));
    assertThat(worker.runDue()).isEqualTo(1);
    assertThat(ran).containsExactly("a");
    assertThat(job.result(AT_ONCE)).isEqualTo("a");
  }

  @Test
  void nothing_runs_before_it_is_told_to(RqClient client, ManualWorker worker) {
    client.queue("default").enqueue(Call.of("note"));
    assertThat(client.workers().count()).isZero();
    assertThat(client.queue("default").size()).isEqualTo(1);
    assertThat(worker.runDue()).isEqualTo(1);
    assertThat(client.workers().count()).isZero();
  }

  @Test
  void one_job_at_a_time_runs_the_more_important_queue_first(RqClient client, ManualWorker worker) {
    client.queue("low").enqueue(Call.of("note"), id("a"));
    client.queue("default").enqueue(Call.of("note"), id("b"));
    assertThat(worker.runNext()).isTrue();
    assertThat(ran).containsExactly("b");
    assertThat(worker.runNext()).isTrue();
    assertThat(ran).containsExactly("b", "a");
    assertThat(worker.runNext()).isFalse();
  }

  @Test
  void jobs_that_waited_for_another_run_along_with_it(Queue queue, ManualWorker worker) {
    Job first = queue.enqueue(Call.of("note"), id("first"));
    queue.enqueue(Call.of("note"), EnqueueOptions.builder().jobId("then").dependsOn(first).build());
    assertThat(worker.runDue()).isEqualTo(2);
    assertThat(ran).containsExactly("first", "then");
  }

  @Test
  void a_scheduled_job_runs_when_the_clock_reaches_its_time(
      Queue queue, ManualWorker worker, TestClock clock) {
    clock.stopAt(MOMENT);
    Job job = queue.enqueueIn(Duration.ofDays(1), Call.of("note"));
    clock.advance(Duration.ofDays(1).minusSeconds(1));
    assertThat(worker.runDue()).isZero();
    assertThat(job.status()).isEqualTo(JobStatus.SCHEDULED);
    worker.advance(Duration.ofSeconds(1));
    assertThat(worker.runDue()).isEqualTo(1);
    assertThat(job.snapshot().endedAt()).isEqualTo(MOMENT.plus(Duration.ofDays(1)));
  }

  @Test
  void a_retry_runs_after_its_interval(Queue queue, ManualWorker worker) {
    Job job =
        queue.enqueue(
            Call.of("fail").args(1),
            EnqueueOptions.builder().retry(Retry.times(3).after(Duration.ofMinutes(10))).build());
    assertThat(worker.runDue()).isEqualTo(1);
    assertThat(job.status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(worker.runDue()).isZero();
    worker.advance(Duration.ofMinutes(10));
    assertThat(worker.runDue()).isEqualTo(1);
    assertThat(job.result(AT_ONCE)).isEqualTo("at last");
  }

  @Test
  void until_idle_passes_over_the_time_between_retries(
      Queue queue, ManualWorker worker, TestClock clock) {
    clock.stopAt(MOMENT);
    Job job =
        queue.enqueue(
            Call.of("fail").args(9),
            EnqueueOptions.builder()
                .retry(Retry.times(2).after(Duration.ofMinutes(1), Duration.ofHours(1)))
                .build());
    queue.enqueueAt(MOMENT.plus(Duration.ofDays(2)), Call.of("note"), id("later"));
    assertThat(worker.runUntilIdle()).isEqualTo(4);
    assertThat(ran).containsExactly(job.id(), job.id(), job.id(), "later");
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(clock.instant())
        .isEqualTo(
            MOMENT.plus(Duration.ofDays(2)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
  }

  @Test
  void until_idle_says_so_where_another_scheduler_keeps_a_job(
      Queue queue, ManualWorker worker, TestRedis redis) {
    redis.command("SET", "rq:scheduler-lock:default", "4711");
    queue.enqueueIn(Duration.ofMinutes(1), Call.of("note"), id("kept"));
    assertThatIllegalStateException()
        .isThrownBy(worker::runUntilIdle)
        .withMessageContaining("job kept is due and was not enqueued");
  }

  @Test
  void jobs_without_end_are_noticed(RqClient client, @RedisUrl String url) {
    Handlers endless =
        Handlers.builder()
            .register("again", () -> client.queue("default").enqueue(Call.of("again")).id())
            .build();
    ManualWorker worker =
        new ManualWorker(
            client, () -> RqWorker.builder(url, endless), List.of("default"), new TestClock(), 5);
    client.queue("default").enqueue(Call.of("again"));
    assertThatIllegalStateException()
        .isThrownBy(worker::runDue)
        .withMessageStartingWith("5 jobs have run and there may be more");
  }

  @Test
  void an_unknown_function_fails_as_in_a_worker(Queue queue, ManualWorker worker) {
    Job job = queue.enqueue(Call.of("who.knows"));
    assertThat(worker.runDue()).isEqualTo(1);
    assertThat(job.latestResult().orElseThrow().excString())
        .contains("Invalid attribute name: who.knows");
  }
}
