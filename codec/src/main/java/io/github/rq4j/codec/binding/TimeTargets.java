package io.github.rq4j.codec.binding;

import static java.util.Map.entry;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.python.PythonDateTime;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTime;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Times and UUIDs. A naive datetime never becomes a moment, nor an aware one a local time: which
 * zone to add or to forget is not for a binder to guess.
 */
final class TimeTargets {
  static final Map<Class<?>, Target> ALL =
      Map.ofEntries(
          entry(LocalDateTime.class, TimeTargets::toLocalDateTime),
          entry(OffsetDateTime.class, TimeTargets::toOffsetDateTime),
          entry(ZonedDateTime.class, TimeTargets::toZonedDateTime),
          entry(Instant.class, TimeTargets::toInstant),
          entry(LocalDate.class, TimeTargets::toLocalDate),
          entry(LocalTime.class, TimeTargets::toLocalTime),
          entry(Duration.class, TimeTargets::toDuration),
          entry(UUID.class, TimeTargets::toUuid));

  /** The same, and each from its text as ISO 8601 or RFC 4122 have it. */
  static final Map<Class<?>, Target> WITH_TEXTS =
      Map.ofEntries(
          entry(LocalDateTime.class, orText(LocalDateTime.class, LocalDateTime::parse)),
          entry(OffsetDateTime.class, orText(OffsetDateTime.class, OffsetDateTime::parse)),
          entry(ZonedDateTime.class, orText(ZonedDateTime.class, ZonedDateTime::parse)),
          entry(
              Instant.class, orText(Instant.class, text -> OffsetDateTime.parse(text).toInstant())),
          entry(LocalDate.class, orText(LocalDate.class, LocalDate::parse)),
          entry(LocalTime.class, orText(LocalTime.class, LocalTime::parse)),
          entry(Duration.class, orText(Duration.class, Duration::parse)),
          entry(UUID.class, orText(UUID.class, TimeTargets::parseUuid)));

  /** No exact text is longer. */
  private static final int LONGEST_TEXT = 100;

  private static final BigInteger UUID_LIMIT = BigInteger.ONE.shiftLeft(128);

  private TimeTargets() {}

  private static Target orText(Class<?> type, Function<String, Object> parser) {
    Target values = Objects.requireNonNull(ALL.get(type));
    return (value, at) -> {
      if (!(value instanceof String text)) {
        return values.bind(value, at);
      }
      if (text.length() <= LONGEST_TEXT) {
        try {
          return parser.apply(text);
        } catch (DateTimeException | IllegalArgumentException e) {
          // The message of the cause would show the text.
        }
      }
      throw at.failure("expected a str that reads exactly as " + type.getSimpleName());
    };
  }

  private static UUID parseUuid(String text) {
    UUID uuid = UUID.fromString(text);
    if (!uuid.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("abbreviated");
    }
    return uuid;
  }

  private static LocalDateTime toLocalDateTime(Object value, Position at) {
    if (value instanceof LocalDateTime local) {
      return local;
    }
    if (value instanceof PythonDateTime dateTime && dateTime.isNaive()) {
      return dateTime.toLocalDateTime();
    }
    throw mismatch("naive datetime", value, at);
  }

  private static OffsetDateTime toOffsetDateTime(Object value, Position at) {
    if (value instanceof OffsetDateTime moment) {
      return moment;
    }
    if (value instanceof ZonedDateTime moment) {
      return moment.toOffsetDateTime();
    }
    if (value instanceof PythonDateTime dateTime && !dateTime.isNaive()) {
      Optional<OffsetDateTime> moment = dateTime.toOffsetDateTime();
      return moment.orElseThrow(
          () ->
              at.failure("the time zone of the datetime has no offset that java.time could hold"));
    }
    throw mismatch("aware datetime", value, at);
  }

  private static ZonedDateTime toZonedDateTime(Object value, Position at) {
    if (value instanceof ZonedDateTime moment) {
      return moment;
    }
    OffsetDateTime moment = toOffsetDateTime(value, at);
    return value instanceof PythonDateTime dateTime && dateTime.zone() instanceof ZoneId zone
        ? moment.atZoneSameInstant(zone)
        : moment.toZonedDateTime();
  }

  private static Instant toInstant(Object value, Position at) {
    return toOffsetDateTime(value, at).toInstant();
  }

  private static LocalDate toLocalDate(Object value, Position at) {
    if (value instanceof LocalDate date) {
      return date;
    }
    throw at.mismatch("date", value);
  }

  private static LocalTime toLocalTime(Object value, Position at) {
    if (value instanceof LocalTime time) {
      return time;
    }
    if (value instanceof PythonTime time && time.zone() == null) {
      return time.toLocalTime();
    }
    throw value instanceof PythonTime
        ? at.failure("expected naive time, got aware time")
        : at.mismatch("time", value);
  }

  private static Duration toDuration(Object value, Position at) {
    if (value instanceof Duration duration) {
      return duration;
    }
    throw at.mismatch("timedelta", value);
  }

  private static UUID toUuid(Object value, Position at) {
    UUID uuid = value instanceof PythonObject object ? ofObject(object) : null;
    if (uuid != null) {
      return uuid;
    }
    if (value instanceof UUID plain) {
      return plain;
    }
    throw at.mismatch("UUID", value);
  }

  /** The UUID of {@code uuid1()}, which Python pickles with a remark on how it was generated. */
  private static @Nullable UUID ofObject(PythonObject object) {
    if (object.type().filter(type -> type.is("uuid", "UUID")).isEmpty()) {
      return null;
    }
    BigInteger bits;
    if (object.attribute("int") instanceof BigInteger big) {
      bits = big;
    } else if (object.attribute("int") instanceof Long small) {
      bits = BigInteger.valueOf(small);
    } else {
      return null;
    }
    return bits.signum() < 0 || bits.compareTo(UUID_LIMIT) >= 0
        ? null
        : new UUID(bits.shiftRight(Long.SIZE).longValue(), bits.longValue());
  }

  private static BindingException mismatch(String expected, Object value, Position at) {
    if (value instanceof LocalDateTime
        || (value instanceof PythonDateTime dateTime && dateTime.isNaive())) {
      return at.failure("expected " + expected + ", got naive datetime");
    }
    boolean aware =
        value instanceof OffsetDateTime
            || value instanceof ZonedDateTime
            || value instanceof PythonDateTime;
    return aware
        ? at.failure("expected " + expected + ", got aware datetime")
        : at.mismatch(expected, value);
  }
}
