package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTableTest {
  /** A key that counts how often it is compared. */
  private static final class CountingKey {
    private static final ThreadLocal<Integer> COMPARISONS = ThreadLocal.withInitial(() -> 0);
    private final int number;

    CountingKey(int number) {
      this.number = number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      COMPARISONS.set(COMPARISONS.get() + 1);
      return other instanceof CountingKey that && number == that.number;
    }

    @Override
    public int hashCode() {
      return number;
    }
  }

  private static int comparisonsOf(Runnable action) {
    int before = CountingKey.COMPARISONS.get();
    action.run();
    return CountingKey.COMPARISONS.get() - before;
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 100, 1000})
  void a_key_is_found_with_few_comparisons(int size) {
    PythonDict dict = new PythonDict();
    for (int i = 0; i < size; i++) {
      dict.put(new CountingKey(i), i);
    }

    int comparisons =
        comparisonsOf(
            () -> {
              for (int i = 0; i < size; i++) {
                assertThat(dict.get(new CountingKey(i))).isEqualTo(i);
              }
            });

    assertThat(comparisons).isLessThan(2 * size);
  }

  @Test
  void a_key_is_entered_with_few_comparisons() {
    PythonDict dict = new PythonDict();

    int comparisons =
        comparisonsOf(
            () -> {
              for (int i = 0; i < 1000; i++) {
                dict.put(new CountingKey(i), i);
              }
            });

    assertThat(dict).hasSize(1000);
    assertThat(comparisons).isLessThan(2000);
  }

  @Test
  void keys_are_still_found_after_others_were_removed() {
    PythonDict dict = new PythonDict();
    List<String> left = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      dict.put("key " + i, i);
    }
    for (int i = 0; i < 1000; i++) {
      if (i % 3 == 0) {
        left.add("key " + i);
      } else {
        dict.remove("key " + i);
      }
    }
    for (int i = 1000; i < 2000; i++) {
      dict.put("key " + i, i);
      left.add("key " + i);
    }

    assertThat(new ArrayList<>(dict.keySet())).isEqualTo(left);
    assertThat(left).allMatch(dict::containsKey);
    assertThat(dict.containsKey("key 1")).isFalse();
  }

  @Test
  void texts_that_share_a_hash_are_all_found() {
    PythonDict dict = new PythonDict();
    for (int i = 0; i < 1000; i++) {
      dict.put(textOfOneHash(i), i);
    }

    for (int i = 0; i < 1000; i++) {
      assertThat(dict.get(textOfOneHash(i))).isEqualTo(i);
    }
    assertThat(dict.containsKey(textOfOneHash(1000))).isFalse();
  }

  @Test
  void texts_that_share_a_hash_are_found_in_a_table_that_began_large() {
    PythonDict dict = new PythonDict();
    dict.ensureCapacity(2000);
    for (int i = 0; i < 1000; i++) {
      dict.put(textOfOneHash(i), i);
    }

    assertThat(dict).hasSize(1000);
    assertThat(dict.get(textOfOneHash(999))).isEqualTo(999);
  }

  @Test
  void pairs_that_meet_a_key_again_replace_its_value() {
    PythonDict dict = new PythonDict();

    dict.putPairs(new Object[] {"skipped", 0L, "a", 1L, "b", 2L, "a", 3L, 5L, 4L, "b", 5L}, 2, 10);

    assertThat(dict).hasToString("{'a': 3, 'b': 5, 5: 4}");
  }

  private static String textOfOneHash(int number) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 12; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }
}
