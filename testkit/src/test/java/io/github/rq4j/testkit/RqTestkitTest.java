package io.github.rq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What the extension gives to tests. */
class RqTestkitTest {
  private static final List<String> FAILURES = new ArrayList<>();

  @RegisterExtension
  static final RqTestkit testkit =
      RqTestkit.builder()
          .queues("shop", "low")
          .serializer(JsonSerializer.defaults())
          .handlers(
              Handlers.builder()
                  .register("length", Parameter.of("text", String.class), String::length)
                  .build())
          .worker(
              settings ->
                  settings.exceptionHandler(
                      (job, failure) -> FAILURES.add(job.id() + ": " + failure.type())))
          .build();

  private static @org.jspecify.annotations.Nullable ManualWorker ofTheClass;
  private @org.jspecify.annotations.Nullable Queue ofTheMethod;

  @BeforeAll
  static void before_all(ManualWorker worker) {
    worker.advance(Duration.ofDays(9));
    ofTheClass = worker;
  }

  @BeforeEach
  void before_each(Queue queue) {
    ofTheMethod = queue;
  }

  @RepeatedTest(2)
  void each_test_begins_with_an_empty_database(RqClient client) {
    assertThat(client.queues()).isEmpty();
    client.queue("shop").enqueue(Call.of("length"));
  }

  @Test
  void client_queue_and_url_are_of_one_database(
      RqClient client, Queue queue, @RedisUrl String url) {
    Job job = queue.enqueue(Call.of("length").args("abc"));
    assertThat(queue.name()).isEqualTo("shop");
    assertThat(client.job(job.id()).status()).isEqualTo(JobStatus.QUEUED);
    try (RqClient other = RqClient.connect(url)) {
      assertThat(other.job(job.id()).exists()).isTrue();
    }
  }

  @Test
  void a_method_before_each_test_gets_what_the_test_gets(RqClient client) {
    assertThat(ofTheMethod).isNotNull();
    assertThat(client.queue("shop").toString()).isEqualTo(String.valueOf(ofTheMethod));
  }

  @Test
  void no_test_gets_the_clock_that_another_has_moved(ManualWorker worker, TestClock clock) {
    assertThat(worker).isNotSameAs(ofTheClass);
    assertThat(worker.clock()).isSameAs(clock);
    assertThat(clock.instant()).isBefore(Instant.now().plusSeconds(1));
  }

  @Test
  void the_client_goes_by_the_tests_clock(Queue queue, TestClock clock) {
    Instant moment = Instant.parse("2030-01-01T00:00:00Z");
    clock.stopAt(moment);
    assertThat(queue.enqueue(Call.of("length")).snapshot().enqueuedAt()).isEqualTo(moment);
  }

  @Test
  void a_job_of_a_synchronous_queue_has_run_when_it_is_enqueued(@Synchronous Queue queue) {
    Job job = queue.enqueue(Call.of("length").args("abc"));
    assertThat(job.resultAs(Integer.class, Duration.ofSeconds(1))).isEqualTo(3);
  }

  @Test
  void the_worker_has_the_testkits_serializer_and_settings(Queue queue, ManualWorker worker) {
    Job good = queue.enqueue(Call.of("length").args("abc"));
    Job bad = queue.enqueue(Call.of("length").args(1));
    assertThat(worker.runDue()).isEqualTo(2);
    assertThat(good.resultAs(Integer.class, Duration.ofSeconds(1))).isEqualTo(3);
    assertThat(FAILURES).containsExactly(bad.id() + ": TypeError");
  }

  /** A nested class. */
  @Nested
  class Inside {
    @Test
    void it_has_the_same_queues(Queue queue) {
      assertThat(queue.name()).isEqualTo("shop");
      assertThat(queue.size()).isZero();
    }
  }

  /** Is run by a test only. */
  static class WithoutPython {
    @RegisterExtension
    static final RqTestkit testkit =
        RqTestkit.builder().environment(Map.of("RQ4J_SKIP_PYTHON", "true")).build();

    @Test
    void with_python(RealPython python) {
      Assumptions.abort("got " + python);
    }

    @Test
    void without(Queue queue) {
      assertThat(queue.size()).isZero();
    }
  }

  @Test
  void tests_that_take_python_can_be_left_out() {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(WithoutPython.class))
            .execute()
            .testEvents();
    tests.assertStatistics(counts -> counts.skipped(1).succeeded(1).failed(0).aborted(0));
  }
}
