package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuePathTest {
  @Test
  void each_step_has_its_own_form() {
    ValuePath path = new ValuePath("result", 5);
    path.part("state");
    path.element(3);
    path.entry("price", 1);
    path.key(2);
    path.entry(7L, 4);

    assertThat(path).hasToString("result.state[3].price[key 2][entry 4]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "1st", "o'neill@example.org", "a-b"})
  void a_key_that_looks_like_no_name_is_not_shown(String key) {
    ValuePath path = new ValuePath("value", 1);
    path.entry(key, 0);

    assertThat(path).hasToString("value[entry 0]");
  }

  @Test
  void a_name_is_shown_up_to_64_characters() {
    ValuePath path = new ValuePath("value", 2);
    path.entry("a".repeat(64), 0);
    path.entry("a".repeat(65), 1);

    assertThat(path).hasToString("value." + "a".repeat(64) + "[entry 1]");
  }

  private static String pathOf(int steps) {
    ValuePath path = new ValuePath("value", steps);
    for (int i = 0; i < steps; i++) {
      path.part("p" + i);
    }
    return path.toString();
  }

  @Test
  void a_path_of_32_steps_is_whole() {
    assertThat(pathOf(32)).doesNotContain("...").contains(".p15.p16").endsWith(".p31");
  }

  @Test
  void the_middle_of_a_longer_path_is_left_out() {
    assertThat(pathOf(33)).contains(".p15....p17").doesNotContain("p16").endsWith(".p32");
    assertThat(pathOf(1000)).contains(".p15....p984").endsWith(".p999").hasSizeLessThan(200);
  }

  @Test
  void steps_of_every_form_are_left_out() {
    ValuePath path = new ValuePath("v", 100);
    for (int i = 0; i < 25; i++) {
      path.element(0);
      path.key(0);
      path.entry(1L, 0);
      path.entry("a", 0);
    }

    assertThat(path)
        .hasToString(
            "v" + "[0][key 0][entry 0].a".repeat(4) + "..." + "[0][key 0][entry 0].a".repeat(4));
  }
}
