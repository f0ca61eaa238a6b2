package io.github.rq4j.interop.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Dialect;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.client.wire.Timestamps;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.CompressedText;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonBytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads with codec and client what every release of RQ left, without Python and Redis. */
class GoldenReadingTest {
  private static final PickleSerializer PICKLE = PickleSerializer.defaults();
  private static final JobDataFormat FORMAT = new JobDataFormat(PICKLE, CodecLimits.defaults());
  private static final String TASKS = "rq4j_fixtures.tasks.";

  @Test
  void every_cell_of_the_matrix_was_captured() throws Exception {
    assertThat(Capture.all()).hasSize(36);
  }

  private static JobData data(StoredJob job) {
    return FORMAT.decode(Objects.requireNonNull(job.bytes(JobFields.DATA)));
  }

  private static @Nullable Object result(Capture capture, String id) {
    byte[] entry = capture.lastResult(id).get("return_value");
    byte[] stored =
        entry != null ? Base64.getDecoder().decode(entry) : capture.job(id).bytes(JobFields.RESULT);
    return stored == null ? null : PICKLE.deserialize(stored);
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.interop.golden.Capture#all")
  void calls_are_read(Capture capture) {
    assertThat(data(capture.job("waiting")).functionName()).isEqualTo(TASKS + "add");
    assertThat(data(capture.job("waiting")).args()).isEqualTo(List.of(3L));
    assertThat(data(capture.job("waiting")).kwargs()).isEqualTo(Map.of("y", 4L));
    assertThat(data(capture.job("failed")).args()).isEqualTo(List.of("kaput \u00e9"));
    assertThat(data(capture.job("method")).functionName()).isEqualTo("increment");
    assertThat(data(capture.job("method")).instance()).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.interop.golden.Capture#all")
  void results_are_read(Capture capture) {
    assertThat(result(capture, "echoed"))
        .isEqualTo(
            Map.of(
                "\u00e9",
                Arrays.asList(
                    1L,
                    2.5,
                    null,
                    PythonBytes.fromArray(new byte[] {-1}),
                    BigInteger.TWO.pow(70))));
    assertThat(result(capture, "nothing")).isNull();
    assertThat(result(capture, "method")).isEqualTo(5L);
    assertThat(result(capture, "kept"))
        // RQ 1.12.0 deletes the result that it is told to keep for ever.
        .isEqualTo(capture.name().startsWith("1.12") ? null : 3L);
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.interop.golden.Capture#all")
  void tracebacks_are_read(Capture capture) {
    byte[] entry = capture.lastResult("failed").get("exc_string");
    byte[] stored =
        entry != null
            ? Base64.getDecoder().decode(entry)
            : capture.job("failed").bytes(JobFields.EXC_INFO);
    assertThat(CompressedText.expand(Objects.requireNonNull(stored), CodecLimits.defaults()))
        .startsWith("Traceback (most recent call last):\n")
        .contains("ValueError: kaput ");
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.interop.golden.Capture#all")
  void status_moments_and_meta_are_read(Capture capture) {
    StoredJob job = capture.job("saved");
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(job.instant(JobFields.CREATED_AT)).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
    assertThat(job.instant(JobFields.ENDED_AT)).isNotNull();
    // Before 0.8, the worker overwrites what its job has saved.
    assertThat(PICKLE.deserialize(Objects.requireNonNull(job.bytes(JobFields.META))))
        .isEqualTo(capture.isBefore0(8) ? Map.of("a", "\u4f60") : Map.of("a", "\u4f60", "b", 2L));
    assertThat(capture.job("failed").status()).isEqualTo(JobStatus.FAILED);
    assertThat(capture.job("waiting").status()).isEqualTo(JobStatus.QUEUED);
    assertThat(capture.job("waiting").number(JobFields.TIMEOUT)).isEqualTo(180L);
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.interop.golden.Capture#all")
  void a_dependent_is_known_by_its_parent(Capture capture) {
    StoredJob child = capture.job("child");
    assertThat(child.text(JobFields.DEPENDENCY_ID)).isEqualTo("failed");
    assertThat(capture.members("rq:job:failed:dependents")).containsExactly("child");
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.interop.golden.Capture#all")
  void jobs_of_rq_before_0_10_are_known_as_such(Capture capture) {
    assertThat(Dialect.SINCE_1_0.of(capture.job("waiting")))
        .isEqualTo(capture.isBefore0(10) ? Dialect.BEFORE_1_0 : Dialect.SINCE_1_0);
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.interop.golden.Capture#all")
  void failed_jobs_are_where_the_release_files_them(Capture capture) {
    boolean before1 = capture.isBefore0(100);
    assertThat(capture.members(before1 ? "rq:queue:failed" : "rq:failed:golden"))
        .containsExactly("failed");
    assertThat(capture.members("rq:queue:golden")).containsExactly("waiting");
    assertThat(capture.members("rq:queues")).contains("rq:queue:golden");
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.interop.golden.Capture#all")
  void the_worker_is_read(Capture capture) {
    Map<String, byte[]> worker = capture.hash("rq:worker:worker");
    assertThat(worker).containsKeys("birth", "death", "queues");
    for (String moment : List.of("birth", "death")) {
      String text = new String(Objects.requireNonNull(worker.get(moment)), StandardCharsets.UTF_8);
      assertThat(Timestamps.parse(text)).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
    }
  }
}
