package io.github.rq4j.client.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * RQ's two forms of a point in time. Text in job and worker hashes has exactly six fraction digits
 * and a literal {@code Z}: RQ's parser raises at nine digits or at an offset.
 */
public final class Timestamps {
  private static final DateTimeFormatter SIX_DIGITS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  // The years 1000 to 9999.
  private static final long FIRST_SECOND = -30_610_224_000L;
  private static final long LAST_SECOND = 253_402_300_799L;

  private Timestamps() {}

  /**
   * {@code 2026-11-22T03:01:29.139374Z}; what is below a microsecond is cut off. Written several
   * times for every job, hence without a format to parse in the years of four digits.
   */
  public static String text(Instant instant) {
    long seconds = instant.getEpochSecond();
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
      return SIX_DIGITS.format(instant);
    }
    LocalDateTime moment = LocalDateTime.ofEpochSecond(seconds, instant.getNano(), ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(27);
    text.append(moment.getYear());
    twoDigits(text, '-', moment.getMonthValue());
    twoDigits(text, '-', moment.getDayOfMonth());
    twoDigits(text, 'T', moment.getHour());
    twoDigits(text, ':', moment.getMinute());
    twoDigits(text, ':', moment.getSecond());
    String fraction = Integer.toString(1_000_000 + instant.getNano() / 1_000);
    return text.append('.').append(fraction, 1, 7).append('Z').toString();
  }

  private static void twoDigits(StringBuilder text, char before, int number) {
    text.append(before).append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /** {@code 2026-11-22T03:01:29Z}, all that RQ before 0.9 can read. */
  public static String textInSeconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Unix seconds with six fraction digits, as in execution hashes and result entries. */
  public static String epochSeconds(Instant instant) {
    return decimal(instant.getEpochSecond(), instant.getNano());
  }

  /**
   * Seconds with six fraction digits. Written for every job, hence without a format to parse.
   *
   * @param nanos 0 to 999,999,999; what is below a microsecond is cut off
   */
  public static String decimal(long seconds, int nanos) {
    String fraction = Integer.toString(1_000_000 + nanos / 1_000);
    return new StringBuilder().append(seconds).append('.').append(fraction, 1, 7).toString();
  }

  /**
   * Reads every variant that RQ ever wrote and a few that others write: no fraction, up to nine
   * fraction digits, {@code Z} or an offset.
   *
   * @throws DateTimeException if the text is none of these
   */
  public static Instant parse(String text) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
  }
}
