package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.local.LocalRedis;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Large registries are worked off in bounded steps. With {@code
 * -DargLine=-Drq4j.maintenance.entries=1000000} on an idle machine, also how long each step blocks
 * Redis is checked.
 */
class MaintenanceLoadTest {
  private static final int ENTRIES = Integer.getInteger("rq4j.maintenance.entries", 20_000);
  private static final int LARGE = 1_000_000;
  private static final int STEP = 200;
  private static final long LONGEST_STEP_MICROS = 50_000;

  private LocalRedis local;
  private RedisServer server;

  @BeforeEach
  void start() {
    local = LocalRedis.start();
    server = new RedisServer(RedisSettings.parse(local.uri().toString()));
  }

  @AfterEach
  void stop() {
    server.close();
    local.close();
  }

  private Reply call(String name, String... arguments) {
    return server.with(redis -> redis.call(Command.of(name, arguments)));
  }

  /** Fills a registry, in portions that the connection's timeout allows for. */
  private void fill(String script) {
    for (int i = 0; i < ENTRIES; i += 10_000) {
      call("EVAL", "for i = ARGV[1], ARGV[1] + 9999 do " + script + " end return 1", "0", "" + i)
          .orThrow();
    }
  }

  private void maintainAndMeasure() {
    call("CONFIG", "RESETSTAT");
    call("SLOWLOG", "RESET");
    call("CONFIG", "SET", "slowlog-log-slower-than", Long.toString(LONGEST_STEP_MICROS));
    RqWorkerBuilder settings =
        RqWorker.builder(
                local.uri().toString(), Handlers.builder().register("f", () -> "done").build())
            .clock(Clock.fixed(Instant.parse("2026-11-22T03:00:00Z"), ZoneOffset.UTC));
    Maintenance maintenance =
        new Maintenance(new WorkerConfig(settings), server, () -> false, lost -> {});
    var unused = maintenance.perform();
    assertThat(scriptCalls()).isGreaterThanOrEqualTo(ENTRIES / STEP);
    if (ENTRIES >= LARGE) {
      assertThat(call("SLOWLOG", "GET", "3").asList()).as("commands of more than 50 ms").isEmpty();
    }
  }

  private long scriptCalls() {
    String statistics = String.valueOf(call("INFO", "commandstats").asText());
    Matcher calls = Pattern.compile("cmdstat_evalsha:calls=(\\d+)").matcher(statistics);
    return calls.find() ? Long.parseLong(calls.group(1)) : 0;
  }

  @Test
  void a_large_finished_registry_is_worked_off_in_steps() {
    fill("redis.call('ZADD', 'rq:finished:default', 5, 'job' .. i)");
    maintainAndMeasure();
    assertThat(call("EXISTS", "rq:finished:default").asLong()).isZero();
  }

  @Test
  void a_large_started_registry_is_worked_off_in_steps() {
    fill(
        "redis.call('ZADD', 'rq:wip:default', 5, 'job' .. i .. ':x')"
            + " redis.call('HSET', 'rq:job:job' .. i, 'data', 'd', 'status', 'started')");
    maintainAndMeasure();
    assertThat(call("EXISTS", "rq:wip:default").asLong()).isZero();
    assertThat(call("ZCARD", "rq:failed:default").asLong()).isEqualTo(ENTRIES);
  }

  @Test
  void a_large_group_and_many_workers_are_worked_off_in_steps() {
    fill(
        "redis.call('SADD', 'rq:groups', 'g') redis.call('SADD', 'rq:group:g', 'job' .. i)"
            + " redis.call('SADD', 'rq:workers:default', 'rq:worker:w' .. i)");
    maintainAndMeasure();
    assertThat(call("EXISTS", "rq:groups", "rq:group:g", "rq:workers:default").asLong()).isZero();
  }
}
