package io.github.rq4j.worker.cron;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression of five fields, or an alias such as {@code @daily}, with the meaning that
 * croniter gives it. Immutable.
 */
final class CronExpression {
  private static final Map<String, String> ALIASES =
      Map.of(
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");
  private static final int YEARS_TO_SEARCH = 50;

  private final String text;
  private final CronField minutes;
  private final CronField hours;
  private final CronField days;
  private final CronField months;
  private final CronField weekdays;
  // Where both the day of the month and that of the week are restricted, one of them suffices.
  private final boolean eitherDay;

  private CronExpression(String text, String... fields) {
    this.text = text;
    this.minutes = CronField.parse(CronField.Kind.MINUTE, fields[0]);
    this.hours = CronField.parse(CronField.Kind.HOUR, fields[1]);
    this.days = CronField.parse(CronField.Kind.DAY, fields[2]);
    this.months = CronField.parse(CronField.Kind.MONTH, fields[3]);
    this.weekdays = CronField.parse(CronField.Kind.WEEKDAY, fields[4]);
    this.eitherDay =
        isRestricted(days, CronField.Kind.DAY, fields[4])
            && isRestricted(weekdays, CronField.Kind.WEEKDAY, fields[2]);
  }

  private static boolean isRestricted(CronField field, CronField.Kind kind, String otherField) {
    return !field.any() && !(field.isFull(kind) && otherField.contains("*"));
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is malformed, never matches, or uses what is not
   *     supported: seconds, years, {@code #}, {@code W}, {@code L} with a day of the week, hashes
   */
  static CronExpression parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String[] fields = ALIASES.getOrDefault(lower, lower).strip().split("[ \t\n\r\f]+");
    try {
      if (fields.length != 5) {
        throw new IllegalArgumentException("it has " + fields.length + " fields instead of 5");
      }
      CronExpression expression = new CronExpression(text, fields);
      if (expression.next(LocalDateTime.of(2000, 1, 1, 0, 0)) == null) {
        throw new IllegalArgumentException("there is no such date");
      }
      return expression;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("cron expression '" + text + "': " + e.getMessage(), e);
    }
  }

  /**
   * The first match after an instant. A time that a zone skips is moved on by what is skipped; of a
   * time that comes twice only the first counts.
   *
   * @throws DateTimeException if there is none in the next fifty years
   */
  Instant next(Instant after, ZoneId zone) {
    @Nullable LocalDateTime candidate = next(after.atZone(zone).toLocalDateTime());
    while (candidate != null) {
      Instant instant = ZonedDateTime.ofLocal(candidate, zone, null).toInstant();
      if (instant.isAfter(after)) {
        return instant;
      }
      candidate = next(candidate);
    }
    throw new DateTimeException("cron expression '" + text + "' has no match after " + after);
  }

  private @Nullable LocalDateTime next(LocalDateTime after) {
    LocalDateTime from = after.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    LocalDate end = from.toLocalDate().plusYears(YEARS_TO_SEARCH);
    LocalTime time = from.toLocalTime();
    for (LocalDate date = from.toLocalDate(); date.isBefore(end); date = nextDay(date)) {
      if (matches(date)) {
        LocalTime found = nextTime(time);
        if (found != null) {
          return date.atTime(found);
        }
      }
      time = LocalTime.MIDNIGHT;
    }
    return null;
  }

  /** The next day that is worth a look. */
  private LocalDate nextDay(LocalDate date) {
    return months.matches(date.getMonthValue())
        ? date.plusDays(1)
        : date.withDayOfMonth(1).plusMonths(1);
  }

  private boolean matches(LocalDate date) {
    if (!months.matches(date.getMonthValue())) {
      return false;
    }
    int day = date.getDayOfMonth();
    boolean dayMatches = days.matches(day) || (days.last() && day == date.lengthOfMonth());
    boolean weekdayMatches = weekdays.matches(date.getDayOfWeek().getValue() % 7);
    return eitherDay ? dayMatches || weekdayMatches : dayMatches && weekdayMatches;
  }

  private @Nullable LocalTime nextTime(LocalTime from) {
    for (int hour = from.getHour(); hour < 24; hour++) {
      int first = hour == from.getHour() ? from.getMinute() : 0;
      if (hours.matches(hour)) {
        for (int minute = first; minute < 60; minute++) {
          if (minutes.matches(minute)) {
            return LocalTime.of(hour, minute);
          }
        }
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return text;
  }
}
