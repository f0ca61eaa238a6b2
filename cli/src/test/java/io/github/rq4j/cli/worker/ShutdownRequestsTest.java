package io.github.rq4j.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShutdownRequestsTest {
  private final List<String> shutdowns = new ArrayList<>();
  private long now = -5;
  private final ShutdownRequests requests =
      new ShutdownRequests(() -> shutdowns.add("warm"), () -> shutdowns.add("cold"), () -> now);

  @Test
  void the_first_signal_is_warm() {
    requests.received();

    assertThat(shutdowns).containsExactly("warm");
  }

  @Test
  void a_second_signal_within_a_second_belongs_to_the_first() {
    requests.received();
    now += Duration.ofMillis(999).toNanos();
    requests.received();

    assertThat(shutdowns).containsExactly("warm");
  }

  @Test
  void a_second_signal_after_a_second_is_cold() {
    requests.received();
    now += Duration.ofSeconds(1).toNanos();
    requests.received();

    assertThat(shutdowns).containsExactly("warm", "cold");
  }

  @Test
  void signals_after_the_cold_one_change_nothing() {
    requests.received();
    now += Duration.ofSeconds(1).toNanos();
    requests.received();
    now += Duration.ofSeconds(1).toNanos();
    requests.received();

    assertThat(shutdowns).containsExactly("warm", "cold");
  }
}
