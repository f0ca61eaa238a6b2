package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextReprTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("a~ \u00e9", "'a~ \u00e9'"),
        Arguments.of("\u0000\u001f\u007f\u0085\u00ff", "'\\x00\\x1f\\x7f\\x85\u00ff'"),
        Arguments.of("\t\n\r\\", "'\\t\\n\\r\\\\'"),
        Arguments.of("\u00a0\u00ad", "'\\xa0\\xad'"),
        Arguments.of("\u200b\u2028\ud800\uffff", "'\\u200b\\u2028\\ud800\\uffff'"),
        Arguments.of("\ud800\udc00\udbff\udfff", "'\ud800\udc00\\U0010ffff'"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void what_does_not_print_is_escaped(String text, String expected) {
    assertThat(PythonRepr.of(text, 1000)).isEqualTo(expected);
  }

  static Stream<Arguments> quotes() {
    return Stream.of(
        Arguments.of("it's", "\"it's\""),
        Arguments.of("'", "\"'\""),
        Arguments.of("\"", "'\"'"),
        Arguments.of("'\"", "'\\'\"'"));
  }

  @ParameterizedTest
  @MethodSource("quotes")
  void quotes_are_chosen_so_that_few_are_escaped(String text, String expected) {
    assertThat(PythonRepr.of(text, 1000)).isEqualTo(expected);
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(PythonRepr.of(PythonBytes.fromArray(bytes), 1000)).isEqualTo("b" + expected);
  }

  @ParameterizedTest
  @CsvSource({"126, ~", "127, \\x7f", "128, \\x80", "255, \\xff", "32, ' '", "31, \\x1f"})
  void bytes_beyond_printable_ascii_are_escaped(int value, String expected) {
    PythonBytes bytes = PythonBytes.fromArray(new byte[] {(byte) value});

    assertThat(PythonRepr.of(bytes, 1000)).isEqualTo("b'" + expected + "'");
  }
}
