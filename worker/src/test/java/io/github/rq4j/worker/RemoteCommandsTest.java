package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** What a worker does on the commands that RQ's clients publish. */
@Isolated("channels belong to the server, not to a database")
@WithRedis
@ExtendWith(WorkerExtension.class)
class RemoteCommandsTest {
  private static final String STOPPED = "Job stopped by user, work-horse terminated.";
  private static final String KILLED =
      "Work-horse terminated unexpectedly; waitpid returned 9 (signal 9); ";

  private final CountDownLatch done = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch awoken = new CountDownLatch(1);
  private final AtomicInteger executions = new AtomicInteger();
  private final WorkerFixture fixture;

  RemoteCommandsTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  @AfterEach
  void disconnect() {
    done.countDown();
  }

  private void publish(String worker, String payload) {
    assertThat(fixture.number("PUBLISH", "rq:pubsub:" + worker, payload))
        .as("subscribers")
        .isEqualTo(1L);
  }

  private void stopJob(String worker, String id) {
    publish(worker, "{\"command\": \"stop-job\", \"job_id\": \"" + id + "\"}");
  }

  private void killHorse() {
    publish("w", "{\"command\": \"kill-horse\"}");
  }

  private void shutDown(String worker) {
    publish(worker, "{\"command\": \"shutdown\"}");
  }

  private String ignore() {
    entered.countDown();
    while (done.getCount() > 0) {
      Thread.onSpinWait();
    }
    return "too late";
  }

  private String wakeUp() throws InterruptedException {
    entered.countDown();
    try {
      done.await();
    } catch (InterruptedException e) {
      awoken.countDown();
      throw e;
    }
    return "too late";
  }

  private RqWorkerBuilder worker() {
    Handlers handlers =
        Handlers.builder()
            .register("wait", this::wakeUp)
            .register("ignore", this::ignore)
            .register("next", () -> "ran")
            .build();
    return RqWorker.builder(fixture.redis.uri().toString(), handlers)
        .name("w")
        .executionIds(() -> "e" + executions.incrementAndGet())
        .timeoutGrace(Duration.ofMillis(50));
  }

  private void awaitEntered() throws InterruptedException {
    assertThat(entered.await(10, TimeUnit.SECONDS)).as("the job runs").isTrue();
  }

  private Job start(RqWorker worker, String function) throws InterruptedException {
    return start(worker, function, EnqueueOptions.builder());
  }

  private Job start(RqWorker worker, String function, EnqueueOptions.Builder options)
      throws InterruptedException {
    worker.start();
    Job job = fixture.enqueue("default", Call.of(function), options.jobId("j"));
    awaitEntered();
    return job;
  }

  private void runNext() {
    Job next = fixture.enqueue("next", Call.of("next"));
    fixture.awaitStatus(next, JobStatus.FINISHED);
  }

  @Test
  void a_stopped_job_is_interrupted_and_stored_as_rq_stores_it() throws InterruptedException {
    try (RqWorker worker = worker().build()) {
      Job job = start(worker, "wait");
      stopJob("w", "j");
      fixture.awaitStatus(job, JobStatus.STOPPED);
      assertThat(awoken.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(job.latestResult().orElseThrow().excString()).isEqualTo(STOPPED);
      assertThat(fixture.list("ZRANGE", "rq:failed:default", "0", "-1").toString())
          .isEqualTo("[j]");
      assertThat(fixture.number("ZCARD", "rq:wip:default")).isZero();
      assertThat(fixture.hget("rq:job:j", "ended_at")).isNotEmpty();
      assertThat(fixture.number("TTL", "rq:job:j")).isGreaterThan(31_535_000L);
      assertThat(fixture.hget("rq:worker:w", "failed_job_count")).isEqualTo("1");
      runNext();
    }
  }

  @Test
  void a_job_that_ignores_its_stop_is_given_up_and_the_slot_goes_on() throws InterruptedException {
    try (RqWorker worker = worker().build()) {
      Job job = start(worker, "ignore");
      stopJob("w", "j");
      fixture.awaitStatus(job, JobStatus.STOPPED);
      runNext();
    }
  }

  @Test
  void a_stopped_job_is_not_retried() throws InterruptedException {
    try (RqWorker worker = worker().build()) {
      Job job = start(worker, "wait");
      fixture.redis.command("HSET", "rq:job:j", "retries_left", "3");
      stopJob("w", "j");
      fixture.awaitStatus(job, JobStatus.STOPPED);
      assertThat(fixture.number("LLEN", "rq:queue:default")).isZero();
    }
  }

  @Test
  void the_execution_that_is_to_be_stopped_can_be_named() throws InterruptedException {
    try (RqWorker worker = worker().build()) {
      Job job = start(worker, "wait");
      publish(
          "w", "{\"command\": \"stop-execution\", \"job_id\": \"j\", \"execution_id\": \"other\"}");
      String execution = fixture.list("ZRANGE", "rq:executions:j", "0", "-1").get(0).toString();
      publish(
          "w",
          "{\"command\": \"stop-execution\", \"job_id\": \"j\", \"execution_id\": \""
              + execution
              + "\"}");
      fixture.awaitStatus(job, JobStatus.STOPPED);
    }
  }

  @Test
  void a_killed_job_has_failed_with_the_text_of_rq() throws InterruptedException {
    try (RqWorker worker = worker().build()) {
      Job job = start(worker, "wait");
      killHorse();
      fixture.awaitStatus(job, JobStatus.FAILED);
      assertThat(job.latestResult().orElseThrow().excString()).isEqualTo(KILLED);
      runNext();
    }
  }

  @Test
  void a_killed_job_is_retried() throws InterruptedException {
    fixture.enqueue("default", Call.of("wait"), EnqueueOptions.builder().jobId("j"));
    fixture.redis.command("HSET", "rq:job:j", "retries_left", "1", "retry_intervals", "[60]");
    try (RqWorker worker = worker().build()) {
      worker.start();
      awaitEntered();
      killHorse();
      fixture.awaitStatus(fixture.client.job("j"), JobStatus.SCHEDULED);
      assertThat(fixture.hget("rq:job:j", "retries_left")).isEqualTo("0");
    }
  }

  @Test
  void commands_for_an_idle_worker_are_ignored() throws InterruptedException {
    try (RqWorker worker = worker().concurrency(2).build()) {
      Job job = start(worker, "wait");
      String busy = fixture.hget("rq:job:j", "worker_name");
      String idle = "w-1".equals(busy) ? "w-2" : "w-1";
      publish(idle, "{\"command\": \"kill-horse\"}");
      stopJob(idle, "next");
      // Commands are carried out one after the other: when this one is, the others were, too.
      stopJob(String.valueOf(busy), "j");
      fixture.awaitStatus(job, JobStatus.STOPPED);
      runNext();
    }
  }

  @Test
  void commands_for_another_job_are_ignored() throws InterruptedException {
    try (RqWorker worker = worker().build()) {
      Job job = start(worker, "wait");
      stopJob("w", "other");
      publish("w", "{\"command\": \"stop-job\"}");
      publish("w", "{\"command\": \"dance\"}");
      done.countDown();
      fixture.awaitStatus(job, JobStatus.FINISHED);
    }
  }

  @Test
  void a_payload_that_is_no_command_is_ignored() throws InterruptedException {
    try (RqWorker worker = worker().build()) {
      worker.start();
      for (String payload : new String[] {"", "{", "[]", "17", "{\"command\": 1}", "\u0000"}) {
        publish("w", payload);
      }
      Job job = fixture.enqueue("j", Call.of("wait"));
      awaitEntered();
      stopJob("w", "j");
      fixture.awaitStatus(job, JobStatus.STOPPED);
    }
  }

  @Test
  void a_shutdown_command_lets_the_running_job_end() throws InterruptedException {
    try (RqWorker worker = worker().build()) {
      Job job = start(worker, "wait");
      shutDown("w");
      WorkerFixture.await()
          .until(() -> fixture.hget("rq:worker:w", "shutdown_requested_date") != null);
      assertThat(job.status()).isEqualTo(JobStatus.STARTED);
      done.countDown();
      assertThat(worker.awaitEnd(Duration.ofSeconds(10))).isTrue();
      assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    }
  }

  @Test
  void a_second_shutdown_command_within_a_second_is_ignored_and_a_later_one_is_cold()
      throws InterruptedException {
    try (RqWorker worker = worker().build()) {
      Job job = start(worker, "wait");
      shutDown("w");
      shutDown("w");
      assertThat(worker.awaitEnd(Duration.ofMillis(1100))).isFalse();
      assertThat(awoken.getCount()).isEqualTo(1);
      shutDown("w");
      assertThat(worker.awaitEnd(Duration.ofSeconds(10))).isTrue();
      assertThat(job.status()).isEqualTo(JobStatus.STARTED);
    }
  }

  @Test
  void a_shutdown_command_ends_the_slot_it_was_sent_to_and_no_other() throws InterruptedException {
    try (RqWorker worker = worker().concurrency(2).build()) {
      worker.start();
      shutDown("w-1");
      WorkerFixture.await().until(() -> fixture.hget("rq:worker:w-1", "death") != null);
      assertThat(fixture.list("SMEMBERS", "rq:workers").toString()).isEqualTo("[rq:worker:w-2]");
      runNext();
      assertThat(fixture.hget("rq:job:next", "worker_name")).isEqualTo("w-2");
      shutDown("w-2");
      assertThat(worker.awaitEnd(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void a_slot_that_is_shut_down_ends_its_job_first() throws InterruptedException {
    try (RqWorker worker = worker().concurrency(2).build()) {
      Job job = start(worker, "wait");
      String busy = String.valueOf(fixture.hget("rq:job:j", "worker_name"));
      shutDown(busy);
      runNext();
      assertThat(fixture.hget("rq:worker:" + busy, "death")).isNull();
      done.countDown();
      fixture.awaitStatus(job, JobStatus.FINISHED);
      WorkerFixture.await().until(() -> fixture.hget("rq:worker:" + busy, "death") != null);
      assertThat(worker.awaitEnd(Duration.ZERO)).isFalse();
    }
  }

  @Test
  void a_slot_can_be_shut_down_cold() throws InterruptedException {
    try (RqWorker worker = worker().concurrency(2).build()) {
      Job job = start(worker, "wait");
      String busy = String.valueOf(fixture.hget("rq:job:j", "worker_name"));
      shutDown(busy);
      WorkerFixture.await()
          .until(
              () -> {
                shutDown(busy);
                return fixture.hget("rq:worker:" + busy, "death") != null;
              });
      assertThat(job.status()).isEqualTo(JobStatus.STARTED);
      assertThat(awoken.await(10, TimeUnit.SECONDS)).isTrue();
      runNext();
    }
  }

  @Test
  void commands_are_received_again_after_the_connection_was_lost() {
    try (RqWorker worker = worker().build()) {
      worker.start();
      fixture.redis.cutConnections("pubsub");
      WorkerFixture.await()
          .until(
              () -> fixture.number("PUBLISH", "rq:pubsub:w", "{\"command\": \"shutdown\"}") == 1L);
      WorkerFixture.await().until(() -> worker.awaitEnd(Duration.ZERO));
    }
  }

  @Test
  void where_redis_refuses_the_channels_the_worker_works_without_commands() throws Exception {
    try (LocalRedis server = LocalRedis.start();
        RedisServer admin = new RedisServer(RedisSettings.parse(server.uri().toString()))) {
      Command user =
          Command.of("ACL", "SETUSER", "mute", "on", ">pw", "~*", "+@all", "resetchannels");
      admin.with(redis -> redis.call(user));
      String url = server.uri().toString().replace("redis://", "redis://mute:pw@");
      try (RqClient client = RqClient.connect(url);
          RqWorker worker = RqWorker.builder(url, fixture.handlers).build()) {
        worker.start();
        Job job = client.queue("default").enqueue(Call.of("note").args("a"));
        fixture.awaitStatus(job, JobStatus.FINISHED);
      }
    }
  }
}
