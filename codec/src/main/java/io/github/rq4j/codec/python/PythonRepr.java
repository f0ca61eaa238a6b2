package io.github.rq4j.codec.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values as Python 3 prints them with {@code repr}. Where Python would print a memory address, the
 * text has none: {@code <shop.models.Order object>}; and the members of a set stand in the order in
 * which they were written, not that of Python's hashes.
 *
 * <p>Rendering ends on structures that contain themselves ({@code [...]}), on deep ones and on huge
 * ones: time and memory are bounded by the length that was asked for.
 */
public final class PythonRepr {
  /** Nothing that is deeper is shown; a call of Python's own would fail not much later. */
  private static final int DEEPEST = 200;

  /**
   * The same for all values within others, since what is printed like a call can be nested, too.
   */
  private static final int DEEPEST_VALUE = DEEPEST + 50;

  /** The bits of 4300 decimal digits: wider ints Python refuses to print, since it takes long. */
  private static final int WIDEST_INT = 14_284;

  private static final int LONGEST_ZONE = 1000;

  /** A zone has a text of its own, so zones with times in them may not be nested as deeply. */
  private static final int DEPTH_OF_ZONE = 50;

  private static final int LONGEST_ABBREVIATION = 1000;

  private final StringBuilder out = new StringBuilder();
  private final int enough;
  private final boolean showsParts;
  private final List<Object> open = new ArrayList<>();
  private int depth;

  private PythonRepr(int enough, boolean showsParts, int depth) {
    this.enough = enough;
    this.showsParts = showsParts;
    this.depth = depth;
  }

  /**
   * Renders a value.
   *
   * @param value a decoded value, or any Java object: what serializers write as a value of another
   *     type is shown as that, a record as a dict; one of an unknown class by the name of its class
   * @param maxLength the length in code points behind which the text is cut and {@code ...} added,
   *     as RQ does with the arguments in a description
   * @throws IllegalArgumentException if {@code maxLength} is negative
   */
  public static String of(@Nullable Object value, int maxLength) {
    if (maxLength < 0) {
      throw new IllegalArgumentException("maxLength must not be negative: " + maxLength);
    }
    return of(value, maxLength, false, 0);
  }

  /** The text of a value for developers: not long, and of objects the names and parts. */
  static String abbreviated(Object value) {
    return of(value, LONGEST_ABBREVIATION, true, 0);
  }

  private static String of(@Nullable Object value, int maxLength, boolean showsParts, int depth) {
    // A code point takes up to two chars; one more tells a text that fits from one that does not.
    int enough = (int) Math.min(2L * maxLength + 2, Integer.MAX_VALUE - 64L);
    PythonRepr repr = new PythonRepr(enough, showsParts, depth);
    repr.append(value);
    return cut(repr.out, maxLength);
  }

  /** The float as Python prints it: {@code 1.0}, {@code 1e+16}, {@code nan}, {@code -inf}. */
  public static String ofFloat(double value) {
    return FloatRepr.of(value);
  }

  private static String cut(StringBuilder text, int maxLength) {
    if (text.length() <= maxLength || text.codePointCount(0, text.length()) <= maxLength) {
      return text.toString();
    }
    return text.substring(0, text.offsetByCodePoints(0, maxLength)) + "...";
  }

  private boolean isFull() {
    return out.length() > enough;
  }

  /** The text so far, to append to. */
  StringBuilder out() {
    return out;
  }

  void append(@Nullable Object value) {
    if (depth >= DEEPEST_VALUE || isFull()) {
      out.append("...");
      return;
    }
    depth++;
    appendValue(value);
    depth--;
  }

  private void appendValue(@Nullable Object value) {
    if (value == null) {
      out.append("None");
    } else if (value instanceof String text) {
      TextRepr.appendStr(out, text, enough);
    } else if (!appendNumber(value)
        && !appendBytes(value)
        && !appendContainer(value)
        && !appendTime(value)) {
      appendOther(value);
    }
  }

  private boolean appendNumber(Object value) {
    if (value instanceof Boolean truth) {
      out.append(truth ? "True" : "False");
    } else if (value instanceof BigInteger big && big.bitLength() > WIDEST_INT) {
      out.append("<int of ").append(big.bitLength()).append(" bits>");
    } else if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger) {
      out.append(value);
    } else if (value instanceof Double || value instanceof Float) {
      out.append(FloatRepr.of(((Number) value).doubleValue()));
    } else if (value instanceof PythonComplex complex) {
      out.append(FloatRepr.of(complex));
    } else if (value instanceof BigDecimal decimal
        && decimal.unscaledValue().bitLength() > WIDEST_INT) {
      out.append("<Decimal of ").append(decimal.unscaledValue().bitLength()).append(" bits>");
    } else if (value instanceof BigDecimal || value instanceof PythonDecimal) {
      out.append("Decimal('").append(value).append("')");
    } else if (value instanceof PythonFraction fraction) {
      appendCall("Fraction", fraction.numerator(), fraction.denominator());
    } else {
      return false;
    }
    return true;
  }

  private boolean appendBytes(Object value) {
    if (value instanceof PythonBytes bytes) {
      TextRepr.appendBytes(out, bytes.toByteArray(), enough);
    } else if (value instanceof byte[] bytes) {
      TextRepr.appendBytes(out, bytes, enough);
    } else if (value instanceof PythonByteArray bytes) {
      TextRepr.appendByteArray(out, bytes.toByteArray(), enough);
    } else {
      return false;
    }
    return true;
  }

  private boolean appendContainer(Object value) {
    if (value instanceof PythonTuple tuple) {
      appendItems(tuple, "(", tuple, tuple.size() == 1 ? ",)" : ")");
    } else if (value instanceof PythonFrozenSet set) {
      if (set.isEmpty()) {
        out.append("frozenset()");
      } else {
        appendItems(set, "frozenset({", set, "})");
      }
    } else if (value instanceof Set<?> set) {
      if (set.isEmpty()) {
        out.append("set()");
      } else {
        appendItems(set, "{", set, "}");
      }
    } else if (value instanceof Map<?, ?> map) {
      appendEntries(map, "{", map, "}");
    } else if (value instanceof Iterable<?> list) {
      appendItems(list, "[", list, "]");
    } else {
      return false;
    }
    return true;
  }

  private boolean appendTime(Object value) {
    String time = TimeRepr.of(value);
    if (time != null) {
      out.append(time);
    } else if (value instanceof PythonDateTime dateTime) {
      String fold = dateTime.fold() ? ", fold=1" : "";
      out.append(TimeRepr.dateTime(dateTime.toLocalDateTime(), fold + zone(dateTime.zone())));
    } else if (value instanceof PythonTime clock) {
      String fold = clock.fold() ? ", fold=1" : "";
      out.append(TimeRepr.time(clock.toLocalTime(), zone(clock.zone()) + fold));
    } else if (value instanceof PythonTimeZone zone) {
      out.append(TimeRepr.timeZone(zone.offset(), zone.explicitName()));
    } else {
      return false;
    }
    return true;
  }

  private void appendOther(Object value) {
    if (value instanceof UUID) {
      out.append("UUID('").append(value).append("')");
    } else if (value instanceof PythonSingleton singleton) {
      out.append(singleton.pythonName());
    } else if (value instanceof PythonPath path) {
      appendCall(path.type(), path.isWindows() ? path.text().replace('\\', '/') : path.text());
    } else if (value instanceof PythonRange range) {
      appendRange(range);
    } else if (value instanceof PythonSlice slice) {
      appendCall("slice", slice.start(), slice.stop(), slice.step());
    } else if (value instanceof PythonArray array) {
      appendArray(array);
    } else if (value instanceof PythonGlobal global) {
      out.append(showsParts ? global.toString() : ObjectRepr.of(global));
    } else if (value instanceof PythonObject object) {
      appendObject(object);
    } else {
      appendJava(value);
    }
  }

  private void appendObject(PythonObject object) {
    if (showsParts) {
      ObjectRepr.appendParts(object, this);
    } else {
      ObjectRepr.append(object, this);
    }
  }

  private void appendJava(Object value) {
    Object form = JavaForms.of(value);
    if (form == value) {
      out.append('<').append(value.getClass().getName()).append(" object>");
    } else if (open.size() < DEEPEST) {
      appendValue(form);
    } else {
      out.append("...");
    }
  }

  private String zone(@Nullable Object zone) {
    return zone == null
        ? ""
        : TimeRepr.zoneArgument(of(zone, LONGEST_ZONE, showsParts, depth + DEPTH_OF_ZONE));
  }

  private void appendRange(PythonRange range) {
    if (range.step().equals(BigInteger.ONE)) {
      appendCall("range", range.start(), range.stop());
    } else {
      appendCall("range", range.start(), range.stop(), range.step());
    }
  }

  private void appendArray(PythonArray array) {
    out.append("array('").append(array.typeCode()).append('\'');
    if (array.size() > 0) {
      out.append(", ");
      appendItems(array, "[", array.asList(), "]");
    }
    out.append(')');
  }

  private void appendCall(String name, @Nullable Object... args) {
    out.append(name).append('(');
    for (int i = 0; i < args.length; i++) {
      out.append(i == 0 ? "" : ", ");
      append(args[i]);
    }
    out.append(')');
  }

  void appendItems(Object container, String before, Iterable<?> items, String after) {
    out.append(before);
    if (enter(container)) {
      String separator = "";
      for (Iterator<?> all = items.iterator(); all.hasNext() && !isFull(); ) {
        out.append(separator);
        append(all.next());
        separator = ", ";
      }
      leave();
    }
    out.append(after);
  }

  void appendEntries(Object container, String before, Map<?, ?> map, String after) {
    out.append(before);
    if (enter(container)) {
      String separator = "";
      for (Iterator<? extends Map.Entry<?, ?>> all = map.entrySet().iterator();
          all.hasNext() && !isFull(); ) {
        Map.Entry<?, ?> entry = all.next();
        out.append(separator);
        append(entry.getKey());
        out.append(": ");
        append(entry.getValue());
        separator = ", ";
      }
      leave();
    }
    out.append(after);
  }

  /** Begins a container, or stands in for one that is open already or lies too deep. */
  boolean enter(Object container) {
    if (open.size() >= DEEPEST || isOpen(container)) {
      out.append("...");
      return false;
    }
    open.add(container);
    return true;
  }

  /** Whether a container is being rendered, so that it is met within itself. */
  boolean isOpen(Object container) {
    for (Object each : open) {
      if (each == container) {
        return true;
      }
    }
    return false;
  }

  void leave() {
    open.remove(open.size() - 1);
  }
}
