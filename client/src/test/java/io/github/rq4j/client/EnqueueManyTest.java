package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.EnqueueReport.State;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WithRedis
class EnqueueManyTest {
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

  private static EnqueueData job(String id, String... parents) {
    return EnqueueData.of(CALL, EnqueueOptions.builder().jobId(id).dependsOn(parents).build());
  }

  private static EnqueueData unique(String id, String... parents) {
    return EnqueueData.of(
        CALL, EnqueueOptions.builder().jobId(id).unique(true).dependsOn(parents).build());
  }

  @Test
  void thousands_of_jobs_are_stored_in_their_order() {
    List<EnqueueData> jobs = IntStream.range(0, 3_000).mapToObj(i -> job("j" + i)).toList();
    List<EnqueueProgress> progress = new ArrayList<>();
    EnqueueReport report = queue.enqueueMany(jobs, progress::add);
    assertThat(report.isComplete()).isTrue();
    assertThat(queue.jobIds()).isEqualTo(report.jobsOrThrow().stream().map(Job::id).toList());
    assertThat(progress).hasSizeGreaterThan(5);
    assertThat(progress.get(0)).isEqualTo(new EnqueueProgress(100, 0, 3_000));
    assertThat(progress.get(progress.size() - 1)).isEqualTo(new EnqueueProgress(3_000, 0, 3_000));
  }

  @Test
  void an_empty_list_is_complete() {
    assertThat(queue.enqueueMany(List.of()).isComplete()).isTrue();
    assertThat(redis.command("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void jobs_wait_for_each_other_in_whatever_order_they_are_given() {
    EnqueueReport report =
        queue.enqueueMany(List.of(job("c", "b", "a"), job("b", "a"), job("a"), job("d")));
    assertThat(report.entries())
        .extracting(entry -> entry.job().id())
        .containsExactly("c", "b", "a", "d");
    assertThat(queue.jobIds()).containsExactly("a", "d");
    assertThat(client.job("b").status()).isEqualTo(JobStatus.DEFERRED);
    assertThat(redis.command("SCARD", "rq:job:a:dependents")).isEqualTo(2L);
    assertThat(redis.command("SCARD", "rq:job::c:dependencies")).isEqualTo(2L);
  }

  @Test
  void jobs_that_wait_for_each_other_in_a_circle_are_refused_before_anything_is_sent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queue.enqueueMany(List.of(job("x"), job("a", "b"), job("b", "a"))))
        .withMessageContaining("circle");
    assertThat(redis.command("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void an_id_given_twice_is_refused_before_anything_is_sent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> queue.enqueueMany(List.of(job("a"), job("b"), job("a"))))
        .withMessageContaining("the id a");
    assertThat(redis.command("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void a_value_that_python_cannot_have_is_refused_before_anything_is_sent() {
    List<EnqueueData> jobs =
        List.of(EnqueueData.of(CALL), EnqueueData.of(Call.of("f").args(new Thread())));
    assertThatThrownBy(() -> queue.enqueueMany(jobs)).isInstanceOf(UnsupportedValueException.class);
    assertThat(redis.command("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void a_job_that_is_refused_takes_those_that_wait_for_it_along_and_no_others() {
    queue.enqueue(CALL, EnqueueOptions.builder().jobId("a").build());
    EnqueueReport report =
        queue.enqueueMany(List.of(unique("a"), job("b", "a"), job("c", "b"), job("d")));
    assertThat(report.jobs(State.NOT_STORED)).extracting(Job::id).containsExactly("a", "b", "c");
    assertThat(report.jobs(State.STORED)).extracting(Job::id).containsExactly("d");
    assertThat(report.entries().get(2).problem()).isInstanceOf(DuplicateJobException.class);
    assertThatThrownBy(report::jobsOrThrow)
        .isInstanceOf(IncompleteEnqueueException.class)
        .hasMessage("of 4 jobs, 3 are not stored and 0 are in doubt")
        .hasCauseInstanceOf(DuplicateJobException.class);
  }

  @Test
  void what_redis_refuses_is_reported_for_each_job() {
    redis.command("SET", "rq:queue:q", "text");
    EnqueueReport report = queue.enqueueMany(List.of(job("a"), job("b")));
    assertThat(report.entries())
        .allSatisfy(
            entry -> {
              assertThat(entry.state()).isEqualTo(State.NOT_STORED);
              assertThat(entry.problem()).isInstanceOf(RedisCommandException.class);
            });
  }

  @Test
  void a_job_that_redis_refuses_is_not_queued_and_those_around_it_are() {
    redis.command("SET", "rq:job:b", "text");
    EnqueueReport report = queue.enqueueMany(List.of(job("a"), job("b"), job("c")));
    assertThat(report.jobs(State.NOT_STORED)).extracting(Job::id).containsExactly("b");
    assertThat(report.entries().get(1).problem())
        .isInstanceOf(RedisCommandException.class)
        .hasMessageContaining("WRONGTYPE");
    assertThat(queue.jobIds()).containsExactly("a", "c");
  }

  @Test
  void jobs_that_redis_refuses_altogether_leave_nothing_behind() {
    redis.command("SET", "rq:job:a", "text");
    redis.command("SET", "rq:job:b", "text");
    EnqueueReport report = queue.enqueueMany(List.of(job("a"), job("b")));
    assertThat(report.jobs(State.NOT_STORED)).hasSize(2);
    assertThat(redis.command("DBSIZE")).isEqualTo(2L);
  }

  @Test
  void a_job_that_replaces_an_expiring_one_does_not_vanish_with_it() {
    queue.enqueue(CALL, EnqueueOptions.builder().jobId("a").ttl("100").build());
    assertThat(queue.enqueueMany(List.of(job("a"), job("b"))).isComplete()).isTrue();
    assertThat(redis.command("TTL", "rq:job:a")).isEqualTo(-1L);
  }

  @Test
  void jobs_of_all_kinds_keep_their_order() {
    EnqueueOptions.Builder other = EnqueueOptions.builder().timeout("1h");
    List<EnqueueData> jobs =
        List.of(
            job("a"),
            EnqueueData.of(CALL, other.jobId("b").build()),
            unique("c"),
            EnqueueData.of(CALL, other.jobId("d").meta(Map.of("k", 1)).build()),
            EnqueueData.of(CALL, other.jobId("e").ttl("1h").build()),
            job("f"));
    assertThat(queue.enqueueMany(jobs).isComplete()).isTrue();
    assertThat(queue.jobIds()).containsExactly("a", "b", "c", "d", "e", "f");
    assertThat(client.job("d").meta()).isEqualTo(Map.of("k", 1L));
    assertThat(redis.command("HGET", "rq:job:b", "timeout")).isEqualTo("3600");
    assertThat(redis.command("HGET", "rq:job:f", "timeout")).isEqualTo("180");
  }

  @Test
  void a_plain_job_has_the_same_fields_as_one_that_is_unique_alone_or_in_a_batch() {
    Clock clock = Clock.fixed(Instant.parse("2026-11-22T03:01:29.139374Z"), ZoneOffset.UTC);
    EnqueueOptions options =
        EnqueueOptions.builder().meta(Map.of("k", "v")).retry(Retry.times(3)).build();
    try (RqClient fixed = RqClient.builder(redis.uri().toString()).clock(clock).build()) {
      Queue own = fixed.queue("q");
      own.enqueue(CALL, options.toBuilder().jobId("unique").unique(true).build());
      own.enqueue(CALL, options.toBuilder().jobId("alone").build());
      EnqueueData first = EnqueueData.of(CALL, options.toBuilder().jobId("first").build());
      EnqueueData second = EnqueueData.of(CALL, options.toBuilder().jobId("second").build());
      assertThat(own.enqueueMany(List.of(first, second)).isComplete()).isTrue();
    }
    assertThat(hash("unique")).hasSizeGreaterThan(15);
    assertThat(List.of("alone", "first", "second"))
        .allSatisfy(id -> assertThat(hash(id)).isEqualTo(hash("unique")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 400, 600, 100_000})
  void calls_of_all_lengths_arrive_as_they_are(int length) {
    EnqueueData data = EnqueueData.of(Call.of("f").args("x".repeat(length)));
    for (Job job : queue.enqueueMany(List.of(data, data)).jobsOrThrow()) {
      assertThat(job.snapshot().data().args()).isEqualTo(List.of("x".repeat(length)));
    }
  }

  /** A job's fields, their bytes as characters. */
  private Map<String, String> hash(String id) {
    Map<String, String> texts = new HashMap<>();
    client
        .call(Command.of("HGETALL", Keys.job(id)))
        .asHash()
        .forEach((name, value) -> texts.put(name, new String(value, StandardCharsets.ISO_8859_1)));
    return texts;
  }

  @Test
  void a_server_that_cannot_be_reached_has_none_of_the_jobs() {
    try (RqClient nobody = RqClient.connect("redis://localhost:1")) {
      EnqueueReport report = nobody.queue("q").enqueueMany(List.of(job("a"), job("b", "a")));
      assertThat(report.jobs(State.NOT_STORED)).hasSize(2);
    }
  }
}
