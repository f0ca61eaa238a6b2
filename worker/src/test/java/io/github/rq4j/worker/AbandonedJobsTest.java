package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Result;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What maintenance does with jobs whose entry in the started registry has expired. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class AbandonedJobsTest {
  private static final String TEXT =
      "Moved to FailedJobRegistry, due to AbandonedJobError, at 2026-11-22 03:00:55.054295+00:00";

  private final UpkeepFixture fixture;

  AbandonedJobsTest(UpkeepFixture fixture) {
    this.fixture = fixture;
  }

  @Test
  void an_abandoned_job_fails_with_the_text_of_rq() {
    fixture.abandoned("j");
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo("failed");
    assertThat(fixture.scores("rq:failed:default"))
        .isEqualTo("[j, " + (UpkeepFixture.NOW_SECONDS + 31_536_000) + "]");
    Result result = fixture.worker.client.job("j").latestResult().orElseThrow();
    assertThat(result.excString()).isEqualTo(TEXT);
    assertThat(fixture.redis.command("TTL", "rq:results:j")).isEqualTo(31_536_000L);
    assertThat(fixture.redis.command("TTL", "rq:job:j")).isEqualTo(31_536_000L);
  }

  @Test
  void the_time_in_the_text_has_no_fraction_where_python_prints_none() {
    assertThat(LostJobs.abandonedText(Instant.parse("2026-11-22T03:00:55Z")))
        .endsWith("at 2026-11-22 03:00:55+00:00");
  }

  @Test
  void nothing_of_the_run_is_left() {
    fixture.abandoned("j");
    fixture.redis.command("HSET", "rq:worker:gone", "current_job", "j");
    fixture.maintain();
    assertThat(fixture.exists("rq:wip:default")).isFalse();
    assertThat(fixture.exists("rq:execution:j:x1")).isFalse();
    assertThat(fixture.exists("rq:executions:j")).isFalse();
    assertThat(fixture.exists("rq:worker:gone:executions")).isFalse();
    assertThat(fixture.redis.command("HGET", "rq:worker:gone", "current_job")).isNull();
  }

  @Test
  void no_worker_counts_an_abandoned_job_as_its_failure() {
    fixture.abandoned("j");
    fixture.maintain();
    assertThat(fixture.exists("rq:worker:w")).isFalse();
    assertThat(fixture.exists("rq:worker:gone")).isFalse();
  }

  @Test
  void a_job_with_retries_left_goes_back_to_its_queue() {
    fixture.abandoned("j", "retries_left", "2");
    fixture.waiting("other");
    fixture.maintain();
    assertThat(fixture.queued()).isEqualTo("[other, j]");
    assertThat(fixture.status("j")).isEqualTo("queued");
    assertThat(fixture.redis.command("HGET", "rq:job:j", "retries_left")).isEqualTo("1");
    assertThat(fixture.exists("rq:results:j")).isFalse();
    assertThat(fixture.tookOver).containsExactly("j retried");
  }

  @Test
  void a_retry_goes_to_the_front_where_the_job_asks_for_it() {
    fixture.abandoned("j", "retries_left", "1", "enqueue_at_front_on_retry", "1");
    fixture.waiting("other");
    fixture.maintain();
    assertThat(fixture.queued()).isEqualTo("[j, other]");
  }

  @Test
  void a_retry_with_an_interval_is_scheduled() {
    fixture.abandoned("j", "retries_left", "2", "retry_intervals", "[10, 20]");
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo("scheduled");
    assertThat(fixture.scores("rq:scheduled:default"))
        .isEqualTo("[j, " + (UpkeepFixture.NOW_SECONDS + 10) + "]");
  }

  @Test
  void an_entry_as_rq_1_writes_it_is_handled_as_well() {
    fixture.abandoned("j");
    fixture.redis.command("DEL", "rq:wip:default");
    fixture.redis.command("ZADD", "rq:wip:default", "5", "j");
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo("failed");
    assertThat(fixture.exists("rq:wip:default")).isFalse();
  }

  @Test
  void an_old_id_with_a_colon_is_not_taken_for_an_execution() {
    fixture.abandoned("plain");
    fixture.redis.command("RENAME", "rq:job:plain", "rq:job:a:b");
    fixture.redis.command("DEL", "rq:wip:default");
    fixture.redis.command("ZADD", "rq:wip:default", "5", "a:b");
    fixture.maintain();
    assertThat(fixture.status("a:b")).isEqualTo("failed");
    assertThat(fixture.members("rq:failed:default")).isEqualTo("[a:b]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"finished", "failed", "canceled", "stopped", "queued", "scheduled", "deferred"})
  void a_job_that_is_not_started_only_loses_the_stale_entry(String status) {
    fixture.abandoned("j", "status", status, "retries_left", "3");
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo(status);
    assertThat(fixture.exists("rq:wip:default")).isFalse();
    assertThat(fixture.exists("rq:failed:default")).isFalse();
    assertThat(fixture.queued()).isEqualTo("[]");
    assertThat(fixture.tookOver).isEmpty();
  }

  @Test
  void a_job_that_runs_again_is_not_failed_for_its_earlier_run() {
    fixture.abandoned("j");
    fixture.execution("j", "x2", UpkeepFixture.NOW_SECONDS + 60);
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo("started");
    assertThat(fixture.members("rq:wip:default")).isEqualTo("[j:x2]");
    assertThat(fixture.members("rq:executions:j")).isEqualTo("[x2]");
  }

  @Test
  void a_job_that_still_sends_heartbeats_is_left_alone() {
    fixture.abandoned("j");
    fixture.execution("j", "x1", UpkeepFixture.NOW_SECONDS + 1);
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo("started");
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo("failed");
  }

  @Test
  void an_entry_without_a_job_is_dropped() {
    fixture.execution("ghost", "x1", 5);
    fixture.maintain();
    assertThat(fixture.exists("rq:wip:default")).isFalse();
    assertThat(fixture.exists("rq:job:ghost")).isFalse();
  }

  @Test
  void a_job_of_another_type_of_key_is_dropped_and_stops_nothing() {
    fixture.redis.command("SET", "rq:job:odd", "text");
    fixture.execution("odd", "x1", 4);
    fixture.abandoned("j");
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo("failed");
    assertThat(fixture.exists("rq:wip:default")).isFalse();
  }

  @Test
  void a_job_that_rq_could_not_even_read_fails_and_stops_nothing() {
    fixture.abandoned("status", "status", "STARTED");
    fixture.abandoned("ttl", "failure_ttl", "1h", "timeout", "3m");
    fixture.abandoned("retries", "retries_left", "some", "created_at", "yesterday");
    fixture.abandoned("intervals", "retries_left", "1", "retry_intervals", "{");
    fixture.maintain();
    for (String id : new String[] {"status", "ttl", "retries", "intervals"}) {
      assertThat(fixture.status(id)).as(id).isEqualTo("failed");
    }
    assertThat(fixture.exists("rq:wip:default")).isFalse();
  }

  @Test
  void a_failure_ttl_of_zero_leaves_nothing() {
    fixture.abandoned("j", "failure_ttl", "0");
    fixture.maintain();
    assertThat(fixture.exists("rq:job:j")).isFalse();
    assertThat(fixture.exists("rq:failed:default")).isFalse();
    assertThat(fixture.exists("rq:results:j")).isFalse();
  }

  @Test
  void a_failure_without_end_is_scored_as_rq_scores_it() {
    fixture.abandoned("j", "failure_ttl", "-1");
    fixture.maintain();
    assertThat(fixture.scores("rq:failed:default")).isEqualTo("[j, -1]");
    assertThat(fixture.redis.command("TTL", "rq:job:j")).isEqualTo(-1L);
  }

  @Test
  void children_that_allow_failures_are_enqueued_and_others_stay() {
    fixture.abandoned("j");
    for (String child : new String[] {"tolerant", "strict"}) {
      fixture.waiting(child);
      fixture.redis.command("LREM", "rq:queue:default", "0", child);
      fixture.set(child, "status", "deferred");
      fixture.redis.command("ZADD", "rq:deferred:default", "1", child);
      fixture.redis.command("SADD", "rq:job:j:dependents", child);
      fixture.redis.command("SADD", "rq:job::" + child + ":dependencies", "j");
    }
    fixture.set("tolerant", "allow_dependency_failures", "1");
    fixture.maintain();
    assertThat(fixture.queued()).isEqualTo("[tolerant]");
    assertThat(fixture.members("rq:deferred:default")).isEqualTo("[strict]");
  }

  @Test
  void the_place_under_a_rate_limit_goes_to_the_next_job() {
    fixture.abandoned("j", "rate_limit_key", "api", "rate_limit_concurrency", "1");
    fixture.waiting("next");
    fixture.redis.command("LREM", "rq:queue:default", "0", "next");
    fixture.set("next", "status", "rate_limited", "rate_limit_key", "api");
    fixture.redis.command("SADD", "rq:rl-keys", "api");
    fixture.redis.command("HSET", "rq:rl:api", "concurrency", "1");
    fixture.redis.command("ZADD", "rq:rl:api:allowed", "1", "j");
    fixture.redis.command("ZADD", "rq:rl:api:rate_limited", "1", "next");
    fixture.maintain();
    assertThat(fixture.queued()).isEqualTo("[next]");
    assertThat(fixture.status("next")).isEqualTo("queued");
    assertThat(fixture.members("rq:rl:api:allowed")).isEqualTo("[next]");
  }

  @Test
  void the_listener_hears_of_each_job_once() {
    fixture.abandoned("j");
    fixture.maintain();
    fixture.maintain();
    assertThat(fixture.tookOver).containsExactly("j failed");
  }

  @Test
  void the_worker_that_was_only_slow_stores_nothing_afterwards() throws InterruptedException {
    fixture.worker.enqueue("h", Call.of("hold"));
    try (RqWorker worker = fixture.worker.worker().withoutMaintenance().build()) {
      worker.start();
      fixture.worker.awaitEntered();
      fixture.clock.advance(Duration.ofDays(3650));
      fixture.maintain();
      assertThat(fixture.status("h")).isEqualTo("failed");
      fixture.worker.release.countDown();
      WorkerFixture.await().until(() -> "idle".equals(fixture.worker.hget("rq:worker:w", "state")));
    }
    assertThat(fixture.status("h")).isEqualTo("failed");
    assertThat(fixture.exists("rq:finished:default")).isFalse();
    assertThat(fixture.redis.command("XLEN", "rq:results:h")).isEqualTo(1L);
  }
}
