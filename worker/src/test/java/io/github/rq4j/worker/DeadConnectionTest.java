package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.RedisProxy;
import io.github.rq4j.testservers.WithRedis;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Connections that are dead but open are noticed and replaced within a bounded time. */
@Isolated("channels belong to the server, not to a database")
@WithRedis
@ExtendWith(WorkerExtension.class)
class DeadConnectionTest {
  // Beyond all of the worker's own limits.
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final WorkerFixture fixture;
  @AutoClose private final RedisProxy proxy;

  DeadConnectionTest(WorkerFixture fixture) throws IOException {
    this.fixture = fixture;
    this.proxy = RedisProxy.to(fixture.redis.uri());
  }

  private RqWorkerBuilder worker() {
    return RqWorker.builder(proxy.uri().toString(), fixture.handlers)
        .name("w")
        .monitoringInterval(Duration.ofSeconds(1));
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(PATIENCE);
  }

  @Test
  void a_worker_that_waits_on_a_dead_connection_finds_the_next_job() throws InterruptedException {
    Job before = fixture.note("before");
    try (RqWorker worker = worker().build()) {
      worker.start();
      fixture.awaitStatus(before, JobStatus.FINISHED);
      proxy.forget();
      Job after = fixture.note("after");
      await().until(() -> after.status() == JobStatus.FINISHED);
    }
    assertThat(fixture.ran).containsExactly("before", "after");
  }

  @Test
  void an_outcome_that_is_sent_over_a_dead_connection_is_sent_again() throws InterruptedException {
    Job job = fixture.enqueue("h", Call.of("hold"));
    try (RqWorker worker = worker().build()) {
      worker.start();
      fixture.awaitEntered();
      proxy.forget();
      fixture.release.countDown();
      await().until(() -> job.status() == JobStatus.FINISHED);
    }
    assertThat(fixture.number("XLEN", "rq:results:h")).isEqualTo(1);
  }

  @Test
  void a_subscription_that_is_dead_is_renewed() throws InterruptedException {
    try (RqWorker worker = worker().build()) {
      worker.start();
      proxy.forget();
      await()
          .until(
              () -> {
                fixture.redis.command("PUBLISH", "rq:pubsub:w", "{\"command\": \"shutdown\"}");
                return worker.awaitEnd(Duration.ofMillis(100));
              });
    }
  }
}
