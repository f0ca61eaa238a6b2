package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.WithRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is taken from the queues, in which order, and what is left alone. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class ClaimTest {
  private final WorkerFixture fixture;

  ClaimTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  @Test
  void jobs_run_in_the_order_of_their_queue() throws InterruptedException {
    fixture.note("a");
    fixture.note("b");
    fixture.note("c");
    fixture.burst();
    assertThat(fixture.ran).containsExactly("a", "b", "c");
  }

  @Test
  void a_job_at_the_front_runs_first() throws InterruptedException {
    fixture.note("a");
    fixture.enqueue(
        "default", Call.of("note").args("b"), EnqueueOptions.builder().jobId("b").atFront(true));
    fixture.burst();
    assertThat(fixture.ran).containsExactly("b", "a");
  }

  @Test
  void an_earlier_queue_is_emptied_before_a_later_one() throws InterruptedException {
    fixture.enqueue("low", Call.of("note").args("l"), EnqueueOptions.builder().jobId("l"));
    fixture.enqueue("high", Call.of("note").args("h1"), EnqueueOptions.builder().jobId("h1"));
    fixture.enqueue("high", Call.of("note").args("h2"), EnqueueOptions.builder().jobId("h2"));
    try (RqWorker worker = fixture.worker().queues("high", "low").burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(fixture.ran).containsExactly("h1", "h2", "l");
  }

  @Test
  void a_deleted_job_whose_id_is_still_queued_is_skipped() throws InterruptedException {
    fixture.note("gone");
    fixture.note("there");
    fixture.redis.command("DEL", "rq:job:gone");
    fixture.burst();
    assertThat(fixture.ran).containsExactly("there");
    assertThat(fixture.number("EXISTS", "rq:job:gone")).isZero();
    assertThat(fixture.number("EXISTS", "rq:results:gone")).isZero();
  }

  @Test
  void an_id_whose_key_is_no_job_is_skipped() throws InterruptedException {
    fixture.redis.command("SET", "rq:job:text", "no hash");
    fixture.redis.command("HSET", "rq:job:dataless", "status", "queued");
    fixture.redis.command("RPUSH", "rq:queue:default", "text", "dataless");
    fixture.note("there");
    fixture.burst();
    assertThat(fixture.ran).containsExactly("there");
  }

  @Test
  void a_job_that_cannot_be_marked_started_stays_queued() throws InterruptedException {
    fixture.note("a");
    fixture.redis.command("SET", "rq:wip:default", "not a sorted set");
    try (RqWorker worker = fixture.worker().build()) {
      worker.start();
      WorkerFixture.await()
          .until(
              () ->
                  fixture.number("LLEN", "rq:queue:default") == 1L
                      && fixture.number("EXISTS", "rq:worker:w") == 1L);
      assertThat(fixture.list("LRANGE", "rq:queue:default", "0", "-1").toString()).isEqualTo("[a]");
      fixture.redis.command("DEL", "rq:wip:default");
      fixture.awaitStatus(fixture.client.job("a"), JobStatus.FINISHED);
    }
    assertThat(fixture.ran).containsExactly("a");
  }

  @Test
  void a_started_job_is_in_the_started_registry_with_its_execution() throws InterruptedException {
    fixture.enqueue("h", Call.of("hold"));
    try (RqWorker worker = fixture.worker().executionIds(() -> "e1").build()) {
      worker.start();
      fixture.awaitEntered();
      assertThat(fixture.list("ZRANGE", "rq:wip:default", "0", "-1").toString())
          .isEqualTo("[h:e1]");
      assertThat(fixture.list("ZRANGE", "rq:executions:h", "0", "-1").toString()).isEqualTo("[e1]");
      assertThat(fixture.list("SMEMBERS", "rq:worker:w:executions").toString()).isEqualTo("[h:e1]");
      assertThat(fixture.hget("rq:execution:h:e1", "job_id")).isEqualTo("h");
      assertThat(fixture.hget("rq:execution:h:e1", "worker_name")).isEqualTo("w");
      assertThat(fixture.number("TTL", "rq:execution:h:e1")).isBetween(80L, 90L);
      assertThat(fixture.number("TTL", "rq:executions:h")).isBetween(140L, 150L);
      assertThat(fixture.number("TTL", "rq:worker:w")).isBetween(80L, 90L);
      assertThat(fixture.hget("rq:worker:w", "state")).isEqualTo("busy");
      assertThat(fixture.hget("rq:worker:w", "current_job")).isEqualTo("h");
      assertThat(fixture.hget("rq:job:h", "worker_name")).isEqualTo("w");
      assertThat(fixture.hget("rq:job:h", "started_at")).endsWith("Z");
      fixture.release.countDown();
      fixture.awaitStatus(fixture.client.job("h"), JobStatus.FINISHED);
    }
  }

  @Test
  void a_waiting_ttl_does_not_end_a_job_that_has_started() throws InterruptedException {
    fixture.enqueue(
        "default",
        Call.of("hold"),
        EnqueueOptions.builder().jobId("h").ttl(java.time.Duration.ofSeconds(100)));
    assertThat(fixture.number("TTL", "rq:job:h")).isPositive();
    try (RqWorker worker = fixture.worker().build()) {
      worker.start();
      fixture.awaitEntered();
      assertThat(fixture.number("TTL", "rq:job:h")).isEqualTo(-1L);
      fixture.release.countDown();
      fixture.awaitStatus(fixture.client.job("h"), JobStatus.FINISHED);
    }
  }

  @Test
  void a_job_without_origin_is_filed_under_the_queue_it_was_taken_from()
      throws InterruptedException {
    fixture.note("a");
    fixture.redis.command("HDEL", "rq:job:a", "origin");
    fixture.burst();
    assertThat(fixture.list("ZRANGE", "rq:finished:default", "0", "-1").toString())
        .isEqualTo("[a]");
  }

  @Test
  void waiting_for_a_job_takes_nothing_from_the_queue() throws InterruptedException {
    java.util.concurrent.CountDownLatch woken = new java.util.concurrent.CountDownLatch(1);
    var server =
        new io.github.rq4j.client.redis.RedisServer(
            io.github.rq4j.client.redis.RedisSettings.parse(fixture.redis.uri().toString()));
    QueueWatcher watcher = new QueueWatcher(server, "w", "default", null, woken::countDown);
    watcher.start();
    watcher.arm();
    fixture.redis.command("RPUSH", "rq:queue:default", "a", "b", "c");
    assertThat(woken.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    watcher.stop();
    server.close();
    assertThat(fixture.list("LRANGE", "rq:queue:default", "0", "-1").toString())
        .isEqualTo("[a, b, c]");
  }

  @Test
  void jobs_that_no_slot_is_free_for_stay_queued() throws InterruptedException {
    fixture.enqueue("h", Call.of("hold"));
    fixture.note("a");
    fixture.note("b");
    try (RqWorker worker = fixture.worker().build()) {
      worker.start();
      fixture.awaitEntered();
      assertThat(fixture.number("LLEN", "rq:queue:default")).isEqualTo(2L);
      fixture.release.countDown();
      fixture.awaitStatus(fixture.client.job("b"), JobStatus.FINISHED);
    }
    assertThat(fixture.ran).containsExactly("a", "b");
  }

  @Test
  void a_suspended_worker_takes_nothing_until_it_is_resumed() throws InterruptedException {
    fixture.redis.command("SET", "rq:suspended", "1");
    fixture.note("a");
    try (RqWorker worker = fixture.worker().build()) {
      worker.start();
      WorkerFixture.await().until(() -> "suspended".equals(fixture.hget("rq:worker:w", "state")));
      assertThat(fixture.number("LLEN", "rq:queue:default")).isEqualTo(1L);
      fixture.redis.command("DEL", "rq:suspended");
      fixture.awaitStatus(fixture.client.job("a"), JobStatus.FINISHED);
      WorkerFixture.await().until(() -> "idle".equals(fixture.hget("rq:worker:w", "state")));
    }
  }
}
