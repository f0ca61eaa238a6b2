package io.github.rq4j.worker.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a cron scheduler enqueues, and what it writes. */
@WithRedis
class CronSchedulerTest {
  private static final Instant START = Instant.parse("2026-11-22T03:00:30.5Z");

  private TestRedis redis;
  private Instant now = START;
  private @Nullable CronScheduler begun;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @BeforeEach
  void remember(TestRedis testRedis) {
    redis = testRedis;
  }

  @AfterEach
  void close() {
    if (begun != null) {
      begun.close();
    }
  }

  private void begin(CronJob... jobs) {
    CronScheduler.Builder builder =
        CronScheduler.builder(redis.uri().toString()).clock(clock).name("cron");
    for (CronJob job : jobs) {
      builder.register(job);
    }
    built(builder).begin();
  }

  private CronScheduler built(CronScheduler.Builder builder) {
    begun = builder.build();
    return begun;
  }

  private Duration turn() {
    return Objects.requireNonNull(begun).turn();
  }

  private static CronJob.Builder job() {
    return CronJob.builder("tasks.sync");
  }

  private List<?> queued() {
    return (List<?>) Objects.requireNonNull(redis.command("LRANGE", "rq:queue:default", "0", "-1"));
  }

  private String hget(String field) {
    return String.valueOf(redis.command("HGET", "rq:cron_scheduler:cron", field));
  }

  private Duration turnAt(String time) {
    now = Instant.parse(time);
    return turn();
  }

  @Test
  void a_job_with_an_interval_is_enqueued_at_once_and_after_each_interval() {
    begin(job().every(Duration.ofSeconds(20)).build());
    assertThat(turn()).isEqualTo(Duration.ofSeconds(20));
    assertThat(queued()).hasSize(1);
    assertThat(turnAt("2026-11-22T03:00:50.4Z")).isEqualTo(Duration.ofMillis(100));
    assertThat(queued()).hasSize(1);
    turnAt("2026-11-22T03:00:50.5Z");
    assertThat(queued()).hasSize(2);
  }

  @Test
  void a_job_with_an_expression_is_enqueued_at_its_times_only() {
    begin(job().cron("*/2 * * * *").build());
    assertThat(turn()).isEqualTo(Duration.ofSeconds(60));
    assertThat(queued()).isEmpty();
    assertThat(turnAt("2026-11-22T03:02:00Z")).isEqualTo(Duration.ofSeconds(60));
    assertThat(queued()).hasSize(1);
    turnAt("2026-11-22T03:03:59.9Z");
    assertThat(queued()).hasSize(1);
    turnAt("2026-11-22T03:04:00Z");
    assertThat(queued()).hasSize(2);
  }

  @Test
  void however_late_it_is_a_job_is_enqueued_once() {
    begin(
        job().every(Duration.ofSeconds(1)).build(), job().cron("* * * * *").queue("other").build());
    turn();
    turnAt("2026-11-22T05:00:30Z");
    assertThat(queued()).hasSize(2);
    assertThat(redis.command("LLEN", "rq:queue:other")).isEqualTo(1L);
    assertThat(turnAt("2026-11-22T05:00:30.2Z")).isEqualTo(Duration.ofMillis(800));
  }

  @Test
  void options_and_arguments_are_those_of_the_job() {
    begin(
        job()
            .args(1, "two")
            .kwarg("three", 3)
            .every(Duration.ofMinutes(1))
            .timeout(Duration.ofSeconds(10))
            .ttl(Duration.ofSeconds(20))
            .failureTtl(Duration.ofSeconds(30))
            .build());
    turn();
    String key = "rq:job:" + queued().get(0);
    assertThat(redis.command("HGET", key, "description"))
        .isEqualTo("tasks.sync(1, 'two', three=3)");
    assertThat(redis.command("HGET", key, "timeout")).isEqualTo("10");
    assertThat(redis.command("HGET", key, "result_ttl")).isEqualTo("500");
    assertThat(redis.command("HGET", key, "ttl")).isEqualTo("20");
    assertThat(redis.command("HGET", key, "failure_ttl")).isEqualTo("30");
  }

  @Test
  void what_was_enqueued_is_in_the_history() {
    begin(job().name("sync").every(Duration.ofSeconds(1)).build());
    turn();
    assertThat(
            String.valueOf(
                redis.command("ZRANGE", "rq:cron_job:sync:jobs", "0", "-1", "WITHSCORES")))
        .isEqualTo("[" + queued().get(0) + ", 1795316430.5]");
    assertThat(redis.command("TTL", "rq:cron_job:sync:jobs")).isEqualTo(31_536_000L);
    assertThat(redis.command("ZSCORE", "rq:cron_jobs", "sync")).isEqualTo("1795316430.5");
  }

  @Test
  void the_history_keeps_the_last_thousand() {
    redis.command(
        "EVAL",
        "for i = 1, 1000 do redis.call('ZADD', 'rq:cron_job:sync:jobs', i, 'old' .. i) end",
        "0");
    begin(job().name("sync").every(Duration.ofSeconds(1)).build());
    turn();
    assertThat(redis.command("ZCARD", "rq:cron_job:sync:jobs")).isEqualTo(1000L);
    assertThat(redis.command("ZSCORE", "rq:cron_job:sync:jobs", "old1")).isNull();
  }

  @Test
  void a_scheduler_is_registered_with_its_jobs() {
    begin(
        job()
            .args(1)
            .kwarg("when", Instant.EPOCH)
            .meta(Map.of("a", 1))
            .every(Duration.ofMinutes(5))
            .build());
    assertThat(redis.command("ZSCORE", "rq:cron_schedulers", "cron")).isEqualTo("1795316430.5");
    assertThat(redis.command("TTL", "rq:cron_scheduler:cron")).isEqualTo(120L);
    assertThat(hget("pid")).isEqualTo(Long.toString(ProcessHandle.current().pid()));
    assertThat(hget("created_at")).isEqualTo("2026-11-22T03:00:30.500000Z");
    assertThat(hget("cron_jobs"))
        .isEqualTo(
            "[{\"func_name\": \"tasks.sync\", \"name\": \"tasks.sync\", \"queue_name\":"
                + " \"default\", \"args\": \"[1]\", \"kwargs\": \"<not JSON serializable>\","
                + " \"interval\": 300, \"cron\": null, \"latest_enqueue_time\": null,"
                + " \"next_enqueue_time\": \"2026-11-22T03:00:30.500000Z\", \"result_ttl\": 500,"
                + " \"meta\": \"{\\\"a\\\": 1}\"}]");
  }

  @Test
  void each_turn_is_a_heartbeat_and_writes_what_was_lost() {
    begin(job().cron("0 0 1 1 *").build());
    redis.flush();
    turnAt("2026-11-22T03:01:30Z");
    assertThat(redis.command("ZSCORE", "rq:cron_schedulers", "cron")).isEqualTo("1795316490");
    assertThat(hget("cron_jobs")).contains("2027-01-01T00:00:00.000000Z");
    assertThat(redis.command("TTL", "rq:cron_scheduler:cron")).isEqualTo(120L);
  }

  @Test
  void the_times_of_a_job_are_saved_when_it_was_enqueued() {
    begin(job().every(Duration.ofMinutes(1)).build());
    turn();
    assertThat(hget("cron_jobs"))
        .contains("\"latest_enqueue_time\": \"2026-11-22T03:00:30.500000Z\"")
        .contains("\"next_enqueue_time\": \"2026-11-22T03:01:30.500000Z\"");
  }

  @Test
  void a_job_that_redis_refuses_keeps_no_other_from_being_enqueued_and_stays_due() {
    redis.command("SET", "rq:queue:odd", "text");
    begin(
        job().queue("odd").every(Duration.ofHours(1)).build(),
        job().every(Duration.ofHours(1)).build());
    assertThatThrownBy(this::turn).isInstanceOf(RedisCommandException.class);
    assertThat(queued()).hasSize(1);
    redis.command("DEL", "rq:queue:odd");
    turn();
    assertThat(redis.command("LLEN", "rq:queue:odd")).isEqualTo(1L);
    assertThat(queued()).hasSize(1);
  }

  @Test
  void without_redis_a_scheduler_does_not_start() {
    CronScheduler scheduler =
        built(
            CronScheduler.builder("redis://localhost:1")
                .register(job().every(Duration.ofSeconds(1)).build()));
    assertThatThrownBy(scheduler::start).isInstanceOf(RedisUnavailableException.class);
  }

  @Test
  void a_closed_scheduler_is_off_the_list() throws InterruptedException {
    CronScheduler scheduler =
        built(
            CronScheduler.builder(redis.uri().toString())
                .register(job().every(Duration.ofHours(1)).build()));
    scheduler.start();
    Awaitility.await().until(() -> queued().size() == 1);
    assertThat(redis.command("ZCARD", "rq:cron_schedulers")).isEqualTo(1L);
    scheduler.close();
    scheduler.awaitEnd();
    assertThat(redis.command("EXISTS", "rq:cron_schedulers")).isEqualTo(0L);
  }

  @Test
  void its_name_is_made_of_host_and_process_as_in_rq() {
    CronScheduler scheduler =
        built(
            CronScheduler.builder("redis://localhost:1")
                .register(job().every(Duration.ofSeconds(1)).build()));
    assertThat(scheduler.name()).matches(".+:" + ProcessHandle.current().pid() + ":[0-9a-f]{6}");
  }

  @Test
  void a_job_needs_either_an_interval_or_an_expression() {
    assertThatThrownBy(() -> job().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("either an interval or a cron expression");
    assertThatThrownBy(() -> job().every(Duration.ofSeconds(1)).cron("* * * * *").build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> job().every(Duration.ofMillis(1500)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_argument_that_python_cannot_have_is_refused_before_anything_starts() {
    CronScheduler.Builder builder =
        CronScheduler.builder(redis.uri().toString())
            .register(job().args(new Thread()).every(Duration.ofSeconds(1)).build());
    assertThatThrownBy(builder::build).isInstanceOf(UnsupportedValueException.class);
  }
}
