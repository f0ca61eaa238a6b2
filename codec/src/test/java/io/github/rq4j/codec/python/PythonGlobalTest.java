package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PythonGlobalTest {
  private final PythonGlobal global = new PythonGlobal("shop.models", "Order");

  @Test
  void globals_of_the_same_names_are_equal() {
    PythonGlobal same = new PythonGlobal("shop.models", "Order");

    assertThat(global).isEqualTo(same).hasSameHashCodeAs(same);
  }

  @Test
  void globals_of_other_names_are_not_equal() {
    assertThat(global)
        .isNotEqualTo(new PythonGlobal("shop.models", "Item"))
        .isNotEqualTo(new PythonGlobal("shop", "Order"))
        .isNotEqualTo(new PythonGlobal("Order", "shop.models"))
        .isNotEqualTo("shop.models.Order")
        .isNotEqualTo(null);
  }
}
