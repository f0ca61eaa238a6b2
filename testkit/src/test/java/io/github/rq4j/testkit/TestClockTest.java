package io.github.rq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TestClockTest {
  private static final Instant MOMENT = Instant.parse("2026-11-22T03:00:00Z");

  private final TestClock clock = new TestClock();

  @Test
  void it_shows_the_systems_time_at_first() {
    Instant before = Instant.now();
    assertThat(clock.instant()).isBetween(before, Instant.now());
  }

  @Test
  void it_goes_on_ahead_of_the_system_after_it_was_moved() {
    clock.advance(Duration.ofHours(1));
    Instant before = Instant.now();
    assertThat(clock.instant())
        .isBetween(before.plusSeconds(3600), Instant.now().plusSeconds(3600));
  }

  @Test
  void it_stands_where_it_was_stopped_until_it_is_moved() {
    clock.advance(Duration.ofHours(1));
    clock.stopAt(MOMENT);
    assertThat(clock.instant()).isEqualTo(MOMENT);
    clock.advance(Duration.ofSeconds(5));
    assertThat(clock.instant()).isEqualTo(MOMENT.plusSeconds(5));
  }

  @Test
  void it_is_not_turned_back() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .withMessageContaining("not turned back");
    clock.stopAt(MOMENT);
    clock.advanceTo(MOMENT.minusSeconds(1));
    assertThat(clock.instant()).isEqualTo(MOMENT);
  }

  @Test
  void there_is_no_copy_of_it_in_another_zone() {
    assertThat(clock.withZone(ZoneOffset.UTC)).isSameAs(clock);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> clock.withZone(ZoneId.of("Europe/Berlin")));
  }
}
