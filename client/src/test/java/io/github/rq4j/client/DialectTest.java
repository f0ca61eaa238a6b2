package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written for RQ before 1.0, and what its jobs are known by. */
@WithRedis
class DialectTest {
  private TestRedis redis;
  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis testRedis) {
    redis = testRedis;
    client = RqClient.builder(redis.uri().toString()).dialect(Dialect.BEFORE_1_0).build();
  }

  private static StoredJob job(int... data) {
    byte[] bytes = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      bytes[i] = (byte) data[i];
    }
    return new StoredJob("a", Map.of("data", bytes));
  }

  @Test
  void a_job_of_rq_before_0_10_is_known_by_data_that_is_not_compressed() {
    assertThat(Dialect.SINCE_1_0.of(job(0x80, 2))).isEqualTo(Dialect.BEFORE_1_0);
    assertThat(Dialect.SINCE_1_0.of(job('(', 'V'))).isEqualTo(Dialect.BEFORE_1_0);
    assertThat(Dialect.SINCE_1_0.of(job(0x78, 0x9c))).isEqualTo(Dialect.SINCE_1_0);
    assertThat(Dialect.SINCE_1_0.of(job('n', 'o'))).isEqualTo(Dialect.SINCE_1_0);
    assertThat(Dialect.SINCE_1_0.of(job())).isEqualTo(Dialect.SINCE_1_0);
  }

  @Test
  void what_was_chosen_holds_for_every_job() {
    assertThat(Dialect.BEFORE_1_0.of(job(0x78, 0x9c))).isEqualTo(Dialect.BEFORE_1_0);
  }

  @Test
  void moments_have_a_fraction_only_where_it_can_be_read() {
    Instant instant = Instant.parse("2026-11-22T03:01:29.139374123Z");
    assertThat(Dialect.SINCE_1_0.timestamp(instant)).isEqualTo("2026-11-22T03:01:29.139374Z");
    assertThat(Dialect.BEFORE_1_0.timestamp(instant)).isEqualTo("2026-11-22T03:01:29Z");
  }

  @Test
  void tracebacks_are_compressed_only_where_that_can_be_read() {
    assertThat(Dialect.BEFORE_1_0.traceback("k\u00e9"))
        .isEqualTo("k\u00e9".getBytes(StandardCharsets.UTF_8));
    assertThat(Dialect.SINCE_1_0.traceback("k\u00e9")[0]).isEqualTo((byte) 0x78);
  }

  @Test
  void a_new_job_is_an_uncompressed_pickle_of_protocol_2_with_whole_seconds() {
    Job job = client.queue("q").enqueue(Call.of("tasks.add").args("\u4f60\u00e9\ud83d\ude00"));
    String key = "rq:job:" + job.id();
    assertThat(redis.bytes("HGET", key, "data")).startsWith(0x80, 2);
    assertThat(redis.command("HGET", key, "created_at")).asString().hasSize(20).endsWith("Z");
    assertThat(redis.command("HGET", key, "enqueued_at")).asString().hasSize(20).endsWith("Z");
    assertThat(redis.command("HGET", key, "description"))
        .isEqualTo("tasks.add('\\u4f60\\xe9\\U0001f600')");
  }

  @Test
  void no_dialect_writes_empty_moments() {
    try (RqClient usual = RqClient.connect(redis.uri().toString())) {
      for (RqClient each : new RqClient[] {client, usual}) {
        Job job = each.queue("q").enqueue(Call.of("tasks.add"));
        assertThat(redis.command("HEXISTS", "rq:job:" + job.id(), "started_at")).isEqualTo(0L);
        assertThat(redis.command("HEXISTS", "rq:job:" + job.id(), "ended_at")).isEqualTo(0L);
      }
    }
  }

  @Test
  void a_job_that_rq_before_1_0_filed_as_failed_can_be_requeued() {
    Job job = client.queue("q").create(Call.of("tasks.add"), EnqueueOptions.defaults());
    redis.command("HSET", "rq:job:" + job.id(), "status", "failed", "exc_info", "plain text");
    redis.command("RPUSH", "rq:queue:failed", job.id());
    job.requeue();
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(client.queue("q").jobIds()).containsExactly(job.id());
    assertThat(client.queue("failed").jobIds()).isEmpty();
    assertThat(redis.command("HEXISTS", "rq:job:" + job.id(), "exc_info")).isEqualTo(0L);
  }

  @Test
  void a_failure_of_rq_before_1_0_is_read_from_the_hash() {
    Job job = client.queue("q").create(Call.of("tasks.add"), EnqueueOptions.defaults());
    redis.command("HSET", "rq:job:" + job.id(), "status", "failed", "exc_info", "plain text");
    assertThat(job.snapshot().status()).isEqualTo(JobStatus.FAILED);
    assertThat(catchThrowable(() -> job.result(Duration.ZERO)))
        .isInstanceOfSatisfying(
            JobFailedException.class,
            failure -> assertThat(failure.excString()).isEqualTo("plain text"));
  }
}
