package io.github.rq4j.cli.bench;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers for people: three digits that count, and a dash for what is not known. */
final class Numbers {
  static final String UNKNOWN = "–";

  private Numbers() {}

  static String text(double number) {
    double size = Math.abs(number);
    String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, number);
  }

  static String text(OptionalDouble number) {
    return number.isPresent() ? text(number.getAsDouble()) : UNKNOWN;
  }

  static String ratio(OptionalDouble number, OptionalDouble to) {
    return number.isPresent() && to.isPresent() && to.getAsDouble() > 0
        ? text(number.getAsDouble() / to.getAsDouble())
        : UNKNOWN;
  }

  static String percent(OptionalDouble number, OptionalDouble of) {
    return number.isPresent() && of.isPresent() && of.getAsDouble() > 0
        ? percent(100 * number.getAsDouble() / of.getAsDouble())
        : UNKNOWN;
  }

  private static String percent(double number) {
    return String.format(Locale.ROOT, number < 10 ? "%.1f %%" : "%.0f %%", number);
  }

  /** The median, and the extremes where there is more than one run. */
  static String spread(Optional<Spread> spread) {
    return spread
        .map(
            found ->
                found.runs().size() == 1
                    ? text(found.median())
                    : text(found.median())
                        + " ("
                        + text(found.min())
                        + "–"
                        + text(found.max())
                        + ")")
        .orElse(UNKNOWN);
  }
}
