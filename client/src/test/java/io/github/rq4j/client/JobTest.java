package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.CodecException;
import io.github.rq4j.testservers.LeavesUnreadable;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading and steering single jobs; what is left is compared with RQ's in interop-tests. */
@WithRedis
class JobTest {
  private TestRedis redis;
  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis testRedis) {
    redis = testRedis;
    client = RqClient.connect(redis.uri().toString());
  }

  private Job enqueue(String id) {
    return client
        .queue("default")
        .enqueue(Call.of("tasks.add").args(1, 2), EnqueueOptions.builder().jobId(id).build());
  }

  @Test
  void a_job_that_is_not_there_has_no_snapshot() {
    assertThat(client.job("nobody").exists()).isFalse();
    assertThatThrownBy(() -> client.job("nobody").snapshot())
        .isInstanceOf(NoSuchJobException.class);
  }

  @Test
  void a_snapshot_has_what_was_enqueued() {
    Job job =
        client
            .queue("default")
            .enqueue(
                Call.of("tasks.add").args(1).kwarg("y", 2),
                EnqueueOptions.builder()
                    .timeout(EnqueueOptions.INFINITE)
                    .resultTtl(Duration.ofHours(1))
                    .ttl(Duration.ofMinutes(5))
                    .meta(Map.of("k", "v"))
                    .build());
    JobSnapshot snapshot = job.snapshot();
    assertThat(snapshot.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(snapshot.origin()).isEqualTo("default");
    assertThat(snapshot.description()).isEqualTo("tasks.add(1, y=2)");
    assertThat(snapshot.data().functionName()).isEqualTo("tasks.add");
    assertThat(snapshot.data().args()).isEqualTo(List.of(1L));
    assertThat(snapshot.timeout()).isEqualTo(EnqueueOptions.INFINITE);
    assertThat(snapshot.resultTtl()).isEqualTo(Duration.ofHours(1));
    assertThat(snapshot.meta()).isEqualTo(Map.of("k", "v"));
    assertThat(snapshot.enqueuedAt()).isNotNull();
    assertThat(snapshot.startedAt()).isNull();
    assertThat(snapshot.workerName()).isNull();
    assertThat(job.timeToLive()).hasValueSatisfying(ttl -> assertThat(ttl).isPositive());
  }

  @Test
  void a_snapshot_reads_retries_dependencies_and_rate_limits() {
    enqueue("j");
    redis.command(
        "HSET",
        "rq:job:j",
        "retries_left",
        "2",
        "retry_intervals",
        "[10, 30]",
        "dependency_ids",
        "[\"a\", \"b\"]",
        "allow_dependency_failures",
        "1",
        "rate_limit_key",
        "api",
        "rate_limit_concurrency",
        "3",
        "group_id",
        "g",
        "repeats_left",
        "4");
    JobSnapshot snapshot = client.job("j").snapshot();
    assertThat(snapshot.retriesLeft()).isEqualTo(2);
    assertThat(snapshot.retryIntervals())
        .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(30));
    assertThat(snapshot.dependencyIds()).containsExactly("a", "b");
    assertThat(snapshot.allowDependencyFailures()).isTrue();
    assertThat(snapshot.rateLimitKey()).isEqualTo("api");
    assertThat(snapshot.rateLimitConcurrency()).isEqualTo(3);
    assertThat(snapshot.groupId()).isEqualTo("g");
    assertThat(snapshot.repeatsLeft()).isEqualTo(4);
  }

  @Test
  @LeavesUnreadable("a field that cannot be read is what this is about")
  void a_field_that_cannot_be_read_hides_no_other() {
    enqueue("j");
    redis.command("HSET", "rq:job:j", "timeout", "3m", "retry_intervals", "{", "meta", "nonsense");
    JobSnapshot snapshot = client.job("j").snapshot();
    assertThat(snapshot.origin()).isEqualTo("default");
    assertThatThrownBy(snapshot::timeout).isInstanceOf(UnreadableJobException.class);
    assertThatThrownBy(snapshot::retryIntervals).isInstanceOf(UnreadableJobException.class);
    assertThatThrownBy(snapshot::meta).isInstanceOf(CodecException.class);
  }

  @Test
  void many_jobs_are_fetched_in_the_order_of_their_ids_without_those_that_are_gone() {
    enqueue("a");
    enqueue("b");
    assertThat(client.jobs(List.of("b", "nobody", "a")).keySet()).containsExactly("b", "a");
  }

  @Test
  void more_jobs_than_fit_in_a_round_trip_are_fetched() {
    redis.command(
        "EVAL", "for i = 1, 1201 do redis.call('HSET', 'rq:job:' .. i, 'data', 'x') end", "0");
    List<String> ids = IntStream.rangeClosed(1, 1201).mapToObj(Integer::toString).toList();
    assertThat(client.jobs(ids)).hasSize(1201);
    redis.flush();
  }

  @Test
  void saving_meta_leaves_other_fields_alone() {
    Job job = enqueue("j");
    redis.command("HSET", "rq:job:j", "description", "changed by others");
    job.saveMeta(Map.of("progress", 7));
    assertThat(job.meta()).isEqualTo(Map.of("progress", 7L));
    assertThat(job.snapshot().description()).isEqualTo("changed by others");
  }

  @Test
  void saving_meta_of_a_job_that_is_gone_does_not_bring_half_of_it_back() {
    assertThatThrownBy(() -> client.job("j").saveMeta(Map.of()))
        .isInstanceOf(NoSuchJobException.class);
    assertThat(client.job("j").exists()).isFalse();
  }

  @Test
  void the_position_counts_the_jobs_before_it() {
    enqueue("a");
    Job second = enqueue("b");
    assertThat(second.position()).hasValue(1);
    assertThat(client.job("nobody").position()).isEmpty();
  }

  @Test
  void canceling_twice_is_refused() {
    Job job = enqueue("j");
    job.cancel();
    assertThat(job.status()).isEqualTo(JobStatus.CANCELED);
    assertThatThrownBy(job::cancel).isInstanceOf(InvalidJobOperationException.class);
  }

  @Test
  void canceling_what_is_not_there_is_refused() {
    assertThatThrownBy(() -> client.job("nobody").cancel()).isInstanceOf(NoSuchJobException.class);
  }

  @Test
  void requeuing_a_job_that_has_not_failed_is_refused() {
    assertThatThrownBy(() -> enqueue("j").requeue())
        .isInstanceOf(InvalidJobOperationException.class);
    assertThatThrownBy(() -> client.job("nobody").requeue()).isInstanceOf(NoSuchJobException.class);
  }

  @Test
  void deleting_tells_whether_there_was_a_job() {
    Job job = enqueue("j");
    assertThat(job.delete()).isTrue();
    assertThat(job.delete()).isFalse();
  }

  @Test
  void deleting_a_job_of_a_group_that_is_gone_works() {
    Job job = enqueue("j");
    redis.command("HSET", "rq:job:j", "group_id", "gone");
    assertThat(job.delete()).isTrue();
  }

  @Test
  void results_come_newest_first_with_their_runs() {
    enqueue("j");
    redis.command(
        "XADD",
        "rq:results:j",
        "1000-0",
        "type",
        "1",
        "worker_name",
        "w",
        "execution_id",
        "x",
        "execution_started_at",
        "1700000000.25",
        "execution_ended_at",
        "1700000001");
    redis.command("XADD", "rq:results:j", "2000-0", "type", "2");
    List<Result> results = client.job("j").results();
    assertThat(results).extracting(Result::id).containsExactly("2000-0", "1000-0");
    assertThat(results.get(1).executionStartedAt())
        .isEqualTo(Instant.parse("2023-11-14T22:13:20.250Z"));
  }

  @Test
  void executions_under_way_are_seen() {
    redis.command("ZADD", "rq:executions:j", "4000000000", "x1", "1000", "old");
    redis.command(
        "HSET",
        "rq:execution:j:x1",
        "worker_name",
        "w",
        "created_at",
        "1700000000.5",
        "last_heartbeat",
        "1700000001");
    assertThat(client.job("j").executions())
        .containsExactly(
            new Execution(
                "x1",
                "j",
                "w",
                Instant.parse("2023-11-14T22:13:20.500Z"),
                Instant.parse("2023-11-14T22:13:21Z")));
    redis.flush();
  }

  @Test
  void who_waits_for_whom_is_seen() {
    redis.command("SADD", "rq:job:j:dependents", "c");
    redis.command("SADD", "rq:job::j:dependencies", "p");
    assertThat(client.job("j").dependentIds()).containsExactly("c");
    assertThat(client.job("j").dependencyIds()).containsExactly("p");
    redis.flush();
  }

  @Test
  void a_job_that_nobody_ran_cannot_be_stopped() {
    assertThatThrownBy(() -> enqueue("j").stop()).isInstanceOf(InvalidJobOperationException.class);
    assertThatThrownBy(() -> client.job("nobody").stop()).isInstanceOf(NoSuchJobException.class);
  }

  @Test
  void an_execution_that_is_not_there_cannot_be_stopped() {
    assertThatThrownBy(() -> client.job("j").stopExecution("x"))
        .isInstanceOf(InvalidJobOperationException.class);
  }
}
