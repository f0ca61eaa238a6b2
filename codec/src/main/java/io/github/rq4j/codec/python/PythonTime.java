package io.github.rq4j.codec.python;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Python {@code time} with a zone or with fold 1; any other is a {@link LocalTime}. Immutable;
 * equal when all parts are.
 */
public final class PythonTime {
  private final LocalTime local;
  private final boolean fold;
  private final @Nullable Object zone;

  private PythonTime(LocalTime local, boolean fold, @Nullable Object zone) {
    this.local = local;
    this.fold = fold;
    this.zone = zone;
  }

  /**
   * Puts the parts together.
   *
   * @param local the time on the wall, in whole microseconds
   * @param fold whether it is the second of two such times, when clocks went back
   * @param zone null for a naive time, else a {@link java.time.ZoneId}, {@link PythonTimeZone} or
   *     {@link PythonObject}
   * @throws IllegalArgumentException if the local time or the zone is not such a one
   */
  public static PythonTime of(LocalTime local, boolean fold, @Nullable Object zone) {
    if (!local.truncatedTo(ChronoUnit.MICROS).equals(local)) {
      throw new IllegalArgumentException("a Python time has whole microseconds");
    }
    return new PythonTime(local, fold, TimeZones.check(zone));
  }

  /**
   * The simplest form of a Python {@code time}: {@code LocalTime} where that says exactly the same,
   * else a {@code PythonTime}.
   *
   * @throws IllegalArgumentException as {@link #of} does
   */
  public static Object simplest(LocalTime local, boolean fold, @Nullable Object zone) {
    PythonTime exact = of(local, fold, zone);
    return fold || zone != null ? exact : local;
  }

  /** The time on the wall. */
  public LocalTime toLocalTime() {
    return local;
  }

  /** Whether it is the second of two such times, when clocks went back. */
  public boolean fold() {
    return fold;
  }

  /** The zone as Python has it, null for a naive time. */
  public @Nullable Object zone() {
    return zone;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof PythonTime that
            && fold == that.fold
            && local.equals(that.local)
            && Objects.equals(zone, that.zone));
  }

  @Override
  public int hashCode() {
    return Objects.hash(local, fold, zone);
  }

  /** The parts, abbreviated. */
  @Override
  public String toString() {
    return PythonRepr.abbreviated(this);
  }
}
