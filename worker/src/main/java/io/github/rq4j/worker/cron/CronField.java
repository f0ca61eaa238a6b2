package io.github.rq4j.worker.cron;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One field of a cron expression, read as croniter reads it. Immutable.
 *
 * @param values the numbers that match
 * @param any whether it says {@code *}
 * @param last whether it says {@code L}: the last day of the month
 */
record CronField(BitSet values, boolean any, boolean last) {

  /** Which field, with its range and its names. */
  enum Kind {
    MINUTE("minute", 0, 59, ""),
    HOUR("hour", 0, 23, ""),
    DAY("day of month", 1, 31, ""),
    MONTH("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    WEEKDAY("day of week", 0, 6, "sun mon tue wed thu fri sat");

    private final String text;
    private final int min;
    private final int max;
    private final String names;

    Kind(String text, int min, int max, String names) {
      this.text = text;
      this.min = min;
      this.max = max;
      this.names = names;
    }

    private boolean isDay() {
      return this == DAY || this == WEEKDAY;
    }
  }

  private static final Pattern RANGE = Pattern.compile("([^-/]+)-([^-/]+)(?:/(\\d{1,9}))?");
  private static final Pattern START_AND_STEP = Pattern.compile("([^-/]+)/(\\d{1,9})");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /**
   * Reads a field.
   *
   * @throws IllegalArgumentException if it is malformed or uses what is not supported
   */
  static CronField parse(Kind kind, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("?") && kind.isDay()) {
      return new CronField(new BitSet(), true, false);
    }
    BitSet values = new BitSet();
    boolean any = false;
    boolean last = false;
    for (String item : lower.split(",", -1)) {
      if (item.equals("*")) {
        any = true;
      } else if (item.equals("l") && kind == Kind.DAY) {
        last = true;
      } else {
        addItem(kind, item, values);
      }
    }
    return new CronField(values, any, last);
  }

  /** Tells whether the field, spelled out, names every value there is. */
  boolean isFull(Kind kind) {
    return values.cardinality() + (last ? 1 : 0) == kind.max - kind.min + 1;
  }

  boolean matches(int value) {
    return any || values.get(value);
  }

  private static void addItem(Kind kind, String item, BitSet values) {
    Matcher range = RANGE.matcher(item);
    Matcher start = START_AND_STEP.matcher(item);
    if (range.matches()) {
      int low = number(kind, range.group(1), item);
      String upper = range.group(2);
      boolean toLast = kind == Kind.DAY && upper.equals("l");
      int high = toLast ? kind.max : number(kind, upper, item);
      addRange(kind, low, high, step(kind, range.group(3), item), values);
    } else if (start.matches()) {
      int step = step(kind, start.group(2), item);
      boolean whole = start.group(1).equals("*");
      int low = whole ? kind.min : number(kind, start.group(1), item);
      for (int value = low; value <= kind.max; value += step) {
        values.set(value);
      }
    } else {
      values.set(number(kind, item, item));
    }
  }

  /** A range that ends before it begins goes round; one that ends where it begins is everything. */
  private static void addRange(Kind kind, int low, int high, int step, BitSet values) {
    if (low < high) {
      for (int value = low; value <= high; value += step) {
        values.set(value);
      }
      return;
    }
    if (low == high) {
      for (int value = kind.min; value <= kind.max; value += step) {
        values.set(value);
      }
      return;
    }
    int end = low;
    for (int value = low; value <= kind.max; value += step) {
      values.set(value);
      end = value;
    }
    for (int value = kind.min + skipped(kind, end, step); value <= high; value += step) {
      values.set(value);
    }
  }

  /** How many values are left out after going round, by croniter's count. */
  private static int skipped(Kind kind, int end, int step) {
    int behind = kind.max - end;
    boolean beyond = end - kind.min + step > kind.max - kind.min + 1;
    return beyond && behind < step ? step - behind : 0;
  }

  private static int step(Kind kind, @Nullable String text, String item) {
    int step = text == null ? 1 : Integer.parseInt(text);
    if (step == 0) {
      throw refused(kind, item, "its step is zero");
    }
    // Beyond the range all steps are alike, and the sum of two ints stays one.
    return Math.min(step, 1000);
  }

  private static int number(Kind kind, String text, String item) {
    int name = List.of(kind.names.split(" ")).indexOf(text);
    if (name >= 0 && !text.isEmpty()) {
      return kind.min + name;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw refused(kind, item, "it is not understood");
    }
    int number = Integer.parseInt(text);
    // Sunday has two numbers.
    int value = kind == Kind.WEEKDAY && number == 7 ? 0 : number;
    if (value < kind.min || value > kind.max) {
      throw refused(kind, item, "it is not between " + kind.min + " and " + kind.max);
    }
    return value;
  }

  private static IllegalArgumentException refused(Kind kind, String item, String why) {
    return new IllegalArgumentException(kind.text + " '" + item + "': " + why);
  }
}
