package io.github.rq4j.codec.python;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Python {@code datetime.timezone} that {@link java.time.ZoneOffset} cannot hold: one with a
 * name, with a fraction of a second, or more than 18 hours from UTC.
 *
 * @param offset the time to add to UTC, strictly between -24 and 24 hours, in whole microseconds
 * @param explicitName the name given to it, null if none was
 */
public record PythonTimeZone(Duration offset, @Nullable String explicitName) {
  private static final Duration BOUND = Duration.ofHours(24);

  /**
   * Checks the offset.
   *
   * @throws IllegalArgumentException if the offset is out of range or finer than microseconds
   */
  public PythonTimeZone {
    if (offset.abs().compareTo(BOUND) >= 0) {
      throw new IllegalArgumentException("a timezone lies strictly within 24 hours of UTC");
    }
    if (offset.toNanosPart() % 1000 != 0) {
      throw new IllegalArgumentException("a timezone's offset has whole microseconds");
    }
  }

  /**
   * The simplest form of a Python {@code timezone}: {@code ZoneOffset} where that says exactly the
   * same, else a {@code PythonTimeZone}.
   *
   * @throws IllegalArgumentException if the offset is out of range or finer than microseconds
   */
  public static Object simplest(Duration offset, @Nullable String explicitName) {
    PythonTimeZone exact = new PythonTimeZone(offset, explicitName);
    Optional<ZoneOffset> fixed =
        explicitName == null ? TimeZones.ofDuration(offset) : Optional.empty();
    return fixed.isPresent() ? fixed.get() : exact;
  }

  /**
   * The JDK's region for a key of Python's {@code zoneinfo}, such as {@code Europe/Berlin}; empty
   * if the JDK has none of exactly that name.
   */
  public static Optional<ZoneId> region(String key) {
    return TimeZones.region(key);
  }

  /** The name given to the zone, if any. */
  public Optional<String> name() {
    return Optional.ofNullable(explicitName);
  }
}
