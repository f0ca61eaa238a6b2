package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rq4j.codec.pickle.PickleSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** Jobs that CPythons have pickled and deflated: the golden vectors of kind job. */
class JobDataVectorsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<JsonNode> JOBS = jobs();

  private static List<JsonNode> jobs() {
    return VectorFiles.lines("rq-jobs").stream()
        .map(JobDataVectorsTest::parse)
        .filter(vector -> vector.path("kind").asText().equals("job"))
        .toList();
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] stored(JsonNode vector) {
    return HexFormat.of().parseHex(vector.path("zlib").asText());
  }

  private static byte[] pickle(JsonNode vector) {
    if (vector.has("hex")) {
      return HexFormat.of().parseHex(vector.path("hex").asText());
    }
    byte[] deflated = HexFormat.of().parseHex(vector.path("zhex").asText());
    return Objects.requireNonNull(
        Zlib.inflate(new Inflater(), deflated, CodecLimits.defaults()).bytes());
  }

  private static JobDataFormat format(int protocol) {
    return new JobDataFormat(
        PickleSerializer.builder().protocol(protocol).allowGlobals(global -> true).build(),
        CodecLimits.defaults());
  }

  @Test
  void pickles_deflate_to_the_bytes_of_pythons_zlib() {
    assertThat(JOBS).hasSize(281);
    for (JsonNode vector : JOBS) {
      assertThat(Zlib.deflate(Zlib.newDeflater(), pickle(vector)))
          .as(vector.path("id").asText())
          .isEqualTo(stored(vector));
    }
  }

  @Test
  void jobs_read_alike_deflated_and_as_they_are() {
    for (JsonNode vector : JOBS) {
      JobData job = format(5).decode(stored(vector));
      assertThat(CallDescription.of(format(5).decode(pickle(vector))))
          .as(vector.path("id").asText())
          .isEqualTo(CallDescription.of(job));
      JsonNode elements = vector.path("value").path("v");
      assertThat(job.args()).hasSize(elements.path(2).path("v").size());
      assertThat(job.kwargs()).hasSize(elements.path(3).path("v").size());
    }
  }

  @Test
  void jobs_are_written_byte_for_byte_as_python_writes_them() {
    int written = 0;
    for (JsonNode vector : JOBS) {
      JsonNode elements = vector.path("value").path("v");
      boolean usual =
          elements.path(2).path("t").asText().equals("tuple")
              && elements.path(3).path("t").asText().equals("dict");
      if (usual && vector.path("canonical").asBoolean()) {
        JobDataFormat format = format(vector.path("protocol").asInt());
        assertThat(format.encode(format.decode(stored(vector))))
            .as(vector.path("id").asText())
            .isEqualTo(stored(vector));
        written++;
      }
    }
    assertThat(written).isEqualTo(216);
  }
}
