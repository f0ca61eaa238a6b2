package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Dependency;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An outcome that Redis refuses for good is not lost: the job ends as failed, or is abandoned. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class RefusedOutcomeTest {
  private final WorkerFixture fixture;

  RefusedOutcomeTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  /** Runs a job, and another one behind it, while something is done to the database. */
  private Job run(Consumer<TestRedis> meanwhile) throws InterruptedException {
    Job job = fixture.enqueue("h", Call.of("hold"));
    try (RqWorker worker = fixture.worker().build()) {
      worker.start();
      fixture.awaitEntered();
      meanwhile.accept(fixture.redis);
      fixture.note("next");
      fixture.release.countDown();
      WorkerFixture.await().until(() -> fixture.ran.contains("next"));
    }
    return job;
  }

  @Test
  void a_result_whose_registry_is_broken_becomes_a_failure_that_says_so()
      throws InterruptedException {
    Job job = run(redis -> redis.command("SET", "rq:finished:default", "text"));
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.latestResult().orElseThrow().excString())
        .contains("could not be stored", "WRONGTYPE");
    assertThat(fixture.list("ZRANGE", "rq:failed:default", "0", "-1")).hasToString("[h, next]");
    assertThat(fixture.number("TTL", "rq:job:h")).isPositive();
    assertThat(fixture.number("EXISTS", "rq:wip:default")).isZero();
    assertThat(fixture.hget("rq:worker:w", "failed_job_count")).isEqualTo("2");
    assertThat(fixture.hget("rq:worker:w", "successful_job_count")).isNull();
    assertThat(fixture.hget("rq:worker:w", "current_job")).isNull();
  }

  @Test
  void a_job_whose_failure_is_refused_as_well_is_left_to_maintenance() throws InterruptedException {
    Job job =
        run(
            redis -> {
              redis.command("SET", "rq:finished:default", "text");
              redis.command("SET", "rq:failed:default", "text");
            });
    assertThat(job.status()).isEqualTo(JobStatus.STARTED);
    assertThat(fixture.number("TTL", "rq:job:h")).isEqualTo(-1);
    assertThat(fixture.number("ZCARD", "rq:wip:default")).isEqualTo(2);
    fixture.redis.command("DEL", "rq:finished:default", "rq:failed:default");
    for (Object member : fixture.list("ZRANGE", "rq:wip:default", "0", "-1")) {
      fixture.redis.command("ZADD", "rq:wip:default", "1", (String) member);
    }
    fixture.burst();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.latestResult().orElseThrow().excString()).contains("AbandonedJobError");
  }

  @Test
  void an_outcome_is_stored_though_the_hash_of_the_worker_is_broken() throws InterruptedException {
    Job job = fixture.enqueue("h", Call.of("hold"));
    try (RqWorker worker = fixture.worker().build()) {
      worker.start();
      fixture.awaitEntered();
      fixture.redis.command("SET", "rq:worker:w", "text");
      fixture.release.countDown();
      fixture.awaitStatus(job, JobStatus.FINISHED);
      fixture.redis.command("DEL", "rq:worker:w");
    }
    assertThat(fixture.number("EXISTS", "rq:wip:default")).isZero();
  }

  @Test
  void an_outcome_is_stored_though_a_dependent_cannot_be_enqueued() throws InterruptedException {
    Job job = fixture.enqueue("h", Call.of("hold"));
    for (String queue : new String[] {"broken", "whole"}) {
      fixture.enqueue(
          queue,
          Call.of("note").args(queue),
          EnqueueOptions.builder().jobId(queue).dependsOn(Dependency.on("h")));
    }
    try (RqWorker worker = fixture.worker().build()) {
      worker.start();
      fixture.awaitEntered();
      fixture.redis.command("SET", "rq:queue:broken", "text");
      fixture.release.countDown();
      fixture.awaitStatus(job, JobStatus.FINISHED);
    }
    assertThat(fixture.client.job("whole").status()).isEqualTo(JobStatus.QUEUED);
    assertThat(fixture.client.job("broken").status()).isEqualTo(JobStatus.DEFERRED);
    assertThat(fixture.list("ZRANGE", "rq:deferred:broken", "0", "-1")).hasToString("[broken]");
    assertThat(fixture.list("SMEMBERS", "rq:job:h:dependents")).hasToString("[broken]");
  }

  @Test
  void a_result_that_is_larger_than_redis_takes_becomes_a_failure_that_says_so() throws Exception {
    Handlers handlers =
        Handlers.builder()
            .register("large", () -> new byte[2 << 20])
            .register("small", () -> 1L)
            .build();
    try (LocalRedis server = LocalRedis.start();
        RqClient client = RqClient.connect(server.uri().toString());
        RedisServer redis = new RedisServer(RedisSettings.parse(server.uri().toString()))) {
      redis.with(
          connection ->
              connection.call(Command.of("CONFIG", "SET", "proto-max-bulk-len", "1048576")));
      Job large = client.queue("default").enqueue(Call.of("large"));
      Job small = client.queue("default").enqueue(Call.of("small"));
      try (RqWorker worker = RqWorker.builder(server.uri().toString(), handlers).build()) {
        worker.start();
        fixture.awaitStatus(small, JobStatus.FINISHED);
      }
      assertThat(large.status()).isEqualTo(JobStatus.FAILED);
      assertThat(large.latestResult().orElseThrow().excString())
          .contains("could not be stored", "proto-max-bulk-len");
    }
  }
}
