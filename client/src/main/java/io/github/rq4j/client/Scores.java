package io.github.rq4j.client;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Unix seconds with a fraction, as scores of sorted sets and in some hashes, as points in time. */
final class Scores {
  private static final double MICROS = 1_000_000;
  private static final double LIMIT = 1e12;

  private Scores() {}

  /** The point in time; null for what stands for never (negative, infinite) or is no number. */
  static @Nullable Instant instant(@Nullable String seconds) {
    if (seconds == null) {
      return null;
    }
    double number;
    try {
      number = Double.parseDouble(seconds);
    } catch (NumberFormatException e) {
      return null;
    }
    // Also false for what is not a number.
    boolean isTime = number >= 0 && number < LIMIT;
    return isTime ? Instant.EPOCH.plus(Math.round(number * MICROS), ChronoUnit.MICROS) : null;
  }
}
