package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What maintenance does apart from lost jobs, and when. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class MaintenanceTest {
  private static final String LOCK = "rq:clean_registries:default";

  private final UpkeepFixture fixture;

  MaintenanceTest(UpkeepFixture fixture) {
    this.fixture = fixture;
  }

  @Test
  void entries_whose_time_is_over_leave_the_finished_and_failed_registries() {
    for (String registry : new String[] {"rq:finished:default", "rq:failed:default"}) {
      fixture.redis.command(
          "ZADD", registry, "5", "old", "+inf", "kept", "-1", "for-ever", "9999999999", "young");
    }
    fixture.maintain();
    for (String registry : new String[] {"rq:finished:default", "rq:failed:default"}) {
      assertThat(fixture.members(registry)).isEqualTo("[for-ever, young, kept]");
    }
  }

  @Test
  void jobs_that_were_ready_when_their_worker_ended_are_enqueued() {
    fixture.waiting("first");
    for (String id : new String[] {"j", "other"}) {
      fixture.waiting(id);
      fixture.redis.command("LREM", "rq:queue:default", "0", id);
      fixture.redis.command("ZADD", "rq:ready:default", "1", id);
    }
    fixture.set("j", "status", "ready_to_enqueue", "enqueue_at_front", "1");
    fixture.set("other", "status", "canceled");
    fixture.redis.command("ZADD", "rq:ready:default", "1", "ghost");
    fixture.maintain();
    assertThat(fixture.queued()).isEqualTo("[j, first]");
    assertThat(fixture.status("j")).isEqualTo("queued");
    assertThat(fixture.status("other")).isEqualTo("canceled");
    assertThat(fixture.exists("rq:ready:default")).isFalse();
  }

  private void limited(String id, String status, boolean allowed) {
    fixture.waiting(id);
    fixture.redis.command("LREM", "rq:queue:default", "0", id);
    fixture.set(id, "status", status, "rate_limit_key", "api", "rate_limit_concurrency", "1");
    fixture.redis.command("SADD", "rq:rl-keys", "api");
    fixture.redis.command("HSET", "rq:rl:api", "concurrency", "1");
    fixture.redis.command("ZADD", "rq:rl:api:" + (allowed ? "allowed" : "rate_limited"), "1", id);
  }

  @Test
  void places_that_ended_jobs_kept_under_a_rate_limit_are_given_to_others() {
    limited("ended", "finished", true);
    limited("next", "rate_limited", false);
    fixture.maintain();
    assertThat(fixture.members("rq:rl:api:allowed")).isEqualTo("[next]");
    assertThat(fixture.queued()).isEqualTo("[next]");
  }

  @Test
  void a_running_job_keeps_its_place_under_a_rate_limit() {
    limited("running", "started", true);
    limited("next", "rate_limited", false);
    fixture.maintain();
    assertThat(fixture.members("rq:rl:api:allowed")).isEqualTo("[running]");
    assertThat(fixture.status("next")).isEqualTo("rate_limited");
  }

  @Test
  void a_canceled_job_that_still_runs_keeps_its_place_under_a_rate_limit() {
    limited("canceled", "canceled", true);
    fixture.redis.command("ZADD", "rq:executions:canceled", "9999999999", "x1");
    limited("next", "rate_limited", false);
    fixture.maintain();
    assertThat(fixture.members("rq:rl:api:allowed")).isEqualTo("[canceled]");
  }

  @Test
  void a_rate_limit_that_nobody_uses_is_forgotten() {
    limited("ended", "finished", true);
    fixture.maintain();
    assertThat(fixture.exists("rq:rl:api")).isFalse();
    assertThat(fixture.exists("rq:rl-keys")).isFalse();
  }

  @Test
  void workers_whose_hash_has_expired_are_forgotten() {
    fixture.redis.command("SADD", "rq:workers", "rq:worker:dead", "rq:worker:alive");
    fixture.redis.command("SADD", "rq:workers:default", "rq:worker:dead", "rq:worker:alive");
    fixture.redis.command("HSET", "rq:worker:alive", "birth", "now");
    fixture.maintain();
    assertThat(fixture.worker.list("SMEMBERS", "rq:workers").toString())
        .isEqualTo("[rq:worker:alive]");
    assertThat(fixture.worker.list("SMEMBERS", "rq:workers:default").toString())
        .isEqualTo("[rq:worker:alive]");
  }

  @Test
  void jobs_that_no_longer_exist_leave_their_groups_and_empty_groups_are_forgotten() {
    fixture.waiting("j");
    fixture.redis.command("SADD", "rq:groups", "some", "none", "gone");
    fixture.redis.command("SADD", "rq:group:some", "j", "ghost");
    fixture.redis.command("SADD", "rq:group:none", "ghost");
    fixture.maintain();
    assertThat(fixture.worker.list("SMEMBERS", "rq:groups").toString()).isEqualTo("[some]");
    assertThat(fixture.worker.list("SMEMBERS", "rq:group:some").toString()).isEqualTo("[j]");
    assertThat(fixture.redis.command("TTL", "rq:clean_groups")).isEqualTo(599L);
  }

  @Test
  void groups_are_cleaned_once_per_interval_by_all_workers_together() {
    fixture.redis.command("SET", "rq:clean_groups", "1");
    fixture.redis.command("SADD", "rq:groups", "gone");
    fixture.maintain();
    assertThat(fixture.exists("rq:groups")).isTrue();
  }

  @Test
  void a_queue_that_another_worker_is_cleaning_is_left_to_it() {
    fixture.redis.command("SET", LOCK, "1");
    fixture.abandoned("j");
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo("started");
    assertThat(fixture.redis.command("GET", LOCK)).isEqualTo("1");
  }

  @Test
  void the_lock_is_released_also_when_a_step_fails_and_the_other_steps_are_done() {
    fixture.redis.command("SET", "rq:finished:default", "text");
    fixture.redis.command("SET", "rq:ready:default", "text");
    fixture.redis.command("SET", "rq:rl-keys", "text");
    fixture.abandoned("j");
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo("failed");
    assertThat(fixture.exists(LOCK)).isFalse();
  }

  @Test
  void a_lock_that_has_become_another_workers_is_not_released() {
    RedisLock ours = new RedisLock("lock", "us", Duration.ofSeconds(10));
    fixture.server.with(redis -> redis.call(ours.acquireOrExtend()));
    fixture.redis.command("SET", "lock", "them");
    fixture.server.with(redis -> redis.call(ours.release()));
    assertThat(fixture.redis.command("GET", "lock")).isEqualTo("them");
  }

  @Test
  void every_queue_of_the_worker_is_cleaned() {
    fixture.redis.command("ZADD", "rq:failed:a", "5", "old");
    fixture.redis.command("ZADD", "rq:failed:b", "5", "old");
    fixture.maintain("a", "b");
    assertThat(fixture.exists("rq:failed:a")).isFalse();
    assertThat(fixture.exists("rq:failed:b")).isFalse();
  }

  @Test
  void a_worker_cleans_at_its_start_and_every_interval() {
    fixture.abandoned("first");
    fixture.abandoned("second");
    fixture.execution("second", "x1", System.currentTimeMillis() / 1000 + 2);
    try (RqWorker worker =
        fixture.worker.worker().maintenanceInterval(Duration.ofSeconds(1)).build()) {
      worker.start();
      WorkerFixture.await().until(() -> "failed".equals(fixture.status("first")));
      WorkerFixture.await().until(() -> "failed".equals(fixture.status("second")));
    }
  }

  @Test
  void a_burst_worker_cleans_before_its_first_job() throws InterruptedException {
    fixture.abandoned("j", "retries_left", "1");
    fixture.worker.burst();
    assertThat(fixture.worker.ran).containsExactly("j");
    assertThat(fixture.status("j")).isEqualTo("finished");
  }

  @Test
  void without_redis_the_next_attempt_comes_at_the_next_interval() {
    try (RedisServer nobody = new RedisServer(RedisSettings.parse("redis://localhost:1"))) {
      Maintenance maintenance = new Maintenance(fixture.config(), nobody, () -> false, lost -> {});
      assertThat(maintenance.perform()).isEqualTo(Duration.ofMinutes(10));
    }
  }

  @Test
  void a_worker_that_is_to_end_does_not_begin_with_another_queue() {
    fixture.abandoned("j");
    Maintenance maintenance =
        new Maintenance(fixture.config(), fixture.server, () -> true, lost -> {});
    var unused = maintenance.perform();
    assertThat(fixture.status("j")).isEqualTo("started");
    assertThat(fixture.exists(LOCK)).isFalse();
  }
}
