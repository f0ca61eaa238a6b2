package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CallTest {

  @Test
  void a_call_keeps_its_arguments_in_order() {
    Call call = Call.of("tasks.add").args(1, 2).args(3).kwarg("b", 4).kwarg("a", null);
    assertThat(call.data().args()).containsExactly(1, 2, 3);
    assertThat(call.data().kwargs().keySet()).containsExactly("b", "a");
    assertThat(call.data().kwargs()).containsEntry("a", null);
  }

  @Test
  void adding_to_a_call_leaves_the_call_as_it_was() {
    Call call = Call.of("tasks.add").args(1);
    Call more = call.args(2).kwarg("x", 3);
    assertThat(call.data().args()).containsExactly(1);
    assertThat(call.data().kwargs()).isEmpty();
    assertThat(more.data().args()).containsExactly(1, 2);
  }

  @Test
  void a_call_prints_as_python_would_write_it() {
    assertThat(Call.of("tasks.add").args(1, "two", null).kwarg("x", true))
        .hasToString("tasks.add(1, 'two', None, x=True)");
  }

  @Test
  void a_call_without_a_name_is_refused() {
    assertThatThrownBy(() -> Call.of(" ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_name_that_stops_python_workers_is_refused() {
    assertThatThrownBy(() -> Call.of("f\ud800")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Call.of("f").kwarg("\ud800", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
