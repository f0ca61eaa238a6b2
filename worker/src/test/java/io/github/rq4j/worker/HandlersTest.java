package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.binding.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandlersTest {

  private static @Nullable Object call(
      Handlers handlers, String name, List<Object> args, Map<String, Object> kwargs)
      throws Exception {
    JobFunction function = handlers.find(name).orElseThrow();
    return function.call(new Arguments(name, null, args, kwargs));
  }

  @Test
  void a_lambda_gets_typed_arguments() throws Exception {
    Handlers handlers =
        Handlers.builder()
            .register(
                "tasks.add",
                Parameter.of("x", Integer.class),
                Parameter.of("y", Integer.class).orElse(10),
                (x, y) -> x + y)
            .build();
    assertThat(call(handlers, "tasks.add", List.of(1L, 2L), Map.of())).isEqualTo(3);
    assertThat(call(handlers, "tasks.add", List.of(), Map.of("x", 5L))).isEqualTo(15);
  }

  @Test
  void lambdas_of_every_arity_are_taken() throws Exception {
    Parameter<Long> p = Parameter.of("a", Long.class);
    Parameter<Long> q = Parameter.of("b", Long.class);
    Parameter<Long> r = Parameter.of("c", Long.class);
    Parameter<Long> s = Parameter.of("d", Long.class);
    Handlers handlers =
        Handlers.builder()
            .register("f0", () -> "none")
            .register("f1", p, a -> a)
            .register("f3", p, q, r, (a, b, c) -> a + b + c)
            .register("f4", p, q, r, s, (a, b, c, d) -> a + b + c + d)
            .register("raw", arguments -> arguments.args().size())
            .build();
    assertThat(call(handlers, "f0", List.of(), Map.of())).isEqualTo("none");
    assertThat(call(handlers, "f1", List.of(1L), Map.of())).isEqualTo(1L);
    assertThat(call(handlers, "f3", List.of(1L, 2L, 3L), Map.of())).isEqualTo(6L);
    assertThat(call(handlers, "f4", List.of(1L, 2L, 3L, 4L), Map.of())).isEqualTo(10L);
    assertThat(call(handlers, "raw", List.of(1L, 2L), Map.of())).isEqualTo(2);
  }

  /** Functions as a user would annotate them. */
  static final class Texts {
    private final String greeting;

    Texts(String greeting) {
      this.greeting = greeting;
    }

    @RqFunction("texts.greet")
    String greet(String name, @Argument(defaultJson = "\"!\"") String mark) {
      return greeting + " " + name + mark;
    }

    @RqFunction("texts.repeat")
    static String repeat(@Argument("text") String what, Optional<Integer> times) {
      return what.repeat(times.orElse(2));
    }

    @RqFunction("texts.refuse")
    void refuse() throws java.io.IOException {
      throw new java.io.IOException("refused");
    }

    String notForPython() {
      return greeting;
    }
  }

  private static final Handlers TEXTS =
      Handlers.builder().registerAnnotated(new Texts("hello")).build();

  @Test
  void annotated_methods_are_found_and_no_others() {
    assertThat(TEXTS.names()).containsExactly("texts.greet", "texts.refuse", "texts.repeat");
  }

  @Test
  void java_parameter_names_are_python_names() throws Exception {
    assertThat(call(TEXTS, "texts.greet", List.of(), Map.of("name", "Ann", "mark", "?")))
        .isEqualTo("hello Ann?");
  }

  @Test
  void a_default_stands_in_for_an_absent_argument() throws Exception {
    assertThat(call(TEXTS, "texts.greet", List.of("Ann"), Map.of())).isEqualTo("hello Ann!");
  }

  @Test
  void an_annotation_renames_a_parameter_and_an_optional_may_be_absent() throws Exception {
    assertThat(call(TEXTS, "texts.repeat", List.of(), Map.of("text", "ab"))).isEqualTo("abab");
    assertThat(call(TEXTS, "texts.repeat", List.of("ab"), Map.of("times", 3L))).isEqualTo("ababab");
  }

  @Test
  void what_a_method_throws_arrives_as_it_was_thrown() {
    assertThatThrownBy(() -> call(TEXTS, "texts.refuse", List.of(), Map.of()))
        .isInstanceOf(java.io.IOException.class)
        .hasMessage("refused");
  }

  @Test
  void two_functions_of_one_name_are_refused() {
    Handlers.Builder builder = Handlers.builder().register("f", () -> 1);
    assertThatThrownBy(() -> builder.register("f", () -> 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two functions are registered as 'f'");
  }

  @Test
  void a_class_without_annotated_methods_is_refused() {
    assertThatThrownBy(() -> Handlers.builder().registerAnnotated("no functions here"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no method annotated with @RqFunction");
  }

  @Test
  void a_class_that_cannot_be_made_is_refused_with_the_reason() {
    assertThatThrownBy(() -> Handlers.builder().registerAnnotated(Texts.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("public constructor without parameters");
  }

  /** A default that is no number. */
  static final class WrongDefault {
    @RqFunction("f")
    long f(@Argument(defaultJson = "\"x\"") long n) {
      return n;
    }
  }

  @Test
  void a_default_that_does_not_fit_is_refused_at_once() {
    assertThatThrownBy(() -> Handlers.builder().registerAnnotated(new WrongDefault()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the default of 'n' does not fit");
  }

  private static Optional<JobFailure> check(String name, List<Object> args) {
    Handlers handlers =
        Handlers.builder()
            .register(
                "texts.join",
                Parameter.of("texts", new TypeReference<List<String>>() {}),
                texts -> {
                  throw new AssertionError("a check calls nothing");
                })
            .register("raw", arguments -> arguments)
            .build();
    return handlers.check(new JobData(name, null, args, Map.of()));
  }

  @Test
  void a_call_that_fits_passes_a_check_and_is_not_made() {
    assertThat(check("texts.join", List.of(List.of("a", "b")))).isEmpty();
    assertThat(check("raw", List.of(1L, 2L, 3L))).isEmpty();
  }

  @Test
  void a_check_tells_which_part_of_an_argument_does_not_fit() {
    JobFailure failure = check("texts.join", List.of(List.of("a", 1L))).orElseThrow();
    assertThat(failure.type()).isEqualTo("TypeError");
    assertThat(failure.message()).startsWith("join() argument texts[1]");
  }

  @Test
  void a_check_tells_that_arguments_are_missing_as_python_does() {
    assertThat(check("texts.join", List.of()).orElseThrow().message())
        .isEqualTo("join() missing 1 required positional argument: 'texts'");
  }

  @Test
  void a_check_tells_that_a_function_is_not_registered() {
    JobFailure failure = check("who.knows", List.of()).orElseThrow();
    assertThat(failure.type()).isEqualTo("ValueError");
    assertThat(failure.message()).startsWith("Invalid attribute name: who.knows");
  }
}
