package io.github.rq4j.codec.pickle;

import static java.time.temporal.ChronoField.MICRO_OF_SECOND;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonTimeZone;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes dates, times, durations and time zones as Python's module {@code datetime} reduces them.
 * The object given with a value is what stands for it in the memo.
 */
final class TimeForms {
  private static final int NANOS_PER_MICRO = 1000;
  private static final int SECONDS_PER_DAY = 24 * 60 * 60;
  private static final long MOST_DAYS = 999_999_999;
  private static final int FOLD = 0x80;
  private static final long FIRST_SECOND = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private final OpcodeWriter opcodes;
  private final ScalarWriter scalars;
  private final GlobalWriter globals;
  private final BytesForms bytes;
  private final RoundingMode rounding;
  private final Map<ZoneId, ZoneId> zones = new HashMap<>();

  TimeForms(
      OpcodeWriter opcodes,
      ScalarWriter scalars,
      GlobalWriter globals,
      BytesForms bytes,
      RoundingMode rounding) {
    this.opcodes = opcodes;
    this.scalars = scalars;
    this.globals = globals;
    this.bytes = bytes;
    this.rounding = rounding;
  }

  void date(LocalDate date) {
    if (opcodes.isReference(date)) {
      return;
    }
    checkYear(date.getYear());
    int year = date.getYear();
    byte[] payload = {
      (byte) (year >> 8), (byte) year, (byte) date.getMonthValue(), (byte) date.getDayOfMonth()
    };
    globals.beginCall(Globals.DATE, 1);
    bytes.temporaryBytes(payload);
    opcodes.endLeafCall(1, date);
  }

  /** A time; the zone is null or one that {@link #zone} takes. */
  void time(Object time, LocalTime local, boolean fold, @Nullable Object zone) {
    if (opcodes.isReference(time)) {
      return;
    }
    byte[] payload = timePayload(local, fold);
    int size = zone == null ? 1 : 2;
    globals.beginCall(Globals.TIME, size);
    bytes.temporaryBytes(payload);
    if (zone != null) {
      zone(zone);
    }
    opcodes.endLeafCall(size, time);
  }

  /** A date and time; the zone is null or one that {@link #zone} takes. */
  void dateTime(Object time, LocalDateTime local, boolean fold, @Nullable Object zone) {
    if (opcodes.isReference(time)) {
      return;
    }
    byte[] payload = dateTimePayload(local, fold);
    int size = zone == null ? 1 : 2;
    globals.beginCall(Globals.DATETIME, size);
    bytes.temporaryBytes(payload);
    if (zone != null) {
      zone(zone);
    }
    opcodes.endLeafCall(size, time);
  }

  void instant(Instant instant) {
    if (instant.getEpochSecond() < FIRST_SECOND || instant.getEpochSecond() > LAST_SECOND) {
      throw new UnsupportedValueException(
          "an Instant outside the years 1 to 9999 that Python knows");
    }
    LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    dateTime(instant, local, false, ZoneOffset.UTC);
  }

  void dateTime(ZonedDateTime time) {
    LocalDateTime local = time.toLocalDateTime();
    boolean fold =
        !(time.getZone() instanceof ZoneOffset)
            && !time.withEarlierOffsetAtOverlap().getOffset().equals(time.getOffset());
    if (fold && opcodes.protocol() < 4) {
      throw new UnsupportedValueException(
          "a time in the second of two equal hours needs protocol 4 or later;"
              + " pass an OffsetDateTime instead");
    }
    dateTime(time, local, fold, time.getZone());
  }

  /** The argument of a time; Python drops the fold below protocol 4. */
  byte[] timePayload(LocalTime time, boolean fold) {
    LocalTime rounded = time;
    int nanos = time.get(NANO_OF_SECOND);
    if (nanos % NANOS_PER_MICRO != 0) {
      rounded = time.withNano(0).plusNanos(roundedMicros(nanos) * NANOS_PER_MICRO);
      if (rounded.toSecondOfDay() < time.toSecondOfDay()) {
        throw new UnsupportedValueException("a time that rounds to midnight of the next day");
      }
    }
    byte[] payload = new byte[6];
    putTime(rounded, payload, 0);
    if (fold && opcodes.protocol() >= 4) {
      payload[0] |= (byte) FOLD;
    }
    return payload;
  }

  /** The argument of a datetime; Python drops the fold below protocol 4. */
  byte[] dateTimePayload(LocalDateTime time, boolean fold) {
    LocalDateTime rounded = time;
    int nanos = time.get(NANO_OF_SECOND);
    if (nanos % NANOS_PER_MICRO != 0) {
      rounded = time.withNano(0).plusNanos(roundedMicros(nanos) * NANOS_PER_MICRO);
    }
    int year = rounded.getYear();
    checkYear(year);
    byte[] payload = new byte[10];
    payload[0] = (byte) (year >> 8);
    payload[1] = (byte) year;
    payload[2] = (byte) rounded.getMonthValue();
    payload[3] = (byte) rounded.getDayOfMonth();
    putTime(rounded.toLocalTime(), payload, 4);
    if (fold && opcodes.protocol() >= 4) {
      payload[2] |= (byte) FOLD;
    }
    return payload;
  }

  private static void putTime(LocalTime time, byte[] payload, int at) {
    int micros = time.get(MICRO_OF_SECOND);
    payload[at] = (byte) time.getHour();
    payload[at + 1] = (byte) time.getMinute();
    payload[at + 2] = (byte) time.getSecond();
    payload[at + 3] = (byte) (micros >> 16);
    payload[at + 4] = (byte) (micros >> 8);
    payload[at + 5] = (byte) micros;
  }

  /** A timedelta, which Python keeps in days, seconds of the day and microseconds. */
  void duration(Duration duration) {
    if (!opcodes.isReference(duration)) {
      timeDelta(duration, duration);
    }
  }

  private void timeDelta(Duration duration, @Nullable Object key) {
    Duration exact = duration;
    if (duration.getNano() % NANOS_PER_MICRO != 0) {
      BigDecimal micros =
          BigDecimal.valueOf(duration.getSeconds())
              .movePointRight(6)
              .add(BigDecimal.valueOf(duration.getNano(), 3));
      BigDecimal[] parts = round(micros).divideAndRemainder(BigDecimal.valueOf(1_000_000));
      exact =
          Duration.ofSeconds(parts[0].longValueExact())
              .plusNanos(parts[1].longValueExact() * NANOS_PER_MICRO);
    }
    long days = Math.floorDiv(exact.getSeconds(), SECONDS_PER_DAY);
    if (days < -MOST_DAYS || days > MOST_DAYS) {
      throw new UnsupportedValueException(
          "a Duration of more than the 999999999 days that a Python timedelta can hold");
    }
    globals.beginCall(Globals.TIMEDELTA, 3);
    scalars.integer(days);
    scalars.integer(Math.floorMod(exact.getSeconds(), (long) SECONDS_PER_DAY));
    scalars.integer(exact.getNano() / NANOS_PER_MICRO);
    opcodes.endLeafCall(3, key);
  }

  /** A time zone of java.time or a {@link PythonTimeZone}. */
  void zone(Object zone) {
    if (zone instanceof ZoneOffset offset) {
      timezone(offset, Duration.ofSeconds(offset.getTotalSeconds()), null);
    } else if (zone instanceof PythonTimeZone fixed) {
      timezone(fixed, fixed.offset(), fixed.explicitName());
    } else {
      ZoneId id = zones.computeIfAbsent((ZoneId) zone, same -> same);
      if (id.normalized() instanceof ZoneOffset offset && hasOffsetInName(id)) {
        zone(offset);
      } else {
        zoneInfo(id);
      }
    }
  }

  /** Names that only Java knows, such as UTC+01:00. */
  private static boolean hasOffsetInName(ZoneId id) {
    String name = id.getId();
    return (name.startsWith("UT") && name.length() > 3)
        || (name.startsWith("GMT") && name.length() > 4);
  }

  private void timezone(Object zone, Duration offset, @Nullable String name) {
    // Python has one object for UTC, however it is made.
    Object key = offset.isZero() && name == null ? ZoneOffset.UTC : zone;
    if (opcodes.isReference(key)) {
      return;
    }
    int size = name == null ? 1 : 2;
    globals.beginCall(Globals.TIMEZONE, size);
    timeDelta(offset, null);
    if (name != null) {
      scalars.text(name);
    }
    opcodes.endLeafCall(size, key);
  }

  private void zoneInfo(ZoneId id) {
    if (opcodes.isReference(id)) {
      return;
    }
    globals.beginCall(Globals.GETATTR, 2);
    globals.global(Globals.ZONE_INFO);
    scalars.temporaryText("_unpickle");
    opcodes.endLeafCall(2, null);
    opcodes.beginTuple(2);
    scalars.text(id.getId());
    scalars.integer(1);
    opcodes.endLeafCall(2, id);
  }

  private static void checkYear(int year) {
    if (year < 1 || year > 9999) {
      throw new UnsupportedValueException(
          "a date in the year " + year + ", outside the years 1 to 9999 that Python knows");
    }
  }

  private long roundedMicros(int nanos) {
    return round(BigDecimal.valueOf(nanos, 3)).longValueExact();
  }

  private BigDecimal round(BigDecimal micros) {
    if (rounding == RoundingMode.UNNECESSARY && micros.stripTrailingZeros().scale() > 0) {
      throw new UnsupportedValueException(
          "a time finer than Python's microseconds;"
              + " truncate it, or give the serializer a rounding mode");
    }
    return micros.setScale(0, rounding);
  }
}
