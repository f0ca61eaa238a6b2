package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallDescriptionTest {
  private static String keywords(String... names) {
    Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
    for (String name : names) {
      kwargs.put(name, 1L);
    }
    return CallDescription.of(new JobData("f", null, List.of(), kwargs));
  }

  @Test
  void a_call_is_written_as_in_python() {
    Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
    kwargs.put("fast", true);
    kwargs.put("colour", null);

    assertThat(CallDescription.of(new JobData("shop.ship", null, List.of(2L, "A-1"), kwargs)))
        .isEqualTo("shop.ship(2, 'A-1', colour=None, fast=True)");
  }

  @Test
  void a_call_without_arguments_has_its_parentheses() {
    assertThat(keywords()).isEqualTo("f()");
  }

  @Test
  void keyword_arguments_are_sorted_by_their_whole_text() {
    assertThat(keywords("b", "a_", "a", "a1", "A")).isEqualTo("f(A=1, a1=1, a=1, a_=1, b=1)");
  }

  /** In UTF-16 the first of them, as a pair of surrogates, would stand before the second. */
  @Test
  void keyword_arguments_are_sorted_by_code_points() {
    assertThat(keywords("\ud83d\ude00", "\ufb01", "x"))
        .isEqualTo("f(x=1, \ufb01=1, \ud83d\ude00=1)");
    assertThat(keywords("\ud83d\ude01", "\ud83d\ude00"))
        .isEqualTo("f(\ud83d\ude00=1, \ud83d\ude01=1)");
    assertThat(keywords("a\ud83d\ude01b", "a\ud83d\ude01a", "a\ufb01"))
        .isEqualTo("f(a\ufb01=1, a\ud83d\ude01a=1, a\ud83d\ude01b=1)");
  }

  @Test
  void a_long_argument_is_cut() {
    assertThat(CallDescription.of(new JobData("f", null, List.of("a".repeat(100)), Map.of())))
        .isEqualTo("f('" + "a".repeat(74) + "...)");
  }
}
