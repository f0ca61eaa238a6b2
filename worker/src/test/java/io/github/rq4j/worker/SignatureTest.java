package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.binding.ValueBinder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The expected texts are those of CPython for a function of the same parameters. */
class SignatureTest {
  private static final Parameter<Long> X = Parameter.of("x", Long.class);
  private static final Parameter<Long> Y = Parameter.of("y", Long.class);
  private static final Parameter<Long> Z = Parameter.of("z", Long.class);

  private static Object[] bind(
      List<Parameter<?>> parameters, List<Object> args, Map<String, Object> kwargs)
      throws PythonError {
    Arguments arguments = new Arguments("shop.tasks.f", null, args, kwargs);
    return new Signature("shop.tasks.f", parameters).bind(arguments, ValueBinder.withDefaults());
  }

  @Test
  void positional_and_keyword_arguments_find_their_parameters() throws PythonError {
    assertThat(bind(List.of(X, Y, Z), List.of(1L), Map.of("z", 3L, "y", 2L)))
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void an_absent_parameter_takes_its_default() throws PythonError {
    assertThat(bind(List.of(X, Y.orElse(7L)), List.of(1L), Map.of())).containsExactly(1L, 7L);
  }

  @Test
  void one_missing_argument_is_named() {
    assertThatThrownBy(() -> bind(List.of(X, Y), List.of(1L), Map.of()))
        .isInstanceOf(PythonError.class)
        .hasMessage("f() missing 1 required positional argument: 'y'");
  }

  @Test
  void two_missing_arguments_are_joined_with_and() {
    assertThatThrownBy(() -> bind(List.of(X, Y), List.of(), Map.of()))
        .hasMessage("f() missing 2 required positional arguments: 'x' and 'y'");
  }

  @Test
  void three_missing_arguments_are_enumerated() {
    assertThatThrownBy(() -> bind(List.of(X, Y, Z), List.of(), Map.of()))
        .hasMessage("f() missing 3 required positional arguments: 'x', 'y', and 'z'");
  }

  @Test
  void an_unexpected_keyword_is_named() {
    assertThatThrownBy(() -> bind(List.of(X), List.of(1L), Map.of("q", 2L)))
        .hasMessage("f() got an unexpected keyword argument 'q'");
  }

  @Test
  void an_argument_given_twice_is_named() {
    assertThatThrownBy(() -> bind(List.of(X), List.of(1L), Map.of("x", 2L)))
        .hasMessage("f() got multiple values for argument 'x'");
  }

  @Test
  void too_many_arguments_are_counted() {
    assertThatThrownBy(() -> bind(List.of(X), List.of(1L, 2L), Map.of()))
        .hasMessage("f() takes 1 positional argument but 2 were given");
    assertThatThrownBy(() -> bind(List.of(), List.of(1L), Map.of()))
        .hasMessage("f() takes 0 positional arguments but 1 was given");
    assertThatThrownBy(() -> bind(List.of(X, Y.orElse(1L)), List.of(1L, 2L, 3L), Map.of()))
        .hasMessage("f() takes from 1 to 2 positional arguments but 3 were given");
  }

  @Test
  void a_type_that_does_not_fit_names_function_parameter_and_both_types() {
    assertThatThrownBy(() -> bind(List.of(X), List.of("one"), Map.of()))
        .isInstanceOf(PythonError.class)
        .hasMessageContaining("f() argument x")
        .hasMessageContaining("int")
        .hasMessageContaining("str");
  }
}
