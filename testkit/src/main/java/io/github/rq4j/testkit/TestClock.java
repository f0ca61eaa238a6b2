package io.github.rq4j.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The time of a test. At first it is the system's; a test moves it forward, or stops it at a moment
 * of its choice. Thread-safe.
 *
 * <p>Only what is given this clock follows it: the testkit's client and manual worker. Python, and
 * Redis where it lets keys expire, keep the system's time.
 */
public final class TestClock extends Clock {

  private Duration ahead = Duration.ZERO;
  private @Nullable Instant stoppedAt;

  /** A clock that shows the system's time. */
  public TestClock() {}

  @Override
  public synchronized Instant instant() {
    Instant base = stoppedAt == null ? Instant.now() : stoppedAt;
    return base.plus(ahead);
  }

  /**
   * Moves the clock forward; it goes on, or stands, as before.
   *
   * @throws IllegalArgumentException if the time is negative
   */
  public synchronized void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("a test's clock is not turned back, as by " + time);
    }
    ahead = ahead.plus(time);
  }

  /** Lets the clock stand still at a moment, from which only {@link #advance} moves it. */
  public synchronized void stopAt(Instant moment) {
    stoppedAt = moment;
    ahead = Duration.ZERO;
  }

  /** Moves the clock forward to a moment, unless it is there already. */
  synchronized void advanceTo(Instant moment) {
    Duration left = Duration.between(instant(), moment);
    if (!left.isNegative()) {
      ahead = ahead.plus(left);
    }
  }

  /** Always UTC. */
  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /**
   * Not possible: the copy would not follow this clock.
   *
   * @throws UnsupportedOperationException if the zone is another than UTC
   */
  @Override
  public Clock withZone(ZoneId zone) {
    if (!zone.equals(ZoneOffset.UTC)) {
      throw new UnsupportedOperationException("a test's clock is in UTC, not in " + zone);
    }
    return this;
  }
}
