package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.WithRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A worker that hands jobs over to another queue where it has no function for them. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class UnknownToTest {
  private final WorkerFixture fixture;

  UnknownToTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  private RqWorkerBuilder worker() {
    return fixture.worker().unknownTo("python");
  }

  private void burst() throws InterruptedException {
    try (RqWorker worker = worker().burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  private String queued(String queue) {
    return fixture.list("LRANGE", "rq:queue:" + queue, "0", "-1").toString();
  }

  @Test
  void an_unknown_job_waits_in_the_other_queue_as_if_it_had_been_enqueued_there()
      throws InterruptedException {
    fixture.enqueue("u1", Call.of("python.only"));
    fixture.note("a");
    fixture.enqueue("u2", Call.of("python.only"));
    burst();
    assertThat(fixture.ran).containsExactly("a");
    assertThat(queued("default")).isEqualTo("[]");
    assertThat(queued("python")).isEqualTo("[u1, u2]");
    assertThat(fixture.client.job("u1").status()).isEqualTo(JobStatus.QUEUED);
    assertThat(fixture.hget("rq:job:u1", "origin")).isEqualTo("python");
    assertThat(fixture.hget("rq:job:u1", "started_at")).isNullOrEmpty();
    assertThat(fixture.number("SISMEMBER", "rq:queues", "rq:queue:python")).isEqualTo(1);
  }

  @Test
  void what_cannot_be_read_goes_there_and_what_is_no_job_goes_nowhere()
      throws InterruptedException {
    fixture.redis.command("HSET", "rq:job:odd", "data", "no pickle", "status", "queued");
    fixture.redis.command("RPUSH", "rq:queue:default", "odd", "nothing");
    burst();
    assertThat(queued("default")).isEqualTo("[]");
    assertThat(queued("python")).isEqualTo("[odd]");
  }

  @Test
  void a_job_that_arrives_later_is_handed_over_as_well() {
    try (RqWorker worker = worker().build()) {
      worker.start();
      fixture.awaitStatus(fixture.note("a"), JobStatus.FINISHED);
      fixture.enqueue("u", Call.of("python.only"));
      WorkerFixture.await().until(() -> queued("python").equals("[u]"));
    }
  }

  @Test
  void nothing_is_handed_over_while_workers_are_suspended() {
    fixture.redis.command("SET", "rq:suspended", "1");
    fixture.enqueue("u", Call.of("python.only"));
    try (RqWorker worker = worker().build()) {
      worker.start();
      WorkerFixture.await().until(() -> "suspended".equals(fixture.hget("rq:worker:w", "state")));
      assertThat(queued("default")).isEqualTo("[u]");
      fixture.redis.command("DEL", "rq:suspended");
      WorkerFixture.await().until(() -> queued("python").equals("[u]"));
    }
  }

  @Test
  void a_queue_of_the_worker_itself_is_refused() {
    RqWorkerBuilder builder = worker().queues("default", "python");
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'python'");
    assertThatThrownBy(() -> fixture.worker().unknownTo("a,b"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
