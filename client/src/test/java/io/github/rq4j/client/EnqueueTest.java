package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client's scripts do with what already stands in Redis. */
@WithRedis
class EnqueueTest {
  private static final Call CALL = Call.of("tasks.add").args(1);

  private TestRedis redis;
  @AutoClose private RqClient client;
  private Queue queue;

  @BeforeEach
  void connect(TestRedis testRedis) {
    redis = testRedis;
    client = RqClient.connect(redis.uri().toString());
    queue = client.queue("q");
  }

  private static EnqueueOptions.Builder id(String id) {
    return EnqueueOptions.builder().jobId(id);
  }

  private Job enqueue(EnqueueOptions.Builder options) {
    return queue.enqueue(CALL, options.build());
  }

  @Test
  void a_unique_job_is_refused_while_one_of_its_id_exists_and_the_stored_one_stays() {
    enqueue(id("a").description("first"));
    assertThatThrownBy(() -> enqueue(id("a").unique(true).description("second")))
        .isInstanceOfSatisfying(
            DuplicateJobException.class, e -> assertThat(e.jobId()).isEqualTo("a"));
    assertThat(redis.command("HGET", "rq:job:a", "description")).isEqualTo("first");
    assertThat(queue.jobIds()).containsExactly("a");
  }

  @Test
  void a_unique_job_may_wait_for_others_and_for_a_rate_limit() {
    enqueue(id("p"));
    Job child = enqueue(id("a").unique(true).dependsOn("p"));
    Job limited = enqueue(id("b").unique(true).rateLimit(new RateLimit("k", 1)));
    assertThat(child.status()).isEqualTo(JobStatus.DEFERRED);
    assertThat(limited.status()).isEqualTo(JobStatus.QUEUED);
    assertThatThrownBy(() -> enqueue(id("a").unique(true).dependsOn("p")))
        .isInstanceOf(DuplicateJobException.class);
  }

  @Test
  void a_job_that_replaces_an_expiring_one_does_not_vanish_with_it() {
    enqueue(id("a").ttl("100"));
    enqueue(id("a"));
    assertThat(redis.command("TTL", "rq:job:a")).isEqualTo(-1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rq:job:a", "rq:queue:q"})
  void a_key_of_another_type_leaves_nothing_half_written(String key) {
    redis.command("SET", key, "text");
    assertThatThrownBy(() -> enqueue(id("a")))
        .isInstanceOf(RedisCommandException.class)
        .hasMessageContaining("WRONGTYPE");
    assertThat(redis.command("DBSIZE")).isEqualTo(1L);
  }

  @Test
  void a_limit_lets_the_oldest_through_first_and_drops_ids_without_a_job() {
    RateLimit one = new RateLimit("k", 1);
    enqueue(id("a").rateLimit(one));
    enqueue(id("b").rateLimit(one));
    redis.command("ZADD", "rq:rl:k:rate_limited", "0", "gone");
    enqueue(id("c").rateLimit(new RateLimit("k", 2)));
    assertThat(queue.jobIds()).containsExactly("a", "b");
    assertThat(client.job("c").status()).isEqualTo(JobStatus.RATE_LIMITED);
    assertThat(redis.command("ZSCORE", "rq:rl:k:rate_limited", "gone")).isNull();
  }

  @Test
  void a_job_of_thousands_of_parents_waits_for_all() {
    Job parent = enqueue(id("p"));
    String[] parents = new String[10_000];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = "gone-" + i;
    }
    Job child = enqueue(id("c").dependsOn(parents).dependsOn(parent));
    assertThat(child.status()).isEqualTo(JobStatus.DEFERRED);
    assertThat(redis.command("SCARD", "rq:job::c:dependencies")).isEqualTo(10_001L);
  }

  @Test
  void a_scheduled_job_cannot_wait_for_others_since_rq_would_not() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> queue.enqueueIn(Duration.ofHours(1), CALL, id("a").dependsOn("p").build()))
        .withMessageContaining("cannot wait for other jobs");
    assertThat(redis.command("DBSIZE")).isEqualTo(0L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1969-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"})
  void a_time_that_rq_cannot_have_is_refused(String time) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queue.enqueueAt(Instant.parse(time), CALL));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -100_000_000_000L})
  void a_delay_that_leads_out_of_time_is_refused(long seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queue.enqueueIn(Duration.ofSeconds(seconds), CALL))
        .withMessageContaining("from 1970 to 9999");
  }

  @Test
  void nothing_is_put_into_the_list_through_which_rq_takes_jobs() {
    Queue intermediate = client.queue("q:intermediate");
    Job stored = queue.create(CALL, id("a").build());
    assertThatIllegalArgumentException().isThrownBy(() -> intermediate.enqueue(CALL));
    assertThatIllegalArgumentException().isThrownBy(() -> intermediate.enqueueJob(stored));
    assertThat(intermediate.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rq:rl:k", "rq:rl:k:allowed", "rq:rl:k:rate_limited", "rq:group:g"})
  void a_key_of_another_type_under_a_limit_or_a_group_leaves_nothing_half_written(String key) {
    redis.command("SET", key, "text");
    assertThatThrownBy(() -> enqueue(id("a").rateLimit(new RateLimit("k", 1)).group("g")))
        .isInstanceOf(RedisCommandException.class)
        .hasMessageContaining("WRONGTYPE");
    assertThat(redis.command("DBSIZE")).isEqualTo(1L);
  }

  @Test
  void a_registry_of_another_type_leaves_nothing_half_written() {
    redis.command("SET", "rq:deferred:q", "text");
    redis.command("SET", "rq:scheduled:q", "text");
    enqueue(id("p"));
    assertThatThrownBy(() -> enqueue(id("a").dependsOn("p"))).hasMessageContaining("WRONGTYPE");
    assertThatThrownBy(() -> queue.enqueueIn(Duration.ofHours(1), CALL, id("a").build()))
        .hasMessageContaining("WRONGTYPE");
    assertThat(client.job("a").exists()).isFalse();
  }

  @Test
  void a_created_job_waits_in_no_queue_until_it_is_enqueued() {
    Job job = queue.create(CALL, id("a").rateLimit(new RateLimit("k", 1)).ttl("60").build());
    assertThat(job.status()).isEqualTo(JobStatus.CREATED);
    assertThat(queue.size()).isZero();
    client.queue("other").enqueueJob(job);
    assertThat(client.queue("other").jobIds()).containsExactly("a");
    assertThat(redis.command("HGET", "rq:job:a", "origin")).isEqualTo("other");
    assertThat(redis.command("ZCARD", "rq:rl:k:allowed")).isEqualTo(1L);
    assertThat((Long) redis.command("TTL", "rq:job:a")).isPositive();
  }

  @Test
  void enqueuing_a_job_that_is_gone_is_refused() {
    assertThatThrownBy(() -> queue.enqueueJob(client.job("gone")))
        .isInstanceOf(NoSuchJobException.class);
    assertThat(redis.command("DBSIZE")).isEqualTo(0L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dependency_ids", "ttl", "rate_limit_concurrency"})
  void enqueuing_a_job_of_an_odd_form_is_refused(String field) {
    Job job = queue.create(CALL, id("a").build());
    redis.command("HSET", "rq:job:a", field, "odd");
    assertThatThrownBy(() -> queue.enqueueJob(job)).isInstanceOf(UnreadableJobException.class);
    assertThat(job.status()).isEqualTo(JobStatus.CREATED);
  }

  @Test
  void nothing_is_sent_for_what_is_refused() {
    // Of its own, because the statistics are the whole server's.
    try (LocalRedis server = LocalRedis.start();
        RedisServer admin = new RedisServer(RedisSettings.parse(server.uri().toString()));
        RqClient refusing = RqClient.connect(server.uri().toString())) {
      for (String bad : List.of("a:b", "", "ü")) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> refusing.queue("default").enqueue(CALL, id(bad).build()));
      }
      assertThatIllegalArgumentException().isThrownBy(() -> refusing.queue("\ud800"));
      assertThatThrownBy(() -> refusing.queue("default").enqueue(Call.of("f").args(new Thread())));
      Command statistics = Command.of("INFO", "commandstats");
      assertThat(admin.with(redis -> redis.call(statistics)).asText())
          .doesNotContain("cmdstat_evalsha", "cmdstat_eval", "cmdstat_hset");
    }
  }
}
