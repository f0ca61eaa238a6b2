package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonBytes;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the calls, values and tracebacks that every release of RQ left in Redis. */
class GoldenCaptureTest {
  private static final PickleSerializer PICKLE = PickleSerializer.defaults();
  private static final JobDataFormat FORMAT = new JobDataFormat(PICKLE, CodecLimits.defaults());
  private static final String TASKS = "rq4j_fixtures.tasks.";

  /**
   * What a release left.
   *
   * @param name the release and its Python, such as {@code 0.4.6-2.7}
   */
  record Capture(String name, Map<?, ?> keys) {
    static Stream<Capture> all() throws IOException, URISyntaxException {
      URL directory = Objects.requireNonNull(Capture.class.getResource("/golden"));
      try (Stream<Path> releases = Files.list(Path.of(directory.toURI()))) {
        return releases.sorted().toList().stream().map(Capture::read);
      }
    }

    private static Capture read(Path release) {
      try {
        byte[] json = Files.readAllBytes(release.resolve("capture.json"));
        Object keys = Objects.requireNonNull(JsonSerializer.defaults().deserialize(json));
        return new Capture(release.getFileName().toString(), (Map<?, ?>) keys);
      } catch (IOException e) {
        throw new IllegalStateException("cannot read " + release, e);
      }
    }

    private @Nullable Object content(String key) {
      return keys.get(key) instanceof Map<?, ?> found ? found.get("content") : null;
    }

    byte @Nullable [] ofJob(String id, String field) {
      return content("rq:job:" + id) instanceof Map<?, ?> fields ? bytes(fields.get(field)) : null;
    }

    /** A field of the only entry in a job's results, in which RQ stores bytes as base64. */
    byte @Nullable [] ofResult(String id, String field) {
      if (content("rq:results:" + id) instanceof List<?> entries
          && entries.get(0) instanceof Map<?, ?> fields) {
        byte[] text = bytes(fields.get(field));
        return text == null ? null : Base64.getDecoder().decode(text);
      }
      return null;
    }

    private static byte @Nullable [] bytes(@Nullable Object value) {
      if (value instanceof Map<?, ?> encoded) {
        return Base64.getDecoder().decode(String.valueOf(encoded.get("base64")));
      }
      return value == null ? null : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static JobData data(Capture capture, String id) {
    return FORMAT.decode(Objects.requireNonNull(capture.ofJob(id, "data")));
  }

  private static @Nullable Object result(Capture capture, String id) {
    byte[] entry = capture.ofResult(id, "return_value");
    byte[] stored = entry != null ? entry : capture.ofJob(id, "result");
    return stored == null ? null : PICKLE.deserialize(stored);
  }

  @Test
  void there_are_captures_of_seventeen_releases() throws Exception {
    assertThat(Capture.all().map(capture -> capture.name().replaceFirst("-.*", "")).distinct())
        .hasSize(17);
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.codec.GoldenCaptureTest$Capture#all")
  void calls_are_read(Capture capture) {
    assertThat(data(capture, "waiting").functionName()).isEqualTo(TASKS + "add");
    assertThat(data(capture, "waiting").args()).isEqualTo(List.of(3L));
    assertThat(data(capture, "waiting").kwargs()).isEqualTo(Map.of("y", 4L));
    assertThat(data(capture, "failed").args()).isEqualTo(List.of("kaput \u00e9"));
    assertThat(data(capture, "method").functionName()).isEqualTo("increment");
    assertThat(data(capture, "method").instance()).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.codec.GoldenCaptureTest$Capture#all")
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
  @MethodSource("io.github.rq4j.codec.GoldenCaptureTest$Capture#all")
  void tracebacks_are_read(Capture capture) {
    byte[] entry = capture.ofResult("failed", "exc_string");
    byte[] stored = entry != null ? entry : capture.ofJob("failed", "exc_info");
    assertThat(CompressedText.expand(Objects.requireNonNull(stored), CodecLimits.defaults()))
        .startsWith("Traceback (most recent call last):\n")
        .contains("ValueError: kaput ");
  }

  @ParameterizedTest
  @MethodSource("io.github.rq4j.codec.GoldenCaptureTest$Capture#all")
  void meta_is_read(Capture capture) {
    Object meta = PICKLE.deserialize(Objects.requireNonNull(capture.ofJob("saved", "meta")));
    assertThat(((Map<?, ?>) Objects.requireNonNull(meta)).get("a")).isEqualTo("\u4f60");
  }
}
