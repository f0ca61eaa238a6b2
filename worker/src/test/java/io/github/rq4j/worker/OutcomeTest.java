package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobFailedException;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.Result;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.LeavesUnreadable;
import io.github.rq4j.testservers.ReadableByRq;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is left in Redis after each way in which a job can end. */
@ReadableByRq
@ExtendWith(WorkerExtension.class)
class OutcomeTest {
  private final WorkerFixture fixture;

  OutcomeTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  private void assertNothingIsRunning() {
    assertThat(fixture.number("EXISTS", "rq:wip:default")).isZero();
    assertThat(fixture.list("KEYS", "rq:execution*")).isEmpty();
    assertThat(fixture.list("KEYS", "rq:worker:*:executions")).isEmpty();
    assertThat(fixture.hget("rq:worker:w", "current_job")).isNull();
  }

  @Test
  void a_result_is_kept_in_the_stream_and_in_the_hash() throws InterruptedException {
    Job job = fixture.note("a");
    fixture.burst();
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(job.result(Duration.ZERO)).isEqualTo("a");
    assertThat(fixture.redis.bytes("HGET", "rq:job:a", "result")).isNotEmpty();
    assertThat(fixture.number("XLEN", "rq:results:a")).isEqualTo(1L);
    assertThat(fixture.number("TTL", "rq:job:a")).isBetween(490L, 500L);
    assertThat(fixture.number("TTL", "rq:results:a")).isBetween(490L, 500L);
    assertThat(fixture.list("ZRANGE", "rq:finished:default", "0", "-1").toString())
        .isEqualTo("[a]");
    assertThat(fixture.hget("rq:worker:w", "successful_job_count")).isEqualTo("1");
    assertNothingIsRunning();
  }

  @Test
  void none_is_a_result_entry_without_a_value() throws InterruptedException {
    Job job = fixture.enqueue("n", Call.of("none"));
    fixture.burst();
    assertThat(job.result(Duration.ZERO)).isNull();
    assertThat(job.latestResult().map(Result::type)).contains(Result.Type.SUCCESSFUL);
    assertThat(fixture.hget("rq:job:n", "result")).isNull();
  }

  @Test
  void a_result_ttl_of_zero_leaves_nothing_of_the_job() throws InterruptedException {
    fixture.enqueue(
        "default",
        Call.of("note").args("z"),
        EnqueueOptions.builder().jobId("z").resultTtl(Duration.ZERO));
    fixture.burst();
    assertThat(fixture.ran).containsExactly("z");
    assertThat(fixture.list("KEYS", "*:z*")).isEmpty();
    assertThat(fixture.number("EXISTS", "rq:finished:default")).isZero();
  }

  @Test
  void an_infinite_result_ttl_keeps_job_and_result() throws InterruptedException {
    fixture.enqueue(
        "default",
        Call.of("note").args("i"),
        EnqueueOptions.builder().jobId("i").resultTtl(EnqueueOptions.INFINITE));
    fixture.burst();
    assertThat(fixture.number("TTL", "rq:job:i")).isEqualTo(-1L);
    assertThat(fixture.number("TTL", "rq:results:i")).isEqualTo(-1L);
    assertThat(fixture.redis.command("ZSCORE", "rq:finished:default", "i")).isEqualTo("inf");
  }

  @Test
  void a_failure_is_kept_with_its_traceback_in_stream_and_hash() throws InterruptedException {
    Job job = fixture.enqueue("f", Call.of("boom"));
    fixture.burst();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThatThrownBy(() -> job.result(Duration.ZERO))
        .isInstanceOf(JobFailedException.class)
        .hasMessage("job f is failed: java.lang.IllegalStateException: kaput");
    assertThat(fixture.redis.bytes("HGET", "rq:job:f", "exc_info")).isNotEmpty();
    assertThat(fixture.number("TTL", "rq:job:f")).isBetween(31_535_990L, 31_536_000L);
    assertThat(fixture.number("TTL", "rq:results:f")).isBetween(31_535_990L, 31_536_000L);
    assertThat(fixture.list("ZRANGE", "rq:failed:default", "0", "-1").toString()).isEqualTo("[f]");
    assertThat(fixture.hget("rq:worker:w", "failed_job_count")).isEqualTo("1");
    assertNothingIsRunning();
  }

  @Test
  void an_infinite_failure_ttl_scores_minus_one_as_in_rq() throws InterruptedException {
    fixture.enqueue(
        "default",
        Call.of("boom"),
        EnqueueOptions.builder().jobId("f").failureTtl(EnqueueOptions.INFINITE));
    fixture.burst();
    assertThat(fixture.redis.command("ZSCORE", "rq:failed:default", "f")).isEqualTo("-1");
    assertThat(fixture.number("TTL", "rq:job:f")).isEqualTo(-1L);
  }

  @Test
  void an_unknown_function_fails_with_the_text_of_rq_and_what_to_do() throws InterruptedException {
    Job job = fixture.enqueue("u", Call.of("nope.missing"));
    fixture.burst();
    assertThat(excString(job))
        .contains("ValueError: Invalid attribute name: nope.missing")
        .contains("no Java function is registered");
  }

  @Test
  void undecodable_data_fails_with_the_type_of_rq_and_what_to_do() throws InterruptedException {
    Job job = fixture.note("d");
    fixture.redis.command("HSET", "rq:job:d", "data", "no pickle at all");
    fixture.burst();
    assertThat(excString(job))
        .contains("rq.exceptions.DeserializationError: the job's data cannot be read")
        .contains("same serializer")
        .doesNotContain("no pickle at all");
  }

  @LeavesUnreadable("a timeout that is no number")
  @Test
  void a_job_with_a_field_that_cannot_be_read_fails_and_the_worker_goes_on()
      throws InterruptedException {
    Job poison = fixture.note("p");
    fixture.redis.command("HSET", "rq:job:p", "timeout", "3m");
    Job next = fixture.note("n");
    fixture.burst();
    assertThat(poison.status()).isEqualTo(JobStatus.FAILED);
    assertThat(excString(poison)).contains("field 'timeout' is not a plain integer");
    assertThat(next.status()).isEqualTo(JobStatus.FINISHED);
  }

  @Test
  void a_value_that_python_cannot_have_is_replaced_as_in_rq() throws InterruptedException {
    Handlers handlers = Handlers.builder().register("thread", () -> new Thread()).build();
    Job job = fixture.enqueue("t", Call.of("thread"));
    try (RqWorker worker =
        RqWorker.builder(fixture.redis.uri().toString(), handlers).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(job.result(Duration.ZERO)).isEqualTo("Unserializable return value");
  }

  @Test
  void a_job_deleted_while_it_ran_is_not_brought_back() throws InterruptedException {
    fixture.enqueue("h", Call.of("hold"));
    try (RqWorker worker = fixture.worker().build()) {
      worker.start();
      fixture.awaitEntered();
      fixture.redis.command("DEL", "rq:job:h");
      fixture.release.countDown();
      WorkerFixture.await().until(() -> "idle".equals(fixture.hget("rq:worker:w", "state")));
    }
    assertThat(fixture.list("KEYS", "*:h*")).isEmpty();
    assertThat(fixture.number("EXISTS", "rq:finished:default")).isZero();
  }

  @Test
  void a_job_declared_abandoned_while_it_ran_keeps_that_outcome() throws InterruptedException {
    fixture.enqueue("h", Call.of("hold"));
    try (RqWorker worker = fixture.worker().executionIds(() -> "e1").build()) {
      worker.start();
      fixture.awaitEntered();
      fixture.redis.command("ZREM", "rq:wip:default", "h:e1");
      fixture.redis.command("HSET", "rq:job:h", "status", "failed");
      fixture.release.countDown();
      WorkerFixture.await().until(() -> "idle".equals(fixture.hget("rq:worker:w", "state")));
    }
    assertThat(fixture.client.job("h").status()).isEqualTo(JobStatus.FAILED);
    assertThat(fixture.number("EXISTS", "rq:results:h")).isZero();
  }

  @Test
  void a_failed_job_with_retries_left_goes_back_to_its_queue() throws InterruptedException {
    Job job = fixture.enqueue("r", Call.of("boom"));
    fixture.redis.command("HSET", "rq:job:r", "retries_left", "2", "retry_intervals", "[0]");
    fixture.burst();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(fixture.hget("rq:job:r", "retries_left")).isEqualTo("0");
    assertThat(fixture.hget("rq:worker:w", "failed_job_count")).isEqualTo("3");
    assertThat(fixture.number("XLEN", "rq:results:r")).isEqualTo(1L);
  }

  @Test
  void a_failed_job_with_a_retry_interval_is_scheduled() throws InterruptedException {
    Job job = fixture.enqueue("r", Call.of("boom"));
    fixture.redis.command("HSET", "rq:job:r", "retries_left", "1", "retry_intervals", "[60]");
    fixture.burst();
    assertThat(job.status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(fixture.list("ZRANGE", "rq:scheduled:default", "0", "-1").toString())
        .isEqualTo("[r]");
    assertThat(fixture.number("EXISTS", "rq:failed:default")).isZero();
  }

  @Test
  void an_outcome_that_is_sent_twice_is_stored_once() throws InterruptedException {
    fixture.enqueue("h", Call.of("hold"));
    try (RqWorker worker = fixture.worker().executionIds(() -> "e1").build()) {
      worker.start();
      fixture.awaitEntered();
      fixture.release.countDown();
      fixture.awaitStatus(fixture.client.job("h"), JobStatus.FINISHED);
    }
    var server =
        new io.github.rq4j.client.redis.RedisServer(
            io.github.rq4j.client.redis.RedisSettings.parse(fixture.redis.uri().toString()));
    try (var connection = server.open()) {
      var script =
          io.github.rq4j.client.redis.Script.load(RqClient.class, "enqueue.lua", "dependents.lua")
              .followedBy(
                  RqWorker.class,
                  "delete_job.lua",
                  "execution.lua",
                  "hand_over.lua",
                  "follow_up.lua",
                  "success.lua",
                  "finish.lua");
      var again = script.call(List.of("rq:job:h"));
      List.of("h", "e1", "default", "w", "2026-01-01T00:00:00.000000Z", "1", "480", "1.0", "")
          .forEach(again::add);
      List.of("500", "0", "", "", "1.0", "2.0").forEach(again::add);
      assertThat(connection.call(again).asLong()).isZero();
    }
    server.close();
    assertThat(fixture.number("XLEN", "rq:results:h")).isEqualTo(1L);
    assertThat(fixture.hget("rq:worker:w", "successful_job_count")).isEqualTo("1");
  }

  @LeavesUnreadable("results that are no stream")
  @Test
  void an_outcome_that_redis_refuses_does_not_stop_the_worker() throws InterruptedException {
    fixture.note("a");
    fixture.redis.command("SET", "rq:results:a", "no stream");
    Job next = fixture.note("b");
    fixture.burst();
    assertThat(next.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(fixture.ran).containsExactly("a", "b");
  }

  private static String excString(Job job) {
    return String.valueOf(job.latestResult().orElseThrow().excString());
  }
}
