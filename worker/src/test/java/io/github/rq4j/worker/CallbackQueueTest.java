package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.testservers.ReadableByRq;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Callbacks that have no Java function are handed over to Python where there is a queue for them.
 */
@ReadableByRq
@ExtendWith(WorkerExtension.class)
class CallbackQueueTest {
  private final WorkerFixture fixture;

  CallbackQueueTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  private void burst() throws InterruptedException {
    try (RqWorker worker =
        fixture.worker().callbackQueue("py").executionIds(() -> "e1").burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  private JobData handedOver() {
    String id = String.valueOf(fixture.list("LRANGE", "rq:queue:py", "0", "-1").get(0));
    byte[] data = fixture.redis.bytes("HGET", "rq:job:" + id, "data");
    assertThat(fixture.hget("rq:job:" + id, "status")).isEqualTo("queued");
    assertThat(fixture.hget("rq:job:" + id, "origin")).isEqualTo("py");
    return new JobDataFormat(PickleSerializer.defaults(), CodecLimits.defaults())
        .decode(Objects.requireNonNull(data));
  }

  @Test
  void a_success_callback_becomes_a_job_with_nothing_but_texts() throws InterruptedException {
    Job job = fixture.note("a");
    fixture.redis.command(
        "HSET", "rq:job:a", "success_callback_name", "shop.done", "success_callback_timeout", "9");
    burst();
    assertThat(job.result(Duration.ZERO)).isEqualTo("a");
    JobData call = handedOver();
    assertThat(call.functionName()).isEqualTo("rq4j_callbacks.run");
    assertThat(call.args()).containsExactly("success", "shop.done", "a", "e1");
    assertThat(fixture.list("SMEMBERS", "rq:queues").toString()).contains("rq:queue:py");
    String id = String.valueOf(fixture.list("LRANGE", "rq:queue:py", "0", "-1").get(0));
    assertThat(fixture.hget("rq:job:" + id, "timeout")).isEqualTo("9");
  }

  @Test
  void a_failure_callback_is_told_type_message_and_traceback() throws InterruptedException {
    Job job = fixture.enqueue("f", Call.of("boom"));
    fixture.redis.command("HSET", "rq:job:f", "failure_callback_name", "shop.failed");
    burst();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    String text = job.latestResult().orElseThrow().excString();
    assertThat(handedOver().args())
        .containsExactly(
            "failure", "shop.failed", "f", "e1", "java.lang.IllegalStateException", "kaput", text);
  }

  @Test
  void every_attempt_of_a_retried_job_hands_its_callback_over() throws InterruptedException {
    fixture.enqueue("f", Call.of("boom"));
    fixture.redis.command(
        "HSET", "rq:job:f", "failure_callback_name", "shop.failed", "retries_left", "2");
    burst();
    assertThat(fixture.number("LLEN", "rq:queue:py")).isEqualTo(3);
  }

  @Test
  void a_job_declared_abandoned_while_it_ran_hands_nothing_over() throws InterruptedException {
    fixture.enqueue("h", Call.of("hold"));
    fixture.redis.command("HSET", "rq:job:h", "success_callback_name", "shop.done");
    try (RqWorker worker = fixture.worker().callbackQueue("py").executionIds(() -> "e1").build()) {
      worker.start();
      fixture.awaitEntered();
      fixture.redis.command("ZREM", "rq:wip:default", "h:e1");
      fixture.release.countDown();
      WorkerFixture.await().until(() -> "idle".equals(fixture.hget("rq:worker:w", "state")));
    }
    assertThat(fixture.number("EXISTS", "rq:queue:py")).isZero();
  }
}
