package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.ReadableByRq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How jobs that wait for others are released. The keyspace is what RQ's client leaves. */
@ReadableByRq
@ExtendWith(WorkerExtension.class)
class DependentsTest {
  private final WorkerFixture fixture;

  DependentsTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  /** Enqueues a job and turns it into one that waits for others. */
  private void defer(String id, String queue, String... parents) {
    fixture.enqueue(queue, Call.of("note").args(id), EnqueueOptions.builder().jobId(id));
    fixture.redis.command("LREM", "rq:queue:" + queue, "1", id);
    fixture.redis.command("HSET", "rq:job:" + id, "status", "deferred");
    fixture.redis.command("ZADD", "rq:deferred:" + queue, "1", id);
    for (String parent : parents) {
      fixture.redis.command("SADD", "rq:job:" + parent + ":dependents", id);
      fixture.redis.command("SADD", "rq:job::" + id + ":dependencies", parent);
    }
  }

  @Test
  void a_child_is_enqueued_when_its_parent_finishes() throws InterruptedException {
    fixture.note("parent");
    defer("child", "default", "parent");
    fixture.burst();
    assertThat(fixture.ran).containsExactly("parent", "child");
    assertThat(fixture.number("EXISTS", "rq:deferred:default")).isZero();
    assertThat(fixture.number("EXISTS", "rq:job:parent:dependents")).isZero();
  }

  @Test
  void a_child_goes_to_its_own_queue() throws InterruptedException {
    fixture.note("parent");
    defer("child", "other", "parent");
    fixture.burst();
    assertThat(fixture.list("LRANGE", "rq:queue:other", "0", "-1").toString()).isEqualTo("[child]");
    assertThat(fixture.client.job("child").status()).isEqualTo(JobStatus.QUEUED);
    assertThat(fixture.number("SISMEMBER", "rq:queues", "rq:queue:other")).isEqualTo(1L);
  }

  @Test
  void a_child_of_two_waits_for_both() throws InterruptedException {
    fixture.note("first");
    defer("child", "default", "first", "second");
    fixture.enqueue("q2", Call.of("note").args("second"), EnqueueOptions.builder().jobId("second"));
    fixture.burst();
    assertThat(fixture.client.job("child").status()).isEqualTo(JobStatus.DEFERRED);
    try (RqWorker worker = fixture.worker().queues("q2", "default").burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(fixture.ran).containsExactly("first", "second", "child");
  }

  @Test
  void a_child_of_a_failed_job_stays_deferred() throws InterruptedException {
    fixture.enqueue("parent", Call.of("boom"));
    defer("child", "default", "parent");
    fixture.burst();
    assertThat(fixture.client.job("child").status()).isEqualTo(JobStatus.DEFERRED);
  }

  @Test
  void a_child_that_allows_failures_is_enqueued_at_the_front() throws InterruptedException {
    fixture.enqueue("parent", Call.of("boom"));
    fixture.note("later");
    defer("child", "default", "parent");
    fixture.redis.command(
        "HSET", "rq:job:child", "allow_dependency_failures", "1", "enqueue_at_front", "1");
    fixture.burst();
    assertThat(fixture.ran).containsExactly("child", "later");
  }

  @Test
  void a_canceled_child_is_not_enqueued() throws InterruptedException {
    fixture.note("parent");
    defer("child", "default", "parent");
    fixture.redis.command("HSET", "rq:job:child", "status", "canceled");
    fixture.burst();
    assertThat(fixture.ran).containsExactly("parent");
    assertThat(fixture.client.job("child").status()).isEqualTo(JobStatus.CANCELED);
  }

  @Test
  void rate_limited_children_are_let_through_as_far_as_there_is_room() throws InterruptedException {
    fixture.note("parent");
    for (String child : new String[] {"first", "second"}) {
      defer(child, "other", "parent");
      fixture.redis.command(
          "HSET", "rq:job:" + child, "rate_limit_key", "api", "rate_limit_concurrency", "1");
    }
    fixture.burst();
    assertThat(fixture.list("LRANGE", "rq:queue:other", "0", "-1")).hasSize(1);
    assertThat(fixture.list("ZRANGE", "rq:rl:api:allowed", "0", "-1")).hasSize(1);
    assertThat(fixture.list("ZRANGE", "rq:rl:api:rate_limited", "0", "-1")).hasSize(1);
    assertThat(fixture.number("ZCARD", "rq:deferred:other")).isZero();
  }

  @Test
  void a_child_that_may_wait_only_so_long_expires_with_what_is_known_of_others()
      throws InterruptedException {
    fixture.note("parent");
    defer("child", "other", "parent");
    defer("grandchild", "other", "child");
    fixture.redis.command("HSET", "rq:job:child", "ttl", "100");
    fixture.burst();
    assertThat(fixture.number("TTL", "rq:job:child")).isBetween(1L, 100L);
    assertThat(fixture.number("TTL", "rq:job:child:dependents")).isBetween(1L, 100L);
    assertThat(fixture.number("TTL", "rq:job::child:dependencies")).isBetween(1L, 100L);
  }

  @Test
  void children_are_released_also_when_the_parent_leaves_no_result() throws InterruptedException {
    fixture.enqueue(
        "default",
        Call.of("note").args("parent"),
        EnqueueOptions.builder().jobId("parent").resultTtl(java.time.Duration.ZERO));
    defer("child", "default", "parent");
    fixture.burst();
    assertThat(fixture.ran).containsExactly("parent", "child");
  }
}
