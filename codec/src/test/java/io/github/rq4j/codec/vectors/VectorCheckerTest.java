package io.github.rq4j.codec.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.vectors.VectorReport.Failure;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class VectorCheckerTest {
  private static final String ONE =
      """
      {"id": "one", "protocol": 5, "hex": "80054b012e", "canonical": true, \
      "value": {"t": "int", "v": "1"}}
      """;

  @Test
  void a_vector_as_described_is_counted_in_both_directions() {
    VectorReport report = check(ONE);

    assertThat(report.vectors()).isEqualTo(1);
    assertThat(report.decoded()).isEqualTo(1);
    assertThat(report.encoded()).isEqualTo(1);
    assertThat(report.failures()).isEmpty();
  }

  @Test
  void another_value_is_a_failure() {
    VectorReport report = check(ONE.replace("\"v\": \"1\"", "\"v\": \"2\""));

    assertThat(report.failures()).containsExactly(new Failure("one", "reads as another value"));
    assertThat(report.decoded()).isZero();
    assertThat(report.encoded()).isZero();
  }

  @Test
  void other_bytes_than_the_canonical_ones_are_a_failure() {
    VectorReport report = check(ONE.replace("80054b012e", "80054d01002e"));

    assertThat(report.failures())
        .containsExactly(new Failure("one", "is written with other bytes"));
    assertThat(report.decoded()).isEqualTo(1);
  }

  @Test
  void bytes_that_are_refused_are_a_failure_that_tells_why() {
    VectorReport report = check(ONE.replace("80054b012e", "80054b01"));

    assertThat(report.failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.problem()).startsWith("refused: "));
  }

  @Test
  void bytes_to_be_refused_that_are_read_are_a_failure() {
    VectorReport report =
        check(
            """
            {"id": "cut", "class": "truncated", "python": "EOFError", "hex": "80054b012e"}
            """);

    assertThat(report.failures())
        .containsExactly(new Failure("cut", "read, but should be refused as truncated"));
  }

  @Test
  void two_surrogates_are_told_from_failures() {
    VectorReport report =
        check(
            """
            {"id": "pair", "protocol": 5, "canonical": true, \
            "hex": "8005950a000000000000008c06eda0bdedb880942e", \
            "value": {"t": "str", "cp": [55357, 56832]}}
            """);

    assertThat(report.failures()).isEmpty();
    assertThat(report.ambiguous()).containsExactly("pair");
    assertThat(report.encoded()).isZero();
  }

  @Test
  void a_line_that_is_no_vector_is_told_by_its_number() {
    assertThatThrownBy(() -> check(ONE + "{\"id\": \"x\"}\n"))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageStartingWith("line 2 is no golden vector: ");
    assertThatThrownBy(() -> check("nonsense\n"))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageStartingWith("line 1 is no golden vector: not JSON");
  }

  private static VectorReport check(String lines) {
    return new VectorChecker(protocol -> PickleSerializer.builder().protocol(protocol).build())
        .check(new StringReader(lines));
  }
}
