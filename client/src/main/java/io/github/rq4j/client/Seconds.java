package io.github.rq4j.client;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one form of time spans that every reader of a job hash takes: whole seconds in 31 bits. */
final class Seconds {
  /** The longest alarm that a Python worker can set. */
  static final long MOST = Integer.MAX_VALUE;

  private static final Pattern TEXT = Pattern.compile("([+-]?0*[0-9]{1,12})([dhms]?)");

  private Seconds() {}

  /**
   * Lets a span through that RQ can read.
   *
   * @throws IllegalArgumentException if it has a fraction, or is below the least or too long
   */
  static Duration checked(String option, Duration given, long least) {
    return checked(option, given, least, "");
  }

  /** The same, with {@link EnqueueOptions#INFINITE} allowed. */
  static Duration checkedOrInfinite(String option, Duration given, long least) {
    return given.equals(EnqueueOptions.INFINITE)
        ? given
        : checked(option, given, least, ", or INFINITE");
  }

  private static Duration checked(String option, Duration given, long least, String orElse) {
    if (given.toSeconds() < least || given.getSeconds() > MOST || given.getNano() != 0) {
      throw new IllegalArgumentException(
          "%s must be whole seconds, from %d to %d%s, not %s"
              .formatted(option, least, MOST, orElse, given));
    }
    return given;
  }

  /**
   * Reads RQ's texts: seconds, or a number and one of {@code d}, {@code h}, {@code m}, {@code s}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Duration parse(String option, String text) {
    Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          option + " must be seconds or a number with unit d, h, m or s, such as 1h, not " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "d" -> Duration.ofDays(number);
      case "h" -> Duration.ofHours(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }
}
