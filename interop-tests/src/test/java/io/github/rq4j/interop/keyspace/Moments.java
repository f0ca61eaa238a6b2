package io.github.rq4j.interop.keyspace;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time relative to the moment of reading, which two runs share but for their length. */
final class Moments {
  private static final Pattern RELATIVE = Pattern.compile("now([+-]\\d+)s");

  private Moments() {}

  static String secondsFromNow(long seconds) {
    return String.format("now%+ds", seconds);
  }

  /** A number, such as a registry's score: a point in time where it can be one. */
  static String score(String score, Instant now) {
    if (score.endsWith("inf")) {
      return score;
    }
    double number = Double.parseDouble(score);
    return number > 1_000_000_000
        ? secondsFromNow((long) Math.floor(number) - now.getEpochSecond())
        : score;
  }

  static boolean agree(String one, String other, Duration tolerance) {
    Matcher left = RELATIVE.matcher(one);
    Matcher right = RELATIVE.matcher(other);
    if (left.matches() && right.matches()) {
      long apart = Long.parseLong(left.group(1)) - Long.parseLong(right.group(1));
      return Math.abs(apart) <= tolerance.toSeconds();
    }
    return one.equals(other);
  }
}
