package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRedis
class QueueTest {
  private static final Call CALL = Call.of("tasks.add").args(1).kwarg("y", "two");

  private TestRedis redis;
  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis testRedis) {
    redis = testRedis;
    client =
        RqClient.builder(redis.uri().toString())
            .clock(Clock.fixed(Instant.parse("2026-11-22T03:01:29.5Z"), ZoneOffset.UTC))
            .build();
  }

  @Test
  void jobs_are_queued_in_order_and_the_queue_is_made_known() {
    Job first = client.queue("q").enqueue(CALL);
    Job second = client.queue("q").enqueue(CALL);
    Job front = client.queue("q").enqueue(CALL, EnqueueOptions.builder().atFront(true).build());
    assertThat(client.queue("q").jobIds()).containsExactly(front.id(), first.id(), second.id());
    assertThat(client.queue("q").size()).isEqualTo(3L);
    assertThat(redis.command("SISMEMBER", "rq:queues", "rq:queue:q")).isEqualTo(1L);
  }

  @Test
  void a_job_is_stored_with_times_of_six_digits_and_a_description() {
    Job job = client.queue("q").enqueue(CALL);
    String key = "rq:job:" + job.id();
    assertThat(redis.command("HGET", key, "created_at")).isEqualTo("2026-11-22T03:01:29.500000Z");
    assertThat(redis.command("HGET", key, "enqueued_at")).isEqualTo("2026-11-22T03:01:29.500000Z");
    assertThat(redis.command("HGET", key, "description")).isEqualTo("tasks.add(1, y='two')");
    assertThat(redis.command("HGET", key, "timeout")).isEqualTo("180");
    assertThat(redis.command("TTL", key)).isEqualTo(-1L);
  }

  @Test
  void further_commands_are_part_of_the_transaction() {
    redis.command("SET", "other", "text");
    Command refused = Command.of("SADD", "other", "member");
    client.queue("q").enqueue(CALL, EnqueueOptions.defaults(), List.of(Command.of("INCR", "n")));
    assertThat(redis.command("GET", "n")).isEqualTo("1");
    assertThatThrownBy(
            () -> client.queue("q").enqueue(CALL, EnqueueOptions.defaults(), List.of(refused)))
        .isInstanceOf(RedisCommandException.class);
  }

  @Test
  void an_argument_that_python_cannot_have_is_refused_with_its_place_and_nothing_is_stored() {
    assertThatThrownBy(() -> client.queue("q").enqueue(Call.of("f").args(1, new Thread())))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("args[1]")
        .hasMessageContaining("Thread");
    assertThat(redis.command("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void a_server_that_cannot_be_reached_is_named_without_its_password() {
    try (RqClient nobody = RqClient.connect("redis://:secret@localhost:1")) {
      assertThatThrownBy(() -> nobody.queue("q").size())
          .isInstanceOf(RedisUnavailableException.class)
          .hasMessageContaining("redis://:***@localhost:1/0")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void a_key_of_another_type_is_reported_with_the_text_of_redis() {
    redis.command("SET", "rq:queue:q", "text");
    assertThatThrownBy(() -> client.queue("q").enqueue(CALL))
        .isInstanceOf(RedisCommandException.class)
        .hasMessageContaining("WRONGTYPE");
  }

  @Test
  void a_queue_without_a_name_is_refused() {
    assertThatThrownBy(() -> client.queue("")).isInstanceOf(IllegalArgumentException.class);
  }
}
