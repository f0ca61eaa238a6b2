package io.github.rq4j.codec.python;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's {@code repr} of the types of its module {@code datetime}, and of {@code ZoneInfo}. */
final class TimeRepr {
  private static final long SECONDS_OF_DAY = 86_400;

  /** The first and the last second of the years 1 to 9999. */
  private static final long FIRST_SECOND = -62_135_596_800L;

  private static final long LAST_SECOND = 253_402_300_799L;

  private TimeRepr() {}

  /** The text of a value of {@code java.time}, null if it is none that Python has. */
  static @Nullable String of(Object value) {
    if (value instanceof LocalDate date) {
      return "datetime.date(" + fields(date) + ")";
    }
    if (value instanceof LocalTime time) {
      return "datetime.time(" + fields(time) + ")";
    }
    if (value instanceof LocalDateTime local) {
      return dateTime(local, "");
    }
    if (value instanceof OffsetDateTime offset) {
      return dateTime(offset.toLocalDateTime(), zoneArgument(zone(offset.getOffset())));
    }
    if (value instanceof ZonedDateTime zoned) {
      return zoned(zoned);
    }
    if (value instanceof Instant instant && isWithinPython(instant)) {
      return of(instant.atOffset(ZoneOffset.UTC));
    }
    if (value instanceof OffsetTime time) {
      return time(time.toLocalTime(), zoneArgument(zone(time.getOffset())));
    }
    if (value instanceof Duration duration) {
      return duration(duration);
    }
    return value instanceof ZoneId zone ? zone(zone) : null;
  }

  private static boolean isWithinPython(Instant instant) {
    return instant.getEpochSecond() >= FIRST_SECOND && instant.getEpochSecond() <= LAST_SECOND;
  }

  private static String zoned(ZonedDateTime zoned) {
    LocalDateTime local = zoned.toLocalDateTime();
    List<ZoneOffset> offsets = zoned.getZone().getRules().getValidOffsets(local);
    boolean second = offsets.size() > 1 && zoned.getOffset().equals(offsets.get(1));
    return dateTime(local, (second ? ", fold=1" : "") + zoneArgument(zone(zoned.getZone())));
  }

  /** A datetime; {@code more} are further arguments, each behind a comma. */
  static String dateTime(LocalDateTime local, String more) {
    return "datetime.datetime("
        + fields(local.toLocalDate())
        + ", "
        + fields(local.toLocalTime())
        + more
        + ")";
  }

  /** A time; {@code more} are further arguments, each behind a comma. */
  static String time(LocalTime time, String more) {
    return "datetime.time(" + fields(time) + more + ")";
  }

  static String zoneArgument(String zone) {
    return ", tzinfo=" + zone;
  }

  private static String fields(LocalDate date) {
    return date.getYear() + ", " + date.getMonthValue() + ", " + date.getDayOfMonth();
  }

  private static String fields(LocalTime time) {
    String text = time.getHour() + ", " + time.getMinute();
    int micros = time.getNano() / 1000;
    if (time.getSecond() != 0 || micros != 0) {
      text += ", " + time.getSecond();
    }
    return micros == 0 ? text : text + ", " + micros;
  }

  private static String zone(ZoneId zone) {
    if (zone.equals(ZoneOffset.UTC)) {
      return "datetime.timezone.utc";
    }
    if (zone instanceof ZoneOffset offset) {
      return timeZone(Duration.ofSeconds(offset.getTotalSeconds()), null);
    }
    StringBuilder text = new StringBuilder("zoneinfo.ZoneInfo(key=");
    TextRepr.appendStr(text, zone.getId(), Integer.MAX_VALUE);
    return text.append(')').toString();
  }

  /** A fixed time zone with its name, if one was given. */
  static String timeZone(Duration offset, @Nullable String name) {
    StringBuilder text = new StringBuilder("datetime.timezone(").append(duration(offset));
    if (name != null) {
      TextRepr.appendStr(text.append(", "), name, Integer.MAX_VALUE);
    }
    return text.append(')').toString();
  }

  private static String duration(Duration duration) {
    long days = Math.floorDiv(duration.getSeconds(), SECONDS_OF_DAY);
    long seconds = Math.floorMod(duration.getSeconds(), SECONDS_OF_DAY);
    int micros = duration.getNano() / 1000;
    String text = days == 0 ? "" : ", days=" + days;
    text += seconds == 0 ? "" : ", seconds=" + seconds;
    text += micros == 0 ? "" : ", microseconds=" + micros;
    return "datetime.timedelta(" + (text.isEmpty() ? "0" : text.substring(2)) + ")";
  }
}
