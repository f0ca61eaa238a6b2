package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.testservers.ReadableByRq;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Birth, life and death of a worker as RQ sees them. */
@ReadableByRq
@ExtendWith(WorkerExtension.class)
class LifecycleTest {
  private final WorkerFixture fixture;

  LifecycleTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  @Test
  void a_worker_is_registered_with_every_field_that_rq_shows() {
    try (RqWorker worker = fixture.worker().queues("high", "low").build()) {
      worker.start();
      assertThat(fixture.number("SISMEMBER", "rq:workers", "rq:worker:w")).isEqualTo(1L);
      assertThat(fixture.number("SISMEMBER", "rq:workers:high", "rq:worker:w")).isEqualTo(1L);
      assertThat(fixture.number("SISMEMBER", "rq:workers:low", "rq:worker:w")).isEqualTo(1L);
      assertThat(fixture.hget("rq:worker:w", "queues")).isEqualTo("high,low");
      assertThat(fixture.hget("rq:worker:w", "state")).isEqualTo("idle");
      assertThat(fixture.hget("rq:worker:w", "pid"))
          .isEqualTo(Long.toString(ProcessHandle.current().pid()));
      for (String field : Set.of("birth", "last_heartbeat", "hostname", "version", "ip_address")) {
        assertThat(fixture.hget("rq:worker:w", field)).as(field).isNotEmpty();
      }
      assertThat(fixture.hget("rq:worker:w", "python_version")).startsWith("Java ");
      assertThat(fixture.number("TTL", "rq:worker:w")).isBetween(470L, 480L);
    }
  }

  @Test
  void a_closed_worker_is_dead_to_rq() {
    try (RqWorker worker = fixture.worker().build()) {
      worker.start();
    }
    assertThat(fixture.number("EXISTS", "rq:workers")).isZero();
    assertThat(fixture.number("EXISTS", "rq:workers:default")).isZero();
    assertThat(fixture.hget("rq:worker:w", "death")).isNotEmpty();
    assertThat(fixture.number("TTL", "rq:worker:w")).isBetween(50L, 60L);
  }

  @Test
  void a_worker_knows_whether_rq_is_suspended() {
    try (RqWorker worker = fixture.worker().build()) {
      assertThat(worker.isRqSuspended()).isFalse();
      fixture.redis.command("SET", "rq:suspended", "1");
      assertThat(worker.isRqSuspended()).isTrue();
      fixture.redis.command("DEL", "rq:suspended");
    }
  }

  @Test
  void every_slot_is_a_worker_of_its_own() throws InterruptedException {
    try (RqWorker worker = fixture.worker().concurrency(3).build()) {
      worker.start();
      assertThat(fixture.list("SMEMBERS", "rq:workers").stream().map(Object::toString).sorted())
          .containsExactly("rq:worker:w-1", "rq:worker:w-2", "rq:worker:w-3");
    }
  }

  @Test
  void a_name_that_a_living_worker_has_is_refused() {
    try (RqWorker first = fixture.worker().build();
        RqWorker second = fixture.worker().build()) {
      first.start();
      assertThatThrownBy(second::start)
          .isInstanceOf(WorkerNameTakenException.class)
          .hasMessageContaining("There exists an active worker named 'w' already");
      assertThat(fixture.hget("rq:worker:w", "death")).isNull();
    }
  }

  @Test
  void a_name_that_is_taken_for_one_slot_leaves_no_slot_registered() {
    fixture.redis.command("HSET", "rq:worker:w-2", "birth", "2026-01-01T00:00:00.000000Z");
    try (RqWorker worker = fixture.worker().concurrency(3).build()) {
      assertThatThrownBy(worker::start).isInstanceOf(WorkerNameTakenException.class);
    }
    assertThat(fixture.number("EXISTS", "rq:workers")).isZero();
  }

  @Test
  void the_name_of_a_dead_worker_may_be_used_again() {
    try (RqWorker first = fixture.worker().build()) {
      first.start();
    }
    try (RqWorker second = fixture.worker().build()) {
      second.start();
      assertThat(fixture.hget("rq:worker:w", "death")).isNull();
    }
  }

  @Test
  void a_heartbeat_keeps_worker_and_claim_alive_while_a_job_runs() throws InterruptedException {
    fixture.enqueue("h", Call.of("hold"));
    try (RqWorker worker =
        fixture
            .worker()
            .monitoringInterval(Duration.ofSeconds(1))
            .executionIds(() -> "e1")
            // It would take the job for abandoned before the heartbeat comes.
            .withoutMaintenance()
            .build()) {
      worker.start();
      fixture.awaitEntered();
      fixture.redis.command("EXPIRE", "rq:worker:w", "20");
      fixture.redis.command("EXPIRE", "rq:execution:h:e1", "20");
      fixture.redis.command("ZADD", "rq:wip:default", "1", "h:e1");
      WorkerFixture.await().until(() -> fixture.number("TTL", "rq:worker:w") > 20);
      assertThat(fixture.number("TTL", "rq:execution:h:e1")).isGreaterThan(20L);
      assertThat(fixture.redis.command("ZSCORE", "rq:wip:default", "h:e1")).isNotEqualTo("1");
      fixture.release.countDown();
      fixture.awaitStatus(fixture.client.job("h"), JobStatus.FINISHED);
    }
  }

  @Test
  void a_worker_whose_registration_was_lost_registers_again() {
    try (RqWorker worker = fixture.worker().monitoringInterval(Duration.ofSeconds(1)).build()) {
      worker.start();
      fixture.redis.flush();
      WorkerFixture.await()
          .until(() -> fixture.number("SISMEMBER", "rq:workers", "rq:worker:w") == 1L);
      assertThat(fixture.hget("rq:worker:w", "birth")).isNotEmpty();
      WorkerFixture.await().until(() -> "idle".equals(fixture.hget("rq:worker:w", "state")));
    }
  }

  @Test
  void a_busy_worker_whose_registration_was_lost_registers_again() throws InterruptedException {
    fixture.enqueue("h", Call.of("hold"));
    try (RqWorker worker = fixture.worker().monitoringInterval(Duration.ofSeconds(1)).build()) {
      worker.start();
      fixture.awaitEntered();
      fixture.redis.command("DEL", "rq:worker:w");
      fixture.redis.command("SREM", "rq:workers", "rq:worker:w");
      WorkerFixture.await()
          .until(() -> fixture.number("SISMEMBER", "rq:workers", "rq:worker:w") == 1L);
      assertThat(fixture.hget("rq:worker:w", "birth")).isNotEmpty();
      assertThat(fixture.hget("rq:worker:w", "state")).isEqualTo("busy");
      assertThat(fixture.hget("rq:worker:w", "current_job")).isEqualTo("h");
      fixture.release.countDown();
      fixture.awaitStatus(fixture.client.job("h"), JobStatus.FINISHED);
    }
  }

  @Test
  void a_warm_shutdown_lets_the_running_job_end_and_leaves_the_rest_queued()
      throws InterruptedException {
    fixture.enqueue("h", Call.of("hold"));
    fixture.note("a");
    try (RqWorker worker = fixture.worker().build()) {
      worker.start();
      fixture.awaitEntered();
      worker.shutdown();
      WorkerFixture.await()
          .until(() -> fixture.hget("rq:worker:w", "shutdown_requested_date") != null);
      fixture.release.countDown();
      worker.awaitEnd();
    }
    assertThat(fixture.client.job("h").status()).isEqualTo(JobStatus.FINISHED);
    assertThat(fixture.ran).isEmpty();
    assertThat(fixture.number("LLEN", "rq:queue:default")).isEqualTo(1L);
  }

  @Test
  void close_does_not_wait_longer_than_it_was_told_and_leaves_the_job_to_recovery()
      throws InterruptedException {
    fixture.enqueue("h", Call.of("hold"));
    RqWorker worker = fixture.worker().build();
    worker.start();
    fixture.awaitEntered();
    long before = System.nanoTime();
    worker.close(Duration.ofMillis(100));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    assertThat(fixture.client.job("h").status()).isEqualTo(JobStatus.STARTED);
    assertThat(fixture.list("ZRANGE", "rq:wip:default", "0", "-1")).hasSize(1);
    assertThat(fixture.hget("rq:worker:w", "death")).isNotEmpty();
  }

  @Test
  void an_idle_worker_takes_a_job_as_soon_as_it_is_enqueued() throws InterruptedException {
    try (RqWorker worker = fixture.worker().build()) {
      worker.start();
      for (String id : new String[] {"a", "b", "c"}) {
        fixture.note(id);
        fixture.awaitStatus(fixture.client.job(id), JobStatus.FINISHED);
      }
    }
    assertThat(fixture.ran).containsExactly("a", "b", "c");
  }

  @Test
  void several_slots_run_jobs_at_the_same_time() throws InterruptedException {
    fixture.enqueue("h", Call.of("hold"));
    fixture.note("a");
    try (RqWorker worker = fixture.worker().concurrency(2).build()) {
      worker.start();
      fixture.awaitEntered();
      fixture.awaitStatus(fixture.client.job("a"), JobStatus.FINISHED);
      assertThat(fixture.client.job("h").status()).isEqualTo(JobStatus.STARTED);
      fixture.release.countDown();
    }
  }

  @Test
  void a_worker_ends_after_the_number_of_jobs_it_was_given() throws InterruptedException {
    fixture.note("a");
    fixture.note("b");
    fixture.note("c");
    try (RqWorker worker = fixture.worker().maxJobs(2).build()) {
      worker.runUntilShutdown();
    }
    assertThat(fixture.ran).containsExactly("a", "b");
    assertThat(fixture.number("LLEN", "rq:queue:default")).isEqualTo(1L);
  }

  @Test
  void no_thread_is_left_after_close() {
    RqWorker worker = fixture.worker().name("leaver").concurrency(4).build();
    worker.start();
    worker.close();
    WorkerFixture.await().until(() -> threadsOf("leaver").isEmpty());
  }

  private static Set<String> threadsOf(String worker) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("rq-worker-" + worker + "-"))
        .collect(Collectors.toSet());
  }

  @Test
  void a_server_that_cannot_be_reached_is_reported_at_the_start() {
    try (RqWorker worker = RqWorker.builder("redis://localhost:1", fixture.handlers).build()) {
      assertThatThrownBy(worker::start)
          .isInstanceOf(RedisUnavailableException.class)
          .hasMessageContaining("redis://localhost:1/0");
    }
  }
}
