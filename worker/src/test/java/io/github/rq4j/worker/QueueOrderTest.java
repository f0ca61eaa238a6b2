package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** In which order queues are asked, and when a worker has waited long enough. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class QueueOrderTest {
  private final WorkerFixture fixture;

  QueueOrderTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  private void threeInEach(String... queues) {
    for (String queue : queues) {
      for (int i = 1; i <= 3; i++) {
        String id = queue + i;
        fixture.enqueue(queue, Call.of("note").args(id), EnqueueOptions.builder().jobId(id));
      }
    }
  }

  private void burst(RqWorkerBuilder builder) throws InterruptedException {
    try (RqWorker worker = builder.queues("a", "b", "c").burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  @Test
  void round_robin_goes_from_queue_to_queue() throws InterruptedException {
    threeInEach("a", "b", "c");
    burst(fixture.worker().dequeueStrategy(DequeueStrategy.ROUND_ROBIN));
    assertThat(fixture.ran).containsExactly("a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3");
  }

  @Test
  void round_robin_goes_from_queue_to_queue_among_jobs_of_others() throws InterruptedException {
    for (String queue : List.of("a", "b", "c")) {
      fixture.enqueue(queue, Call.of("python.only"), EnqueueOptions.builder());
    }
    threeInEach("a", "b", "c");
    burst(fixture.worker().dequeueStrategy(DequeueStrategy.ROUND_ROBIN).onlyRegistered(true));
    assertThat(fixture.ran).containsExactly("a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3");
  }

  @Test
  void random_begins_with_the_first_queue_and_keeps_the_order_within_each()
      throws InterruptedException {
    threeInEach("a", "b", "c");
    burst(fixture.worker().dequeueStrategy(DequeueStrategy.RANDOM).random(new Random(7)));
    assertThat(fixture.ran).hasSize(9).startsWith("a1");
    for (String queue : List.of("a", "b", "c")) {
      assertThat(fixture.ran.stream().filter(id -> id.startsWith(queue)))
          .containsExactly(queue + 1, queue + 2, queue + 3);
    }
    assertThat(fixture.ran).isNotEqualTo(fixture.ran.stream().sorted().toList());
  }

  @Test
  void round_robin_puts_the_queue_that_was_served_last_and_those_before_it() {
    QueueOrder order =
        new QueueOrder(List.of("a", "b", "c"), DequeueStrategy.ROUND_ROBIN, new Random(1));
    order.served("b");
    assertThat(order.queues()).containsExactly("c", "a", "b");
    order.served("c");
    assertThat(order.queues()).containsExactly("a", "b", "c");
  }

  @Test
  void a_worker_ends_when_it_was_idle_for_as_long_as_it_was_told() throws InterruptedException {
    long before = System.nanoTime();
    try (RqWorker worker = fixture.worker().maxIdleTime(Duration.ofSeconds(1)).build()) {
      worker.start();
      fixture.awaitStatus(fixture.note("a"), JobStatus.FINISHED);
      assertThat(worker.awaitEnd(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(fixture.hget("rq:worker:w", "death")).isNotEmpty();
  }

  @Test
  void a_running_job_is_not_idle_time() throws InterruptedException {
    fixture.enqueue("h", Call.of("hold"));
    try (RqWorker worker = fixture.worker().maxIdleTime(Duration.ofSeconds(1)).build()) {
      worker.start();
      fixture.awaitEntered();
      assertThat(worker.awaitEnd(Duration.ofMillis(1_500))).isFalse();
      fixture.release.countDown();
      assertThat(worker.awaitEnd(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(fixture.client.job("h").status()).isEqualTo(JobStatus.FINISHED);
  }

  @Test
  void a_burst_worker_that_finds_workers_suspended_ends_and_leaves_the_job()
      throws InterruptedException {
    fixture.redis.command("SET", "rq:suspended", "1");
    fixture.note("a");
    fixture.burst();
    assertThat(fixture.client.job("a").status()).isEqualTo(JobStatus.QUEUED);
  }
}
