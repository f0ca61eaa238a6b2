package io.github.rq4j.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CleanupTest {
  private final List<String> undone = new ArrayList<>();
  private final Cleanup cleanup = new Cleanup(() -> undone.add("interrupted"));

  @Test
  void the_newest_is_undone_first() {
    cleanup.add(() -> undone.add("first"));
    cleanup.add(() -> undone.add("second"));
    cleanup.close();

    assertThat(undone).containsExactly("second", "first");
  }

  @Test
  void a_failure_does_not_keep_the_rest_from_being_undone() {
    cleanup.add(() -> undone.add("first"));
    cleanup.add(
        () -> {
          throw new IllegalStateException("stuck");
        });
    cleanup.close();

    assertThat(undone).containsExactly("first");
  }

  @Test
  void all_is_undone_once() {
    cleanup.add(() -> undone.add("first"));
    cleanup.close();
    cleanup.close();

    assertThat(undone).containsExactly("first");
  }

  @Test
  void what_comes_too_late_is_undone_at_once() {
    cleanup.close();
    cleanup.add(() -> undone.add("late"));

    assertThat(undone).containsExactly("late");
  }

  @Test
  void who_closes_second_waits_until_all_is_undone() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    cleanup.add(
        () -> {
          begun.countDown();
          mayEnd.await();
          undone.add("slow");
        });
    Thread first = new Thread(cleanup::close);
    Thread second =
        new Thread(
            () -> {
              cleanup.close();
              undone.add("second is back");
            });

    first.start();
    begun.await();
    second.start();
    while (second.getState() != Thread.State.BLOCKED && second.isAlive()) {
      Thread.onSpinWait();
    }
    mayEnd.countDown();
    first.join();
    second.join();

    assertThat(undone).containsExactly("slow", "second is back");
  }
}
