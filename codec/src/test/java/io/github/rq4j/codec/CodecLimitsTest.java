package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CodecLimitsTest {
  static java.util.List<Arguments> limits() {
    return java.util.List.of(
        limit(CodecLimits::maxStoredBytes, CodecLimits.Builder::maxStoredBytes, 67_108_864),
        limit(CodecLimits::maxInflatedBytes, CodecLimits.Builder::maxInflatedBytes, 268_435_456),
        limit(CodecLimits::maxInflateRatio, CodecLimits.Builder::maxInflateRatio, 250),
        limit(CodecLimits::maxDepth, CodecLimits.Builder::maxDepth, 10_000),
        limit(CodecLimits::maxMemoEntries, CodecLimits.Builder::maxMemoEntries, 10_000_000),
        limit(CodecLimits::maxObjects, CodecLimits.Builder::maxObjects, 10_000_000),
        limit(CodecLimits::maxTextBytes, CodecLimits.Builder::maxTextBytes, 268_435_456),
        limit(CodecLimits::maxIntDigits, CodecLimits.Builder::maxIntDigits, 4_300),
        limit(CodecLimits::maxIntBytes, CodecLimits.Builder::maxIntBytes, 65_536),
        limit(CodecLimits::maxOpenMarks, CodecLimits.Builder::maxOpenMarks, 100_000));
  }

  private static Arguments limit(
      ToIntFunction<CodecLimits> getter,
      BiFunction<CodecLimits.Builder, Integer, CodecLimits.Builder> setter,
      int standard) {
    return Arguments.of(getter, setter, standard);
  }

  @ParameterizedTest
  @MethodSource("limits")
  void a_limit_is_what_it_was_set_to_and_has_a_documented_default(
      ToIntFunction<CodecLimits> getter,
      BiFunction<CodecLimits.Builder, Integer, CodecLimits.Builder> setter,
      int standard) {
    CodecLimits untouched = CodecLimits.builder().build();
    CodecLimits changed = setter.apply(untouched.toBuilder(), 17).build();

    assertThat(getter.applyAsInt(untouched)).isEqualTo(standard);
    assertThat(getter.applyAsInt(changed)).isEqualTo(17);
    assertThat(getter.applyAsInt(changed.toBuilder().build())).isEqualTo(17);
    assertThatThrownBy(() -> setter.apply(CodecLimits.builder(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has to be positive");
  }

  @Test
  void a_small_heap_lowers_what_costs_memory() {
    CodecLimits limits = CodecLimits.forHeap(64 * 1024 * 1024);

    assertThat(limits.maxObjects()).isEqualTo(524_288);
    assertThat(limits.maxMemoEntries()).isEqualTo(524_288);
    assertThat(limits.maxInflatedBytes()).isEqualTo(8 * 1024 * 1024);
    assertThat(limits.maxStoredBytes()).isEqualTo(8 * 1024 * 1024);
    assertThat(limits.maxTextBytes()).isEqualTo(8 * 1024 * 1024);
    assertThat(limits.maxDepth()).isEqualTo(CodecLimits.DEFAULT_MAX_DEPTH);
  }

  @Test
  void a_large_heap_leaves_the_constants() {
    CodecLimits limits = CodecLimits.forHeap(Long.MAX_VALUE);

    assertThat(limits.maxObjects()).isEqualTo(CodecLimits.DEFAULT_MAX_OBJECTS);
    assertThat(limits.maxInflatedBytes()).isEqualTo(CodecLimits.DEFAULT_MAX_INFLATED_BYTES);
    assertThat(limits.maxStoredBytes()).isEqualTo(CodecLimits.DEFAULT_MAX_STORED_BYTES);
  }

  @Test
  void the_failure_names_the_limit_and_where() {
    assertThat(CodecLimits.exceeded("maxObjects", 5, "byte 7: a list"))
        .hasMessage("byte 7: a list exceeds the limit maxObjects of 5 (CodecLimits.maxObjects)");
  }
}
