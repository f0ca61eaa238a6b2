package io.github.rq4j.codec.python;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of Python's time zones: which values may be one, and how far from UTC they are. */
final class TimeZones {
  private static final int MAX_SECONDS = 18 * 3600;

  private static final Set<String> REGIONS = Set.copyOf(ZoneId.getAvailableZoneIds());

  private TimeZones() {}

  static @Nullable Object check(@Nullable Object zone) {
    if (zone == null
        || zone instanceof ZoneId
        || zone instanceof PythonTimeZone
        || zone instanceof PythonObject) {
      return zone;
    }
    throw new IllegalArgumentException(PythonTypeName.of(zone) + " is not a time zone");
  }

  static Optional<ZoneOffset> offset(@Nullable Object zone, LocalDateTime local, boolean fold) {
    if (zone instanceof ZoneId id) {
      List<ZoneOffset> valid = id.getRules().getValidOffsets(local);
      if (valid.isEmpty()) {
        var gap = id.getRules().getTransition(local);
        return Optional.of(fold ? gap.getOffsetAfter() : gap.getOffsetBefore());
      }
      return Optional.of(valid.get(fold ? valid.size() - 1 : 0));
    }
    if (zone instanceof PythonTimeZone fixed) {
      return ofDuration(fixed.offset());
    }
    return zone instanceof PythonObject object ? ofObject(object) : Optional.empty();
  }

  private static Optional<ZoneOffset> ofObject(PythonObject zone) {
    if (!(zone.callable() instanceof PythonGlobal maker)) {
      return Optional.empty();
    }
    if (maker.is("pytz", "_UTC") || maker.is("dateutil.tz.tz", "tzutc")) {
      return Optional.of(ZoneOffset.UTC);
    }
    PythonTuple args = zone.args();
    if (maker.is("pytz", "_p") && args.size() >= 2 && args.get(1) instanceof Long seconds) {
      return ofSeconds(seconds);
    }
    if (maker.is("dateutil.tz.tz", "tzoffset")
        && args.size() >= 2
        && args.get(1) instanceof Duration offset) {
      return ofDuration(offset);
    }
    return Optional.empty();
  }

  static Optional<ZoneId> region(String key) {
    return REGIONS.contains(key) ? Optional.of(ZoneId.of(key)) : Optional.empty();
  }

  static Optional<ZoneOffset> ofDuration(Duration offset) {
    return offset.getNano() == 0 ? ofSeconds(offset.getSeconds()) : Optional.empty();
  }

  private static Optional<ZoneOffset> ofSeconds(long seconds) {
    return Math.abs(seconds) <= MAX_SECONDS
        ? Optional.of(ZoneOffset.ofTotalSeconds((int) seconds))
        : Optional.empty();
  }
}
