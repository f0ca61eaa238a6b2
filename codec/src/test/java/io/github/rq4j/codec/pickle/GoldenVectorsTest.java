package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.VectorFiles;
import io.github.rq4j.codec.vectors.VectorChecker;
import io.github.rq4j.codec.vectors.VectorReport;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenVectorsTest {

  @ParameterizedTest
  @CsvSource({
    "scalars, 1585, 1320",
    "strings, 1081, 648",
    "containers, 1059, 660",
    "sharing, 619, 380",
    "datetime, 846, 588",
    "stdlib, 1843, 1131",
    "classes, 861, 573",
    "rq-jobs, 408, 324",
    "malformed, 1240, 0"
  })
  void every_vector_reads_as_described_and_is_written_as_cpython_wrote_it(
      String file, int count, int canonical) throws IOException {
    VectorReport report = check(file);

    assertThat(report.failures()).isEmpty();
    assertThat(report.vectors()).isEqualTo(count);
    assertThat(report.decoded()).isEqualTo(count);
    assertThat(report.encoded()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({"strings, 6", "scalars, 0", "rq-jobs, 0"})
  void only_two_surrogates_side_by_side_are_written_otherwise(String file, int count)
      throws IOException {
    assertThat(check(file).ambiguous())
        .hasSize(count)
        .allMatch(id -> id.startsWith("strings/surrogate_pair_as_two/"));
  }

  private static VectorReport check(String file) throws IOException {
    String lines = String.join("\n", VectorFiles.lines(file));
    return new VectorChecker(GoldenVectorsTest::serializer).check(new StringReader(lines));
  }

  /** Nothing is loaded here, so the vectors may name any class of theirs. */
  private static PickleSerializer serializer(int protocol) {
    return PickleSerializer.builder().protocol(protocol).allowGlobals(global -> true).build();
  }
}
