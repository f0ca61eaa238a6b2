package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who enqueues scheduled jobs, when, and how. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class SchedulerTest {
  private static final String LOCK = "rq:scheduler-lock:default";
  private static final long NOW = UpkeepFixture.NOW_SECONDS;

  private final UpkeepFixture fixture;

  SchedulerTest(UpkeepFixture fixture) {
    this.fixture = fixture;
  }

  private Scheduler scheduler(String... queues) {
    WorkerConfig config = fixture.config(queues);
    return new Scheduler(config, fixture.server, new Registration(config), () -> false);
  }

  private static void tick(Scheduler scheduler) {
    var unused = scheduler.perform();
  }

  @Test
  void jobs_whose_time_has_come_are_enqueued_in_the_order_of_their_times() {
    fixture.scheduled("later", NOW);
    fixture.scheduled("sooner", NOW - 10);
    fixture.scheduled("future", NOW + 1);
    tick(scheduler());
    assertThat(fixture.queued()).isEqualTo("[sooner, later]");
    assertThat(fixture.status("later")).isEqualTo("queued");
    assertThat(fixture.redis.command("HGET", "rq:job:later", "enqueued_at"))
        .isEqualTo("2026-11-22T03:00:55.054295Z");
    assertThat(fixture.members("rq:scheduled:default")).isEqualTo("[future]");
    assertThat(fixture.redis.command("SISMEMBER", "rq:queues", "rq:queue:default")).isEqualTo(1L);
  }

  @Test
  void a_job_is_enqueued_when_its_second_begins() {
    fixture.scheduled("j", NOW + 1);
    Scheduler scheduler = scheduler();
    tick(scheduler);
    assertThat(fixture.queued()).isEqualTo("[]");
    fixture.clock.advance(Duration.ofSeconds(1));
    tick(scheduler);
    assertThat(fixture.queued()).isEqualTo("[j]");
  }

  @Test
  void jobs_for_the_front_go_to_the_front() {
    fixture.waiting("first");
    fixture.scheduled("front", NOW);
    fixture.set("front", "enqueue_at_front", "1");
    tick(scheduler());
    assertThat(fixture.queued()).isEqualTo("[front, first]");
  }

  @Test
  void a_retry_for_the_front_goes_there_only_after_a_run() {
    fixture.waiting("first");
    fixture.scheduled("fresh", NOW);
    fixture.scheduled("retried", NOW);
    fixture.set("fresh", "enqueue_at_front_on_retry", "1");
    fixture.set(
        "retried", "enqueue_at_front_on_retry", "1", "ended_at", "2026-11-22T03:00:00.000000Z");
    tick(scheduler());
    assertThat(fixture.queued()).isEqualTo("[retried, first, fresh]");
  }

  @Test
  void a_rate_limited_job_waits_for_a_place() {
    for (String id : List.of("a", "b")) {
      fixture.scheduled(id, NOW);
      fixture.set(id, "rate_limit_key", "api", "rate_limit_concurrency", "1");
    }
    tick(scheduler());
    assertThat(fixture.queued()).isEqualTo("[a]");
    assertThat(fixture.status("b")).isEqualTo("rate_limited");
    assertThat(fixture.members("rq:rl:api:rate_limited")).isEqualTo("[b]");
    assertThat(fixture.exists("rq:scheduled:default")).isFalse();
  }

  @Test
  void an_id_whose_job_is_written_a_moment_later_is_not_lost() {
    fixture.redis.command("ZADD", "rq:scheduled:default", "5", "j");
    Scheduler scheduler = scheduler();
    tick(scheduler);
    fixture.waiting("j");
    fixture.redis.command("DEL", "rq:queue:default");
    fixture.clock.advance(Duration.ofSeconds(2));
    tick(scheduler);
    assertThat(fixture.queued()).isEqualTo("[j]");
  }

  @Test
  void an_id_without_a_job_is_dropped_when_it_is_met_again() {
    fixture.redis.command("ZADD", "rq:scheduled:default", "5", "ghost");
    Scheduler scheduler = scheduler();
    tick(scheduler);
    fixture.clock.advance(Duration.ofSeconds(2));
    tick(scheduler);
    assertThat(fixture.exists("rq:scheduled:default")).isFalse();
    assertThat(fixture.queued()).isEqualTo("[]");
  }

  @Test
  void a_canceled_job_is_not_enqueued() {
    fixture.scheduled("j", NOW);
    fixture.set("j", "status", "canceled");
    tick(scheduler());
    assertThat(fixture.queued()).isEqualTo("[]");
    assertThat(fixture.status("j")).isEqualTo("canceled");
  }

  @Test
  void a_job_that_redis_refuses_to_enqueue_stays_in_the_schedule() {
    fixture.scheduled("j", NOW);
    fixture.redis.command("SET", "rq:queue:default", "text");
    Scheduler scheduler = scheduler();
    tick(scheduler);
    assertThat(fixture.members("rq:scheduled:default")).isEqualTo("[j]");
    fixture.redis.command("DEL", "rq:queue:default");
    tick(scheduler);
    assertThat(fixture.queued()).isEqualTo("[j]");
  }

  @Test
  void thousands_of_jobs_that_are_due_at_once_are_enqueued_in_one_go() {
    for (int i = 0; i < 3000; i++) {
      fixture.redis.command("HSET", "rq:job:j" + i, "data", "d", "status", "scheduled");
      fixture.redis.command("ZADD", "rq:scheduled:default", Long.toString(NOW), "j" + i);
    }
    tick(scheduler());
    assertThat(fixture.worker.number("LLEN", "rq:queue:default")).isEqualTo(3000);
    assertThat(fixture.exists("rq:scheduled:default")).isFalse();
  }

  @Test
  void the_lock_holds_a_number_for_old_readers_that_is_a_name_for_new_ones() {
    Scheduler scheduler = scheduler();
    tick(scheduler);
    assertThat(fixture.redis.command("GET", LOCK)).isEqualTo(scheduler.name());
    assertThat(scheduler.name()).matches("[0-9]+").startsWith("" + ProcessHandle.current().pid());
    assertThat(fixture.redis.command("TTL", LOCK)).isEqualTo(61L);
    String hash = "rq:scheduler:" + scheduler.name();
    assertThat(fixture.redis.command("HGET", hash, "pid"))
        .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    assertThat(fixture.redis.command("HGET", hash, "queues")).isEqualTo("default");
    assertThat(fixture.redis.command("HGET", hash, "last_heartbeat"))
        .isEqualTo("2026-11-22T03:00:55.054295Z");
    assertThat(fixture.redis.command("TTL", hash)).isEqualTo(61L);
  }

  @Test
  void two_schedulers_have_different_names() {
    assertThat(scheduler().name()).isNotEqualTo(scheduler().name());
  }

  @Test
  void a_queue_whose_lock_another_holds_is_left_to_it() {
    fixture.redis.command("SET", LOCK, "4711");
    fixture.scheduled("j", NOW);
    Scheduler scheduler = scheduler("default", "free");
    tick(scheduler);
    assertThat(scheduler.held()).containsExactly("free");
    assertThat(fixture.queued()).isEqualTo("[]");
    assertThat(fixture.redis.command("GET", LOCK)).isEqualTo("4711");
  }

  @Test
  void a_lock_that_became_free_is_taken_within_seconds() {
    fixture.redis.command("SET", LOCK, "4711");
    Scheduler scheduler = scheduler();
    tick(scheduler);
    fixture.redis.command("DEL", LOCK);
    fixture.clock.advance(Duration.ofSeconds(9));
    tick(scheduler);
    assertThat(scheduler.held()).isEmpty();
    fixture.clock.advance(Duration.ofSeconds(1));
    tick(scheduler);
    assertThat(scheduler.held()).containsExactly("default");
  }

  @Test
  void a_scheduler_that_lost_its_lock_while_it_paused_does_nothing() {
    Scheduler paused = scheduler();
    tick(paused);
    fixture.redis.command("SET", LOCK, "4711", "EX", "61");
    fixture.scheduled("j", NOW);
    fixture.clock.advance(Duration.ofSeconds(70));
    tick(paused);
    assertThat(paused.held()).isEmpty();
    assertThat(fixture.queued()).isEqualTo("[]");
    assertThat(fixture.redis.command("GET", LOCK)).isEqualTo("4711");
    assertThat(fixture.redis.command("TTL", LOCK)).isEqualTo(61L);
  }

  @Test
  void a_lock_that_expired_and_that_nobody_took_is_taken_again() {
    Scheduler scheduler = scheduler();
    tick(scheduler);
    fixture.redis.command("FLUSHDB");
    fixture.scheduled("j", NOW);
    tick(scheduler);
    assertThat(fixture.queued()).isEqualTo("[j]");
    assertThat(fixture.redis.command("GET", LOCK)).isEqualTo(scheduler.name());
    assertThat(fixture.redis.command("HGET", "rq:scheduler:" + scheduler.name(), "pid"))
        .isNotNull();
  }

  @Test
  void at_its_end_a_scheduler_releases_its_own_locks_and_deletes_its_hash() {
    Scheduler scheduler = scheduler("default", "stolen");
    tick(scheduler);
    fixture.redis.command("SET", "rq:scheduler-lock:stolen", "4711");
    scheduler.end();
    assertThat(fixture.exists(LOCK)).isFalse();
    assertThat(fixture.redis.command("GET", "rq:scheduler-lock:stolen")).isEqualTo("4711");
    assertThat(fixture.exists("rq:scheduler:" + scheduler.name())).isFalse();
  }

  @Test
  void of_two_schedulers_at_once_each_job_is_enqueued_by_one() throws InterruptedException {
    for (int i = 0; i < 2000; i++) {
      fixture.redis.command("HSET", "rq:job:j" + i, "data", "d", "status", "scheduled");
      fixture.redis.command("ZADD", "rq:scheduled:default", Long.toString(NOW), "j" + i);
    }
    List<Thread> threads =
        IntStream.range(0, 2).mapToObj(i -> new Thread(() -> tick(scheduler()))).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    List<?> queued = fixture.worker.list("LRANGE", "rq:queue:default", "0", "-1");
    Set<Object> distinct = new HashSet<>(queued);
    assertThat(queued).hasSize(2000);
    assertThat(distinct).hasSize(2000);
  }

  @Test
  void a_worker_with_a_scheduler_runs_jobs_when_their_time_has_come() {
    fixture.scheduled("j", System.currentTimeMillis() / 1000 + 1);
    try (RqWorker worker = fixture.worker.worker().withScheduler(true).build()) {
      worker.start();
      WorkerFixture.await().until(() -> "finished".equals(fixture.status("j")));
    }
    assertThat(fixture.exists(LOCK)).isFalse();
    assertThat(fixture.worker.list("KEYS", "rq:scheduler:*")).isEmpty();
  }

  @Test
  void a_retry_with_an_interval_is_run_by_the_workers_own_scheduler() {
    fixture.worker.enqueue("j", Call.of("boom"));
    fixture.set("j", "retries_left", "1", "retry_intervals", "[1]");
    try (RqWorker worker = fixture.worker.worker().withScheduler(true).build()) {
      worker.start();
      WorkerFixture.await().until(() -> "failed".equals(fixture.status("j")));
    }
    assertThat(fixture.redis.command("HGET", "rq:job:j", "retries_left")).isEqualTo("0");
  }

  @Test
  void a_burst_worker_enqueues_what_is_due_before_its_first_job_and_lets_go()
      throws InterruptedException {
    fixture.scheduled("j", 5);
    fixture.scheduled("future", 9_999_999_999L);
    try (RqWorker worker = fixture.worker.worker().withScheduler(true).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(fixture.worker.ran).containsExactly("j");
    assertThat(fixture.members("rq:scheduled:default")).isEqualTo("[future]");
    assertThat(fixture.exists(LOCK)).isFalse();
  }

  @Test
  void without_a_scheduler_nothing_is_enqueued() throws InterruptedException {
    fixture.scheduled("j", 5);
    fixture.worker.burst();
    assertThat(fixture.status("j")).isEqualTo("scheduled");
  }
}
