package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.CallDescription;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.LivePython;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What is printed here against what a live Python prints. */
class PythonReprPropertyTest {
  private static @Nullable LivePython python;

  @BeforeContainer
  static void start() {
    python = LivePython.start("repr_server.py");
  }

  @AfterContainer
  static void stop() {
    python().close();
  }

  private static LivePython python() {
    return Objects.requireNonNull(python);
  }

  @Provide
  Arbitrary<@Nullable Object> values() {
    return PythonValues.any();
  }

  @Provide
  Arbitrary<Double> doubles() {
    return PythonValues.doubles();
  }

  @Provide
  Arbitrary<String> texts() {
    return PythonValues.texts();
  }

  @Property(tries = 10_000)
  void every_float_prints_as_in_python(@ForAll("doubles") double value) {
    assertThat(PythonRepr.ofFloat(value))
        .isEqualTo(python().ask("repr(" + PythonExpression.of(value) + ")"));
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void every_str_prints_as_in_python(@ForAll("texts") String value) {
    assertThat(PythonRepr.of(value, 100_000))
        .isEqualTo(python().ask("repr(" + PythonExpression.of(value) + ")"));
  }

  @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE)
  void every_value_prints_as_in_python(@ForAll("values") @Nullable Object value) {
    assertThat(PythonRepr.of(value, 100_000))
        .isEqualTo(python().ask("repr(" + PythonExpression.of(value) + ")"));
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void every_text_is_cut_where_python_cuts_it(@ForAll("values") @Nullable Object value) {
    assertThat(PythonRepr.of(value, 10))
        .isEqualTo(python().ask("cut(repr(" + PythonExpression.of(value) + "), 10)"));
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void every_call_is_described_as_by_rq(
      @ForAll("argumentLists") List<@Nullable Object> args,
      @ForAll("keywordArguments") Map<String, @Nullable Object> kwargs) {
    String question =
        "call('shop.tasks.ship', "
            + PythonExpression.of(new PythonList(args))
            + ", "
            + PythonExpression.of(new PythonDict(kwargs))
            + ")";
    assertThat(CallDescription.of(new JobData("shop.tasks.ship", null, args, kwargs)))
        .isEqualTo(python().ask(question));
  }

  @Provide
  Arbitrary<List<@Nullable Object>> argumentLists() {
    return PythonValues.any().list().ofMaxSize(3);
  }

  @Provide
  Arbitrary<Map<String, @Nullable Object>> keywordArguments() {
    Arbitrary<String> names =
        Arbitraries.of("a", "a1", "b", "\ufb01", "\ud83d\ude00", "\ud83d\ude01", "a_", "A");
    return Arbitraries.maps(names, PythonValues.any()).ofMaxSize(4).map(LinkedHashMap::new);
  }

  @Example
  void every_character_that_both_know_is_printable_in_both_or_in_neither() {
    String known = python().ask("printable()");
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (known.charAt(c) != '?' && Character.getType(c) != Character.UNASSIGNED) {
        assertThat(TextRepr.isPrintable(c)).as("U+%04X", c).isEqualTo(known.charAt(c) == '1');
      }
    }
  }
}
