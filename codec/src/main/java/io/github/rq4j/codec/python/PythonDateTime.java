package io.github.rq4j.codec.python;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Python {@code datetime} that no class of {@code java.time} can say exactly: with fold 1, with a
 * time zone that has a name or an odd offset, with one of pytz, dateutil or an application, or with
 * a local time that its zone skips. Immutable; equal when all parts are.
 */
public final class PythonDateTime {
  private final LocalDateTime local;
  private final boolean fold;
  private final @Nullable Object zone;

  private PythonDateTime(LocalDateTime local, boolean fold, @Nullable Object zone) {
    this.local = local;
    this.fold = fold;
    this.zone = zone;
  }

  /**
   * Puts the parts together.
   *
   * @param local the time on the wall, in whole microseconds, years 1 to 9999
   * @param fold whether it is the second of two such times, when clocks went back
   * @param zone null for a naive time, else a {@link java.time.ZoneId}, {@link PythonTimeZone} or
   *     {@link PythonObject}
   * @throws IllegalArgumentException if the local time or the zone is not such a one
   */
  public static PythonDateTime of(LocalDateTime local, boolean fold, @Nullable Object zone) {
    if (local.getYear() < 1 || local.getYear() > 9999) {
      throw new IllegalArgumentException("a Python datetime lies in the years 1 to 9999");
    }
    if (!local.truncatedTo(ChronoUnit.MICROS).equals(local)) {
      throw new IllegalArgumentException("a Python datetime has whole microseconds");
    }
    return new PythonDateTime(local, fold, TimeZones.check(zone));
  }

  /**
   * The simplest form of a Python {@code datetime}: {@code LocalDateTime}, {@code OffsetDateTime}
   * or {@code ZonedDateTime} where that says exactly the same, else a {@code PythonDateTime}.
   *
   * @throws IllegalArgumentException as {@link #of} does
   */
  public static Object simplest(LocalDateTime local, boolean fold, @Nullable Object zone) {
    PythonDateTime exact = of(local, fold, zone);
    if (fold) {
      return exact;
    }
    if (zone == null) {
      return local;
    }
    if (zone instanceof ZoneOffset offset) {
      return OffsetDateTime.of(local, offset);
    }
    return zone instanceof ZoneId region && !region.getRules().getValidOffsets(local).isEmpty()
        ? ZonedDateTime.ofLocal(local, region, null)
        : exact;
  }

  /** The time on the wall. */
  public LocalDateTime toLocalDateTime() {
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

  /** Whether there is no zone. */
  public boolean isNaive() {
    return zone == null;
  }

  /**
   * The distance from UTC, if the time has a zone whose rules are known here: {@code ZoneId},
   * {@link PythonTimeZone}, pytz (which stores it), dateutil's UTC and fixed offsets. An offset of
   * odd microseconds or more than 18 hours is left out.
   */
  public Optional<ZoneOffset> offset() {
    return TimeZones.offset(zone, local, fold);
  }

  /** The moment in time, if {@link #offset()} is known. */
  public Optional<OffsetDateTime> toOffsetDateTime() {
    return offset().map(local::atOffset);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof PythonDateTime that
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
