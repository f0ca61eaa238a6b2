package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.testservers.LeavesUnreadable;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers, schedulers, groups, rate limits and cron as they show in Redis. */
@WithRedis
class WorkersTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:01:00Z");

  private TestRedis redis;
  private RqClient client;

  @BeforeEach
  void connect(TestRedis testRedis) {
    redis = testRedis;
    client =
        RqClient.builder(redis.uri().toString()).clock(Clock.fixed(NOW, ZoneOffset.UTC)).build();
  }

  @AfterEach
  void disconnect() {
    client.close();
    redis.flush();
  }

  private void worker(String name, String... fields) {
    redis.command("SADD", "rq:workers", "rq:worker:" + name);
    String[] words = new String[fields.length + 1];
    words[0] = "rq:worker:" + name;
    System.arraycopy(fields, 0, words, 1, fields.length);
    redis.command("HSET", words);
  }

  @Test
  void a_worker_of_rq_3_tells_all() {
    worker(
        "w",
        "birth",
        "2026-11-22T03:00:00.000000Z",
        "last_heartbeat",
        "2026-11-22T03:00:30.500000Z",
        "queues",
        "high,low",
        "state",
        "busy",
        "pid",
        "42",
        "hostname",
        "vm",
        "ip_address",
        "127.0.0.1:5",
        "version",
        "3.0.0",
        "python_version",
        "3.11",
        "successful_job_count",
        "7",
        "failed_job_count",
        "1",
        "total_working_time",
        "1.5");
    redis.command("SADD", "rq:worker:w:executions", "j:x1", "gone:x2");
    redis.command("HSET", "rq:execution:j:x1", "worker_name", "w", "created_at", "1700000000.0");
    WorkerSnapshot worker = client.workers().find("w").orElseThrow();
    assertThat(worker.queues()).containsExactly("high", "low");
    assertThat(worker.state()).isEqualTo(WorkerState.BUSY);
    assertThat(worker.pid()).isEqualTo(42);
    assertThat(worker.successfulJobCount()).isEqualTo(7);
    assertThat(worker.totalWorkingTime()).isEqualTo(Duration.ofMillis(1500));
    assertThat(worker.heartbeatAge()).isEqualTo(Duration.ofMillis(29_500));
    assertThat(worker.currentJobId()).isEqualTo("j");
    assertThat(worker.currentExecutions()).extracting(Execution::id).containsExactly("x1");
  }

  @Test
  void a_worker_of_rq_2_tells_its_job() {
    worker("w", "birth", "2026-11-22T03:00:00.000000Z", "current_job", "j");
    assertThat(client.workers().all())
        .singleElement()
        .satisfies(worker -> assertThat(worker.currentJobId()).isEqualTo("j"));
  }

  @Test
  @LeavesUnreadable("a worker that writes nonsense is what this is about")
  void nonsense_in_a_worker_hash_hides_nothing_else() {
    worker("w", "pid", "many", "birth", "yesterday", "state", "dancing", "total_working_time", "x");
    assertThat(client.workers().find("w"))
        .hasValueSatisfying(
            worker -> {
              assertThat(worker.pid()).isNull();
              assertThat(worker.birth()).isNull();
              assertThat(worker.state()).isEqualTo(WorkerState.UNKNOWN);
              assertThat(worker.totalWorkingTime()).isZero();
            });
    redis.flush();
  }

  @Test
  void a_dead_worker_is_counted_but_not_listed() {
    worker("w", "state", "idle");
    redis.command("SADD", "rq:workers", "rq:worker:dead");
    assertThat(client.workers().count()).isEqualTo(2);
    assertThat(client.workers().all()).extracting(WorkerSnapshot::name).containsExactly("w");
  }

  @Test
  void workers_are_found_by_queue() {
    worker("w", "state", "idle");
    redis.command("SADD", "rq:workers:high", "rq:worker:w");
    assertThat(client.workers().onQueue("high")).hasSize(1);
    assertThat(client.workers().countOnQueue("low")).isZero();
  }

  @Test
  void suspension_is_in_force_until_resume() {
    client.workers().suspend();
    assertThat(client.workers().isSuspended()).isTrue();
    assertThat(client.workers().resume()).isTrue();
    assertThat(client.workers().isSuspended()).isFalse();
  }

  @Test
  void suspension_for_no_time_is_refused() {
    assertThatThrownBy(() -> client.workers().suspend(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_command_to_nobody_says_so() {
    assertThat(client.workers().shutdown("nobody")).isFalse();
    assertThat(client.workers().killHorse("nobody")).isFalse();
  }

  @Test
  void a_scheduler_is_found_by_the_queues_that_it_holds() {
    redis.command("SADD", "rq:queues", "rq:queue:a", "rq:queue:b", "rq:queue:c");
    redis.command("SET", "rq:scheduler-lock:a", "s1");
    redis.command("SET", "rq:scheduler-lock:b", "s1");
    redis.command("SET", "rq:scheduler-lock:c", "625");
    redis.command(
        "HSET",
        "rq:scheduler:s1",
        "name",
        "s1",
        "hostname",
        "vm",
        "pid",
        "7",
        "queues",
        "a,b,d",
        "created_at",
        "2026-11-22T03:00:00.000000Z");
    assertThat(client.schedulers().all())
        .satisfiesExactly(
            old -> assertThat(old.heldQueues()).containsExactly("c"),
            named -> {
              assertThat(named.name()).isEqualTo("s1");
              assertThat(named.pid()).isEqualTo(7);
              assertThat(named.heldQueues()).containsExactly("a", "b");
              assertThat(named.queues()).containsExactly("a", "b", "d");
            });
    assertThat(client.queue("a").schedulerName()).contains("s1");
    assertThat(client.queue("d").schedulerName()).isEmpty();
  }

  @Test
  void cron_jobs_are_seen_with_their_times() {
    redis.command("ZADD", "rq:cron_schedulers", "1700000000.5", "c1", "1700000000.5", "gone");
    redis.command(
        "HSET",
        "rq:cron_scheduler:c1",
        "hostname",
        "vm",
        "pid",
        "9",
        "config_file",
        "cron.py",
        "cron_jobs",
        "[{\"func_name\": \"tasks.add\", \"name\": \"nightly\", \"queue_name\": \"q\","
            + " \"args\": \"[1]\", \"interval\": 60, \"cron\": null,"
            + " \"next_enqueue_time\": \"2026-11-22T03:06:37.055461Z\"}, 5]");
    assertThat(client.schedulers().cronSchedulers())
        .singleElement()
        .satisfies(
            scheduler -> {
              assertThat(scheduler.lastHeartbeat())
                  .isEqualTo(Instant.parse("2023-11-14T22:13:20.500Z"));
              assertThat(scheduler.jobs())
                  .containsExactly(
                      new CronJobSnapshot(
                          "nightly",
                          "tasks.add",
                          "q",
                          "[1]",
                          null,
                          Duration.ofMinutes(1),
                          null,
                          null,
                          Instant.parse("2026-11-22T03:06:37.055461Z")));
            });
  }

  @Test
  void what_a_cron_job_enqueued_is_listed_newest_first() {
    redis.command("ZADD", "rq:cron_jobs", "1", "nightly");
    redis.command("ZADD", "rq:cron_job:nightly:jobs", "1", "a", "2", "b");
    assertThat(client.schedulers().cronJobNames()).containsExactly("nightly");
    assertThat(client.schedulers().cronJobIds("nightly", 0, 1)).containsExactly("b");
  }

  @Test
  void a_group_gives_its_jobs_and_forgets_what_is_gone() {
    redis.command("SADD", "rq:groups", "g");
    redis.command("SADD", "rq:group:g", "a", "gone");
    redis.command("HSET", "rq:job:a", "data", "x", "status", "queued");
    Group group = client.group("g");
    assertThat(client.groups()).extracting(Group::name).containsExactly("g");
    assertThat(group.jobs()).extracting(JobSnapshot::id).containsExactly("a");
    assertThat(group.jobIds()).hasSize(2);
    assertThat(group.cleanup()).isEqualTo(1);
    assertThat(group.jobIds()).containsExactly("a");
    assertThat(group.remove("a")).isTrue();
    assertThat(group.exists()).isFalse();
  }

  @Test
  void a_group_is_deleted_with_its_jobs() {
    redis.command("SADD", "rq:groups", "g");
    redis.command("SADD", "rq:group:g", "a", "b");
    redis.command("HSET", "rq:job:a", "data", "x", "status", "queued", "group_id", "g");
    redis.command("HSET", "rq:job:b", "data", "x", "status", "queued", "group_id", "g");
    client.group("g").deleteWithJobs();
    assertThat(redis.command("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void a_rate_limit_tells_who_is_under_it() {
    redis.command("SADD", "rq:rl-keys", "api");
    redis.command("HSET", "rq:rl:api", "concurrency", "2");
    redis.command("ZADD", "rq:rl:api:allowed", "1", "a");
    redis.command("ZADD", "rq:rl:api:rate_limited", "1", "b", "2", "c");
    RateLimitRegistry limit = client.rateLimit("api");
    assertThat(client.rateLimits()).extracting(RateLimitRegistry::key).containsExactly("api");
    assertThat(limit.concurrency()).hasValue(2);
    assertThat(limit.allowedJobIds()).containsExactly("a");
    assertThat(limit.waitingJobIds(1, 5)).containsExactly("c");
    assertThat(limit.allowedCount()).isEqualTo(1);
    assertThat(limit.waitingCount()).isEqualTo(2);
    assertThat(client.rateLimit("other").concurrency()).isEmpty();
  }

  @Test
  void a_rate_limit_with_many_jobs_is_put_in_order() {
    redis.command("SADD", "rq:rl-keys", "api");
    redis.command("HSET", "rq:rl:api", "concurrency", "500");
    for (int i = 0; i < 500; i++) {
      // Every other one has ended.
      redis.command("HSET", "rq:job:held" + i, "status", i % 2 == 0 ? "started" : "finished");
      redis.command("ZADD", "rq:rl:api:allowed", "1", "held" + i);
      redis.command("HSET", "rq:job:next" + i, "status", "rate_limited", "origin", "q");
      redis.command("ZADD", "rq:rl:api:rate_limited", "1", "next" + i);
    }
    RateLimitRegistry limit = client.rateLimit("api");
    limit.cleanup();
    assertThat(limit.allowedCount()).isEqualTo(500);
    assertThat(limit.waitingCount()).isEqualTo(250);
    assertThat(redis.command("LLEN", "rq:queue:q")).isEqualTo(250L);
    redis.command("DEL", "rq:rl:api:allowed", "rq:rl:api:rate_limited");
    limit.cleanup();
    assertThat(client.rateLimits()).isEmpty();
  }
}
