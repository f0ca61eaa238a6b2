package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityMemoTest {
  private final IdentityMemo memo = new IdentityMemo();

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 63, 64, 65, 66, 1000, 5000})
  void each_of_any_number_of_objects_is_found_by_its_number(int count) {
    List<Object> objects = mixed(count);
    for (int i = 0; i < count; i++) {
      assertThat(memo.findOrAdd(objects.get(i))).isEqualTo(-1);
    }

    assertThat(memo.count()).isEqualTo(count);
    for (int i = 0; i < count; i++) {
      assertThat(memo.find(objects.get(i))).isEqualTo(i);
      assertThat(memo.findOrAdd(objects.get(i))).isEqualTo(i);
    }
    assertThat(memo.count()).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 64, 65, 1000})
  void equal_objects_are_different(int count) {
    mixed(count).forEach(memo::findOrAdd);

    assertThat(mixed(count)).allMatch(object -> memo.find(object) < 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 100})
  void equal_texts_are_told_apart(int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(copy("text"));
      memo.findOrAdd(texts.get(i));
    }

    for (int i = 0; i < count; i++) {
      assertThat(memo.find(texts.get(i))).isEqualTo(i);
    }
    assertThat(memo.find(copy("text"))).isEqualTo(-1);
  }

  @Test
  void what_nothing_refers_to_takes_a_number() {
    List<Object> objects = mixed(200);
    for (Object object : objects) {
      memo.addAnonymous();
      memo.findOrAdd(object);
    }

    for (int i = 0; i < objects.size(); i++) {
      assertThat(memo.find(objects.get(i))).isEqualTo(2 * i + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65, 1000, 5000})
  void nothing_is_found_once_it_was_cleared(int count) {
    List<Object> objects = mixed(count);
    objects.forEach(memo::findOrAdd);

    memo.clear();

    assertThat(memo.count()).isZero();
    assertThat(objects).allMatch(object -> memo.find(object) < 0);
    assertThat(memo.findOrAdd(objects.get(0))).isEqualTo(-1);
    assertThat(memo.find(objects.get(0))).isZero();
  }

  /** Lists, and short and long texts. */
  private static List<Object> mixed(int count) {
    List<Object> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      objects.add(
          switch (i % 5) {
            case 0 -> copy("key " + i);
            case 1 -> "long ".repeat(20) + i;
            default -> new ArrayList<>();
          });
    }
    return objects;
  }

  private static String copy(String text) {
    return String.valueOf(text.toCharArray());
  }
}
