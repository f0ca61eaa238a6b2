package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.ReadableByRq;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is told of failures, in which order, and what the handlers can and cannot do. */
@ReadableByRq
@ExtendWith(WorkerExtension.class)
class ExceptionHandlerTest {
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final WorkerFixture fixture;

  ExceptionHandlerTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  private ExceptionHandler noting(String name, boolean next) {
    return (job, failure) -> {
      String status = fixture.hget("rq:job:" + job.id(), "status");
      seen.add(name + " " + job.id() + " " + failure.type() + " " + status);
      return next;
    };
  }

  private RqWorkerBuilder worker() {
    Handlers handlers =
        Handlers.builder()
            .register(
                "boom",
                () -> {
                  throw new IllegalStateException("kaput");
                })
            .onFailure("shop.failed", (job, failure) -> seen.add("callback"))
            .exceptionHandler("shop.errors.first", noting("first", true))
            .exceptionHandler("shop.errors.stop", noting("stop", false))
            .build();
    return RqWorker.builder(fixture.redis.uri().toString(), handlers).name("w").burst(true);
  }

  private Job run(RqWorkerBuilder builder, String... fields) throws InterruptedException {
    Job job = fixture.enqueue("f", Call.of("boom"));
    for (int i = 0; i < fields.length; i += 2) {
      fixture.redis.command("HSET", "rq:job:f", fields[i], fields[i + 1]);
    }
    try (RqWorker worker = builder.build()) {
      worker.runUntilShutdown();
    }
    return job;
  }

  @Test
  void handlers_are_called_in_order_before_the_failure_is_stored() throws InterruptedException {
    run(
        worker().exceptionHandler("shop.errors.first").exceptionHandler(noting("second", true)),
        "failure_callback_name",
        "shop.failed");
    assertThat(seen)
        .containsExactly(
            "callback",
            "first f java.lang.IllegalStateException started",
            "second f java.lang.IllegalStateException started");
  }

  @Test
  void a_handler_that_says_no_ends_the_chain_and_the_failure_is_stored()
      throws InterruptedException {
    Job job =
        run(worker().exceptionHandler("shop.errors.stop").exceptionHandler("shop.errors.first"));
    assertThat(seen).containsExactly("stop f java.lang.IllegalStateException started");
    assertThat(job.latestResult().orElseThrow().excString()).endsWith("kaput\n");
  }

  @Test
  void handlers_are_called_for_every_attempt() throws InterruptedException {
    run(worker().exceptionHandler("shop.errors.first"), "retries_left", "1");
    assertThat(seen).hasSize(2);
  }

  @Test
  void a_handler_that_raises_loses_neither_the_failure_nor_the_next_handler()
      throws InterruptedException {
    Job job =
        run(
            worker()
                .exceptionHandler(
                    (ended, failure) -> {
                      throw new java.io.IOException("no mail");
                    })
                .exceptionHandler("shop.errors.first"));
    assertThat(seen).hasSize(1);
    assertThat(job.latestResult().orElseThrow().excString())
        .endsWith("java.lang.IllegalStateException: kaput\n");
  }

  @Test
  void a_handler_of_an_unknown_name_is_refused_when_it_is_set() {
    assertThatThrownBy(() -> worker().exceptionHandler("shop.errors.none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no exception handler is registered as 'shop.errors.none'");
  }

  @Test
  void without_the_default_handler_a_failure_leaves_a_status_and_nothing_else()
      throws InterruptedException {
    Job job = run(worker().disableDefaultExceptionHandler(true));
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(fixture.number("EXISTS", "rq:results:f", "rq:failed:default")).isZero();
    assertThat(fixture.number("TTL", "rq:job:f")).isEqualTo(-1);
    assertThat(fixture.hget("rq:job:f", "exc_info")).isNull();
    assertThat(fixture.hget("rq:job:f", "ended_at")).isNull();
    assertThat(fixture.hget("rq:worker:w", "failed_job_count")).isEqualTo("1");
  }

  @Test
  void without_the_default_handler_retries_go_on() throws InterruptedException {
    run(worker().disableDefaultExceptionHandler(true), "retries_left", "2");
    assertThat(fixture.hget("rq:worker:w", "failed_job_count")).isEqualTo("3");
  }
}
