package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReaderMemoTest {
  private final ReaderMemo memo = new ReaderMemo(4);

  private @Nullable Object valueAt(long index) {
    Object entry = memo.entry(index);
    return entry == null ? "no entry" : ReaderMemo.value(entry);
  }

  @Test
  void entries_are_numbered_from_zero() {
    for (long i = 0; i < 100; i++) {
      memo.add(i);
    }

    assertThat(memo.count()).isEqualTo(100);
    assertThat(valueAt(0)).isEqualTo(0L);
    assertThat(valueAt(99)).isEqualTo(99L);
    assertThat(valueAt(100)).isEqualTo("no entry");
    assertThat(valueAt(-1)).isEqualTo("no entry");
  }

  @Test
  void none_is_an_entry() {
    memo.add(null);
    memo.put(1_000_000, null);

    assertThat(memo.count()).isEqualTo(2);
    assertThat(valueAt(0)).isNull();
    assertThat(valueAt(1_000_000)).isNull();
  }

  @Test
  void an_entry_that_is_set_again_counts_once() {
    memo.put(2, "a");
    memo.put(2, "b");
    memo.put(1_000_000, "c");
    memo.put(1_000_000, "d");

    assertThat(memo.count()).isEqualTo(2);
    assertThat(valueAt(2)).isEqualTo("b");
    assertThat(valueAt(1_000_000)).isEqualTo("d");
  }

  /** As in CPython, whose MEMOIZE takes the number of entries and does not look for a free one. */
  @Test
  void an_entry_whose_number_was_set_before_is_overwritten_and_the_number_stays() {
    memo.put(3000, "far");
    for (long i = 1; i < 3003; i++) {
      memo.add(i);
    }

    assertThat(memo.count()).isEqualTo(3000);
    assertThat(valueAt(2999)).isEqualTo(2999L);
    assertThat(valueAt(3000)).isEqualTo(3002L);
    assertThat(valueAt(3001)).isEqualTo("no entry");
  }
}
