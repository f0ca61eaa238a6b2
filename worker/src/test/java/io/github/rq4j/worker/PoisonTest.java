package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Dependency;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.WithRedis;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jobs that no worker can run, or that stop a worker of RQ. Whatever they are, the jobs before and
 * behind them run.
 */
@WithRedis
@ExtendWith(WorkerExtension.class)
class PoisonTest {
  private final WorkerFixture fixture;

  PoisonTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  private void lua(String script) {
    fixture.redis.command("EVAL", script, "0");
  }

  private void runAmongOthers(String poison) throws InterruptedException {
    runAmongOthers(poison, fixture.worker());
    assertThat(fixture.number("LLEN", "rq:queue:default")).isZero();
  }

  private void runAmongOthers(String poison, RqWorkerBuilder builder) throws InterruptedException {
    fixture.note("before");
    fixture.note("p");
    lua(poison);
    fixture.note("behind");
    fixture.enqueue("low", Call.of("note").args("low"), EnqueueOptions.builder().jobId("low"));
    AtomicInteger executions = new AtomicInteger();
    try (RqWorker worker =
        builder
            .queues("default", "low")
            .executionIds(() -> "e" + executions.incrementAndGet())
            .burst(true)
            .build()) {
      worker.runUntilShutdown();
    }
    assertThat(fixture.ran.stream().filter(id -> !id.equals("p")))
        .containsExactly("before", "behind", "low");
    for (String id : List.of("before", "behind", "low")) {
      assertThat(fixture.client.job(id).status()).isEqualTo(JobStatus.FINISHED);
    }
    assertThat(fixture.hget("rq:worker:w", "current_job")).isNull();
  }

  /** Keys that only this job needs, of another type than RQ's; and names that are no text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis.call('SET', 'rq:executions:p', 'text')",
        "redis.call('SET', 'rq:execution:p:e2', 'text')",
        "redis.call('HSET', 'rq:job:p', 'origin', 'odd') redis.call('SET', 'rq:wip:odd', 'text')",
        "redis.call('HSET', 'rq:job:p', 'origin', '\\255\\254')",
        "redis.call('HSET', 'rq:job:p', 'origin', '\\237\\160\\128')",
      })
  void a_job_that_can_never_be_started_fails_with_the_reason(String poison)
      throws InterruptedException {
    runAmongOthers(poison);
    assertThat(fixture.ran).doesNotContain("p");
    assertThat(fixture.client.job("p").status()).isEqualTo(JobStatus.FAILED);
    assertThat(fixture.hget("rq:job:p", "exc_info")).startsWith("The job could not be started: ");
    assertThat(fixture.client.job("p").latestResult().orElseThrow().excString())
        .contains("could not be started");
    String origin = fixture.hget("rq:job:p", "origin");
    assertThat(fixture.list("ZRANGE", "rq:failed:" + origin, "0", "-1").toString())
        .isEqualTo("[p]");
    assertThat(fixture.number("TTL", "rq:job:p")).isPositive();
  }

  @Test
  void only_dependents_that_allow_failures_outlive_a_job_that_can_never_be_started()
      throws InterruptedException {
    fixture.note("p");
    for (boolean allowed : new boolean[] {true, false}) {
      fixture.enqueue(
          "default",
          Call.of("note").args("child-" + allowed),
          EnqueueOptions.builder()
              .jobId("child-" + allowed)
              .dependsOn(new Dependency(List.of("p"), allowed, false)));
    }
    fixture.redis.command("SET", "rq:executions:p", "text");
    fixture.burst();
    assertThat(fixture.client.job("p").status()).isEqualTo(JobStatus.FAILED);
    assertThat(fixture.ran).containsExactly("child-true");
    assertThat(fixture.client.job("child-false").status()).isEqualTo(JobStatus.DEFERRED);
    assertThat(fixture.list("ZRANGE", "rq:deferred:default", "0", "-1"))
        .hasToString("[child-false]");
  }

  /** Fields that RQ's worker cannot read, and does not outlive. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis.call('HSET', 'rq:job:p', 'created_at', '2026-11-22T03:00:00.123456789+00:00')",
        "redis.call('HSET', 'rq:job:p', 'enqueued_at', 'yesterday', 'started_at', '0')",
        "redis.call('HSET', 'rq:job:p', 'status', 'QUEUED')",
        "redis.call('HSET', 'rq:job:p', 'status', '')",
        "redis.call('HSET', 'rq:job:p', 'result_ttl', '1.5', 'ttl', 'inf', 'failure_ttl', 'x')",
        "redis.call('HSET', 'rq:job:p', 'allow_dependency_failures', 'true',"
            + " 'enqueue_at_front', 'yes', 'retries_left', 'many')",
        "redis.call('HSET', 'rq:job:p', 'success_callback_timeout', '',"
            + " 'failure_callback_timeout', '', 'stopped_callback_timeout', '')",
        "redis.call('HSET', 'rq:job:p', 'meta', 'no pickle', 'dependency_ids', '{')",
        "redis.call('HSET', 'rq:job:p', 'description', '\\255\\254')",
        "redis.call('HSET', 'rq:job:p', '\\255', '\\254')",
        "redis.call('HSET', 'rq:job:p', 'worker_name', 'gone', 'started_at', 'x')",
        "redis.call('HDEL', 'rq:job:p', 'origin', 'status', 'created_at', 'timeout')",
      })
  void a_job_with_odd_fields_that_do_not_matter_to_its_run_runs(String poison)
      throws InterruptedException {
    runAmongOthers(poison);
    assertThat(fixture.ran).containsExactly("before", "p", "behind", "low");
    assertThat(fixture.client.job("p").status()).isEqualTo(JobStatus.FINISHED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis.call('HSET', 'rq:job:p', 'timeout', '3m')",
        "redis.call('HSET', 'rq:job:p', 'timeout', '180.5')",
        "redis.call('HSET', 'rq:job:p', 'timeout', 'nan')",
        "redis.call('HSET', 'rq:job:p', 'timeout', '1e999')",
        "redis.call('HSET', 'rq:job:p', 'data', 'no pickle')",
      })
  void a_job_whose_timeout_or_data_cannot_be_read_fails(String poison) throws InterruptedException {
    runAmongOthers(poison);
    assertThat(fixture.client.job("p").status()).isEqualTo(JobStatus.FAILED);
  }

  /** Ids without a job, ids that are no text, and keys that are needed at the end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // no job
        "redis.call('DEL', 'rq:job:p') redis.call('SET', 'rq:job:p', 'text')",
        "redis.call('DEL', 'rq:job:p') redis.call('SADD', 'rq:job:p', 'text')",
        "redis.call('DEL', 'rq:job:p') redis.call('HSET', 'rq:job:p', 'status', 'queued')",
        "redis.call('RPUSH', 'rq:queue:default', '', ':', '\\255\\254', string.rep('x', 100000))",
        // an id that is no text, with a job behind it
        "local hash = redis.call('HGETALL', 'rq:job:p')"
            + " redis.call('HSET', 'rq:job:\\255', unpack(hash))"
            + " redis.call('RPUSH', 'rq:queue:default', '\\255')",
        "redis.call('HSET', 'rq:job:p', 'data', '')",
        // the id twice
        "redis.call('RPUSH', 'rq:queue:default', 'p')",
        // what is needed at the end
        "redis.call('SET', 'rq:results:p', 'text')",
        "redis.call('SET', 'rq:job:p:dependents', 'text')",
        "redis.call('HSET', 'rq:job:p', 'group_id', 'g') redis.call('SET', 'rq:group:g', 'text')",
      })
  void a_poison_job_never_stops_a_worker(String poison) throws InterruptedException {
    runAmongOthers(poison);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis.call('SET', 'rq:results:p', 'text')",
        "redis.call('SET', 'rq:job:p:dependents', 'text')",
        "redis.call('SET', 'rq:job::p:dependencies', 'text')",
      })
  void a_job_ends_though_a_key_that_its_end_needs_is_of_another_type(String poison)
      throws InterruptedException {
    runAmongOthers(poison);
    assertThat(fixture.client.job("p").status()).isEqualTo(JobStatus.FINISHED);
    assertThat(fixture.number("EXISTS", "rq:wip:default")).isZero();
    assertThat(fixture.redis.command("ZSCORE", "rq:finished:default", "p")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis.call('SET', 'rq:executions:p', 'text')",
        "redis.call('HSET', 'rq:job:p', 'origin', '\\255\\254')",
        "redis.call('HSET', 'rq:job:p', 'timeout', '3m')",
        "redis.call('DEL', 'rq:job:p') redis.call('SET', 'rq:job:p', 'text')",
        "redis.call('RPUSH', 'rq:queue:default', '', ':', '\\255\\254', string.rep('x', 100000))",
        "local hash = redis.call('HGETALL', 'rq:job:p')"
            + " redis.call('HSET', 'rq:job:\\255', unpack(hash))"
            + " redis.call('RPUSH', 'rq:queue:default', '\\255')",
        "redis.call('HSET', 'rq:job:p', 'data', 'no pickle')",
        "redis.call('RPUSH', 'rq:queue:default', 'p')",
        "redis.call('SET', 'rq:queue:python', 'text') redis.call('HSET', 'rq:job:p', 'data', 'x')",
      })
  void a_poison_job_never_stops_a_worker_that_chooses(String poison) throws InterruptedException {
    runAmongOthers(poison, fixture.worker().onlyRegistered(true));
    fixture.redis.flush();
    fixture.ran.clear();
    runAmongOthers(poison, fixture.worker().unknownTo("python"));
  }

  @Test
  void a_queue_that_is_no_list_holds_up_no_other_of_a_worker_that_chooses()
      throws InterruptedException {
    fixture.redis.command("SET", "rq:queue:default", "text");
    fixture.enqueue("low", Call.of("note").args("low"), EnqueueOptions.builder().jobId("low"));
    try (RqWorker worker =
        fixture.worker().queues("default", "low").onlyRegistered(true).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(fixture.ran).containsExactly("low");
  }

  @Test
  void a_queue_whose_registry_is_broken_keeps_its_jobs_and_holds_up_no_other()
      throws InterruptedException {
    fixture.redis.command("SET", "rq:wip:default", "not a sorted set");
    fixture.note("kept");
    fixture.enqueue("low", Call.of("note").args("low"), EnqueueOptions.builder().jobId("low"));
    try (RqWorker worker = fixture.worker().queues("default", "low").build()) {
      worker.start();
      fixture.awaitStatus(fixture.client.job("low"), JobStatus.FINISHED);
      assertThat(fixture.list("LRANGE", "rq:queue:default", "0", "-1").toString())
          .isEqualTo("[kept]");
      fixture.enqueue("low", Call.of("note").args("l2"), EnqueueOptions.builder().jobId("l2"));
      fixture.awaitStatus(fixture.client.job("l2"), JobStatus.FINISHED);
      fixture.redis.command("DEL", "rq:wip:default");
      fixture.awaitStatus(fixture.client.job("kept"), JobStatus.FINISHED);
    }
  }

  @Test
  void a_slot_whose_key_is_broken_takes_nothing_and_the_others_work() throws InterruptedException {
    try (RqWorker worker = fixture.worker().concurrency(2).build()) {
      worker.start();
      fixture.redis.command("SET", "rq:worker:w-1:executions", "text");
      fixture.note("a");
      fixture.note("b");
      fixture.awaitStatus(fixture.client.job("a"), JobStatus.FINISHED);
      fixture.awaitStatus(fixture.client.job("b"), JobStatus.FINISHED);
    }
    assertThat(fixture.ran).containsExactly("a", "b");
  }

  @Test
  void a_queue_that_is_no_list_holds_up_no_other() throws InterruptedException {
    fixture.redis.command("SET", "rq:queue:default", "text");
    fixture.enqueue("low", Call.of("note").args("low"), EnqueueOptions.builder().jobId("low"));
    try (RqWorker worker = fixture.worker().queues("default", "low").burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(fixture.ran).containsExactly("low");
  }
}
