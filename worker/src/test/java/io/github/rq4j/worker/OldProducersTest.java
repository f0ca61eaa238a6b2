package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Dialect;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.testservers.WithRedis;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a worker stores for those who enqueued with an old RQ or on an old Python. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class OldProducersTest {
  private final WorkerFixture fixture;

  OldProducersTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  private void enqueueBefore10(String id, Call call) {
    try (RqClient old =
        RqClient.builder(fixture.redis.uri().toString()).dialect(Dialect.BEFORE_1_0).build()) {
      old.queue("default").enqueue(call, EnqueueOptions.builder().jobId(id).build());
    }
  }

  private void enqueue(String id, Call call, int protocol) {
    PickleSerializer serializer = PickleSerializer.builder().protocol(protocol).build();
    fixture
        .client
        .queue("default")
        .withSerializer(serializer)
        .enqueue(call, EnqueueOptions.builder().jobId(id).build());
  }

  private int protocolOfResult(String id) {
    byte[] result = fixture.redis.bytes("HGET", "rq:job:" + id, "result");
    return result == null ? -1 : result[1];
  }

  @Test
  void a_result_has_the_protocol_in_which_its_job_came() throws InterruptedException {
    for (int protocol : new int[] {2, 3, 4, 5}) {
      enqueue("p" + protocol, Call.of("note").args("x"), protocol);
    }
    fixture.burst();
    for (int protocol : new int[] {2, 3, 4, 5}) {
      assertThat(protocolOfResult("p" + protocol)).isEqualTo(protocol);
    }
  }

  @Test
  void the_result_of_a_job_in_protocol_0_is_one_that_every_python_reads()
      throws InterruptedException {
    enqueue("p0", Call.of("note").args("x"), 0);
    fixture.burst();
    assertThat(protocolOfResult("p0")).isEqualTo(2);
  }

  @Test
  void times_of_a_job_that_came_uncompressed_have_no_fraction() throws InterruptedException {
    enqueueBefore10("old", Call.of("note").args("x"));
    fixture.burst();
    assertThat(fixture.hget("rq:job:old", "started_at")).hasSize(20).endsWith("Z");
    assertThat(fixture.hget("rq:job:old", "ended_at")).hasSize(20).endsWith("Z");
  }

  @Test
  void a_job_that_came_uncompressed_fails_into_the_failed_queue_with_plain_text()
      throws InterruptedException {
    enqueueBefore10("old", Call.of("boom"));
    fixture.burst();
    byte[] text = Objects.requireNonNull(fixture.redis.bytes("HGET", "rq:job:old", "exc_info"));
    assertThat(new String(text, StandardCharsets.UTF_8)).startsWith("Traceback").contains("kaput");
    assertThat(fixture.list("LRANGE", "rq:queue:failed", "0", "-1").toString()).isEqualTo("[old]");
    assertThat(fixture.list("SMEMBERS", "rq:queues").toString()).contains("rq:queue:failed");
    assertThat(fixture.number("EXISTS", "rq:failed:default")).isZero();
  }

  @Test
  void the_failed_queue_can_be_chosen_for_all_jobs() throws InterruptedException {
    fixture.enqueue("new", Call.of("boom"));
    try (RqWorker worker = fixture.worker().dialect(Dialect.BEFORE_1_0).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(fixture.list("LRANGE", "rq:queue:failed", "0", "-1").toString()).isEqualTo("[new]");
  }

  private void abandon(String id) {
    fixture.redis.command("LREM", "rq:queue:default", "0", id);
    fixture.redis.command("HSET", "rq:job:" + id, "status", "started");
    fixture.redis.command("ZADD", "rq:wip:default", "5", id + ":0123");
  }

  @Test
  void an_abandoned_job_that_came_uncompressed_goes_into_the_failed_queue_with_plain_text()
      throws InterruptedException {
    enqueueBefore10("old", Call.of("note").args("x"));
    abandon("old");
    fixture.burst();
    byte[] text = Objects.requireNonNull(fixture.redis.bytes("HGET", "rq:job:old", "exc_info"));
    assertThat(new String(text, StandardCharsets.UTF_8)).contains("AbandonedJobError");
    assertThat(fixture.hget("rq:job:old", "status")).isEqualTo("failed");
    assertThat(fixture.list("LRANGE", "rq:queue:failed", "0", "-1").toString()).isEqualTo("[old]");
    assertThat(fixture.number("EXISTS", "rq:failed:default")).isZero();
  }

  @Test
  void an_abandoned_job_goes_into_the_failed_queue_where_that_is_chosen()
      throws InterruptedException {
    fixture.enqueue("new", Call.of("note").args("x"));
    abandon("new");
    try (RqWorker worker = fixture.worker().dialect(Dialect.BEFORE_1_0).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(fixture.list("LRANGE", "rq:queue:failed", "0", "-1").toString()).isEqualTo("[new]");
  }

  @Test
  void an_abandoned_job_that_is_requeued_has_a_time_that_its_release_reads()
      throws InterruptedException {
    enqueueBefore10("old", Call.of("note").args("x"));
    abandon("old");
    try (RqWorker worker = fixture.worker().requeueAfterCrash(1).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(fixture.hget("rq:job:old", "status")).isEqualTo("finished");
    assertThat(fixture.hget("rq:job:old", "enqueued_at")).hasSize(20).endsWith("Z");
  }

  @Test
  void other_jobs_leave_no_failed_queue() throws InterruptedException {
    fixture.enqueue("new", Call.of("boom"));
    fixture.burst();
    assertThat(fixture.number("EXISTS", "rq:queue:failed")).isZero();
    assertThat(fixture.list("ZRANGE", "rq:failed:default", "0", "-1").toString())
        .isEqualTo("[new]");
  }
}
