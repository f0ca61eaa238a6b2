package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptionalContentTest {
  static Stream<Arguments> filled() {
    return Stream.of(
        Arguments.of(Optional.of("x"), "x"),
        Arguments.of(Optional.of(Optional.of("x")), "x"),
        Arguments.of(Optional.of(OptionalInt.of(1)), 1),
        Arguments.of(OptionalInt.of(1), 1),
        Arguments.of(OptionalLong.of(2), 2L),
        Arguments.of(OptionalDouble.of(0.5), 0.5),
        Arguments.of("x", "x"));
  }

  @ParameterizedTest
  @MethodSource("filled")
  void what_is_inside_comes_out(Object value, Object content) {
    assertThat(OptionalContent.of(value)).isEqualTo(content);
  }

  static Stream<Object> empty() {
    return Stream.of(
        Optional.empty(),
        Optional.of(Optional.empty()),
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty());
  }

  @ParameterizedTest
  @MethodSource("empty")
  void nothing_inside_is_null(Object value) {
    assertThat(OptionalContent.of(value)).isNull();
  }

  @Test
  void null_is_its_own_content() {
    assertThat(OptionalContent.of(null)).isNull();
  }
}
