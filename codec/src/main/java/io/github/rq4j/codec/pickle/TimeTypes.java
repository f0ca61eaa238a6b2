package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.pickle.KnownTypes.Maker;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonDateTime;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonTime;
import io.github.rq4j.codec.python.PythonTimeZone;
import io.github.rq4j.codec.python.PythonTuple;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types of Python's module {@code datetime}, and {@code zoneinfo.ZoneInfo}. Dates and times are
 * packed into bytes, which a pickle of Python 2 holds as 8-bit string; the numbers one by one, as
 * other writers pass them, are taken too.
 */
final class TimeTypes {
  private static final String DATE = "datetime.date";
  private static final String TIME = "datetime.time";
  private static final String DATETIME = "datetime.datetime";
  private static final String TIMEDELTA = "datetime.timedelta";
  private static final String TIMEZONE = "datetime.timezone";

  private static final int DATE_BYTES = 4;
  private static final int TIME_BYTES = 6;
  private static final int DATETIME_BYTES = 10;
  private static final int FOLD = 0x80;
  private static final int MAX_YEAR = 9999;
  private static final int NANOS_OF_MICRO = 1000;
  private static final int SECONDS_OF_DAY = 86_400;
  private static final int MICROS_OF_SECOND = 1_000_000;
  private static final int MAX_DAYS = 999_999_999;

  private TimeTypes() {}

  static void register(Map<PythonGlobal, Maker> makers) {
    makers.put(new PythonGlobal("datetime", "date"), TimeTypes::date);
    makers.put(new PythonGlobal("datetime", "time"), TimeTypes::time);
    makers.put(new PythonGlobal("datetime", "datetime"), TimeTypes::dateTime);
    makers.put(new PythonGlobal("datetime", "timedelta"), TimeTypes::timeDelta);
    makers.put(new PythonGlobal("datetime", "timezone"), TimeTypes::timeZone);
  }

  private static Object date(PythonTuple args, CodecLimits limits) throws BadArguments {
    byte[] packed = args.size() == 1 ? packed(args.get(0), DATE_BYTES) : null;
    try {
      if (packed != null) {
        return date(packed, packed[2] & 0xFF);
      }
      if (args.size() == 3) {
        return date(numbers(args, 3, DATE));
      }
    } catch (DateTimeException e) {
      throw BadArguments.of(DATE);
    }
    throw BadArguments.of(DATE);
  }

  private static LocalDate date(byte[] packed, int month) {
    return date(new int[] {(packed[0] & 0xFF) << 8 | (packed[1] & 0xFF), month, packed[3] & 0xFF});
  }

  private static LocalDate date(int[] parts) {
    if (parts[0] < 1 || parts[0] > MAX_YEAR) {
      throw new DateTimeException("year");
    }
    return LocalDate.of(parts[0], parts[1], parts[2]);
  }

  private static LocalTime time(byte[] packed, int start, int hour) {
    int micros =
        (packed[start + 3] & 0xFF) << 16
            | (packed[start + 4] & 0xFF) << 8
            | (packed[start + 5] & 0xFF);
    return time(new int[] {hour, packed[start + 1] & 0xFF, packed[start + 2] & 0xFF, micros}, 0);
  }

  /** The time of up to four numbers, from an index on. */
  private static LocalTime time(int[] parts, int start) {
    int micros = part(parts, start + 3);
    if (micros < 0 || micros >= MICROS_OF_SECOND) {
      throw new DateTimeException("microsecond");
    }
    return LocalTime.of(
        part(parts, start),
        part(parts, start + 1),
        part(parts, start + 2),
        micros * NANOS_OF_MICRO);
  }

  private static int part(int[] parts, int index) {
    return index < parts.length ? parts[index] : 0;
  }

  private static Object time(PythonTuple args, CodecLimits limits) throws BadArguments {
    boolean isPacked = !args.isEmpty() && args.size() <= 2;
    byte[] packed = isPacked ? packed(args.get(0), TIME_BYTES) : null;
    try {
      if (packed != null) {
        LocalTime local = time(packed, 0, packed[0] & (FOLD - 1));
        return PythonTime.simplest(local, (packed[0] & FOLD) != 0, zone(args, 1));
      }
      int[] parts = numbers(args, Math.min(4, args.size()), TIME);
      if (args.size() <= 5) {
        return PythonTime.simplest(time(parts, 0), false, zone(args, 4));
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw BadArguments.of(TIME);
    }
    throw BadArguments.of(TIME);
  }

  private static Object dateTime(PythonTuple args, CodecLimits limits) throws BadArguments {
    boolean isPacked = !args.isEmpty() && args.size() <= 2;
    byte[] packed = isPacked ? packed(args.get(0), DATETIME_BYTES) : null;
    try {
      if (packed != null) {
        LocalDateTime local =
            LocalDateTime.of(
                date(packed, packed[2] & (FOLD - 1)), time(packed, 4, packed[4] & 0xFF));
        return PythonDateTime.simplest(local, (packed[2] & FOLD) != 0, zone(args, 1));
      }
      int[] parts = numbers(args, Math.min(7, args.size()), DATETIME);
      if (args.size() >= 3 && args.size() <= 8) {
        LocalDateTime local = LocalDateTime.of(date(parts), time(parts, 3));
        return PythonDateTime.simplest(local, false, zone(args, 7));
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw BadArguments.of(DATETIME);
    }
    throw BadArguments.of(DATETIME);
  }

  private static @Nullable Object zone(PythonTuple args, int index) {
    return index < args.size() ? args.get(index) : null;
  }

  /** The bytes of a packed date or time, null if the argument is not as many bytes. */
  private static byte @Nullable [] packed(@Nullable Object arg, int size) {
    if (arg instanceof PythonBytes bytes) {
      return bytes.length() == size ? bytes.toByteArray() : null;
    }
    if (!(arg instanceof String text) || text.length() > size) {
      return null;
    }
    // An 8-bit string of Python 2 was read as UTF-8 or as Latin-1: of its two byte forms at most
    // one has the right size, unless it is ASCII and both are the same.
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length == size) {
      return utf8;
    }
    boolean isLatin1 = text.length() == size && text.chars().allMatch(unit -> unit < 256);
    return isLatin1 ? text.getBytes(StandardCharsets.ISO_8859_1) : null;
  }

  private static int[] numbers(PythonTuple args, int count, String type) throws BadArguments {
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      if (!(args.get(i) instanceof Long number) || number != number.intValue()) {
        throw BadArguments.of(type);
      }
      numbers[i] = number.intValue();
    }
    return numbers;
  }

  private static @Nullable Object timeDelta(PythonTuple args, CodecLimits limits)
      throws BadArguments {
    if (args.size() > 3) {
      return null;
    }
    long[] parts = new long[3];
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i) instanceof Double) {
        return null;
      }
      if (!(args.get(i) instanceof Long number)) {
        throw BadArguments.of(TIMEDELTA);
      }
      parts[i] = number;
    }
    try {
      long seconds =
          Math.addExact(
              Math.addExact(Math.multiplyExact(parts[0], SECONDS_OF_DAY), parts[1]),
              Math.floorDiv(parts[2], MICROS_OF_SECOND));
      long micros = Math.floorMod(parts[2], MICROS_OF_SECOND);
      if (Math.abs(Math.floorDiv(seconds, SECONDS_OF_DAY)) > MAX_DAYS) {
        throw BadArguments.of(TIMEDELTA);
      }
      return Duration.ofSeconds(seconds, micros * NANOS_OF_MICRO);
    } catch (ArithmeticException e) {
      throw BadArguments.of(TIMEDELTA);
    }
  }

  private static Object timeZone(PythonTuple args, CodecLimits limits) throws BadArguments {
    boolean hasName = args.size() == 2 && args.get(1) instanceof String;
    if ((args.size() != 1 && !hasName) || !(args.get(0) instanceof Duration offset)) {
      throw BadArguments.of(TIMEZONE);
    }
    try {
      return PythonTimeZone.simplest(offset, hasName ? (String) args.get(1) : null);
    } catch (IllegalArgumentException e) {
      throw BadArguments.of(TIMEZONE);
    }
  }

  /** A zone as its class method {@code _unpickle} makes it, of its key and whether to cache it. */
  static @Nullable Object zoneInfo(PythonTuple args, CodecLimits limits) {
    boolean isCached = args.size() == 2 && Long.valueOf(1).equals(args.get(1));
    return isCached && args.get(0) instanceof String key
        ? PythonTimeZone.region(key).orElse(null)
        : null;
  }
}
