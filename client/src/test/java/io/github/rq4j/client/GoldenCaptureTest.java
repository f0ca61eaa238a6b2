package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.JobRegistry.Kind;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads what every release of RQ left in Redis, put back into a database. */
@WithRedis
class GoldenCaptureTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Instant RECORDED_AS = Instant.parse("2000-01-01T00:00:00Z");

  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis redis) {
    client = RqClient.connect(redis.uri().toString());
  }

  private JobSnapshot snapshot(String id) {
    return client.job(id).snapshot();
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.client.GoldenCapture#all")
  void results_are_read_from_wherever_the_release_keeps_them(GoldenCapture capture) {
    capture.restore(client);
    assertThat(client.job("echoed").result(PATIENCE))
        .isEqualTo(
            Map.of(
                "\u00e9",
                Arrays.asList(
                    1L,
                    2.5,
                    null,
                    PythonBytes.fromArray(new byte[] {-1}),
                    BigInteger.TWO.pow(70))));
    assertThat(client.job("nothing").result(PATIENCE)).isNull();
    assertThat(client.job("method").resultAs(Integer.class, PATIENCE)).isEqualTo(5);
    assertThatThrownBy(() -> client.job("failed").result(PATIENCE))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("ValueError: kaput ");
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.client.GoldenCapture#all")
  void jobs_are_read(GoldenCapture capture) {
    capture.restore(client);
    assertThat(snapshot("saved").status()).isEqualTo(JobStatus.FINISHED);
    assertThat(snapshot("saved").origin()).isEqualTo("golden");
    assertThat(snapshot("saved").createdAt()).isEqualTo(RECORDED_AS);
    assertThat(snapshot("saved").endedAt()).isEqualTo(RECORDED_AS);
    // Before 0.8, the worker overwrites what its job has saved.
    assertThat(snapshot("saved").meta())
        .isEqualTo(capture.isBefore0(8) ? Map.of("a", "\u4f60") : Map.of("a", "\u4f60", "b", 2L));
    assertThat(snapshot("waiting").timeout()).isEqualTo(Duration.ofMinutes(3));
    assertThat(snapshot("waiting").data().args()).isEqualTo(List.of(3L));
    assertThat(snapshot("failed").status()).isEqualTo(JobStatus.FAILED);
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.client.GoldenCapture#all")
  void dependents_are_found_in_both_directions(GoldenCapture capture) {
    capture.restore(client);
    assertThat(client.job("failed").dependentIds()).containsExactly("child");
    assertThat(snapshot("child").dependencyIds()).containsExactly("failed");
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.client.GoldenCapture#all")
  void queues_and_registries_are_read(GoldenCapture capture) {
    capture.restore(client);
    Queue queue = client.queue("golden");
    assertThat(queue.jobIds()).containsExactly("waiting");
    assertThat(client.queues()).extracting(Queue::name).contains("golden");
    if (capture.isBefore1()) {
      assertThat(client.queue("failed").jobIds()).containsExactly("failed");
    } else {
      assertThat(queue.registry(Kind.FAILED).jobIds(0, 10)).containsExactly("failed");
      assertThat(queue.registry(Kind.DEFERRED).contains("child")).isTrue();
    }
    if (!capture.isBefore0(6)) { // 0.4 has no registries
      assertThat(queue.registry(Kind.FINISHED).jobIds(0, 10))
          .contains("echoed", "method", "nothing", "saved");
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.client.GoldenCapture#all")
  void the_worker_is_read(GoldenCapture capture) {
    capture.restore(client);
    assertThat(client.workers().find("worker"))
        .hasValueSatisfying(
            worker -> {
              assertThat(worker.birth()).isEqualTo(RECORDED_AS);
              assertThat(worker.queues()).containsExactly("golden");
            });
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.client.GoldenCapture#all")
  void a_job_that_failed_is_requeued_from_where_the_release_filed_it(GoldenCapture capture) {
    capture.restore(client);
    client.job("failed").requeue();
    assertThat(client.queue("golden").jobIds()).containsExactly("waiting", "failed");
    assertThat(client.queue("failed").size()).isZero();
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.client.GoldenCapture#all")
  void jobs_of_rq_before_0_10_are_known_as_such(GoldenCapture capture) {
    capture.restore(client);
    Map<String, byte[]> fields = client.call(Command.of("HGETALL", Keys.job("waiting"))).asHash();
    assertThat(Dialect.SINCE_1_0.of(new StoredJob("waiting", fields)))
        .isEqualTo(capture.isBefore0(10) ? Dialect.BEFORE_1_0 : Dialect.SINCE_1_0);
  }
}
