package io.github.rq4j.codec.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What Python calls the type of a value, for messages that must not show the value itself. */
public final class PythonTypeName {
  private static final int LONGEST_NAME = 100;

  /** In order: the first that fits is taken. */
  private static final List<Entry<Class<?>, String>> NAMES =
      List.of(
          Map.entry(String.class, "str"),
          Map.entry(Boolean.class, "bool"),
          Map.entry(Long.class, "int"),
          Map.entry(Integer.class, "int"),
          Map.entry(Short.class, "int"),
          Map.entry(Byte.class, "int"),
          Map.entry(BigInteger.class, "int"),
          Map.entry(Double.class, "float"),
          Map.entry(Float.class, "float"),
          Map.entry(PythonComplex.class, "complex"),
          Map.entry(PythonBytes.class, "bytes"),
          Map.entry(byte[].class, "bytes"),
          Map.entry(PythonByteArray.class, "bytearray"),
          Map.entry(PythonTuple.class, "tuple"),
          Map.entry(List.class, "list"),
          Map.entry(Map.class, "dict"),
          Map.entry(Set.class, "set"),
          Map.entry(PythonFrozenSet.class, "frozenset"),
          Map.entry(LocalDateTime.class, "datetime"),
          Map.entry(OffsetDateTime.class, "datetime"),
          Map.entry(ZonedDateTime.class, "datetime"),
          Map.entry(PythonDateTime.class, "datetime"),
          Map.entry(LocalDate.class, "date"),
          Map.entry(LocalTime.class, "time"),
          Map.entry(PythonTime.class, "time"),
          Map.entry(Duration.class, "timedelta"),
          Map.entry(ZoneOffset.class, "timezone"),
          Map.entry(PythonTimeZone.class, "timezone"),
          Map.entry(ZoneId.class, "ZoneInfo"),
          Map.entry(BigDecimal.class, "Decimal"),
          Map.entry(PythonDecimal.class, "Decimal"),
          Map.entry(PythonFraction.class, "Fraction"),
          Map.entry(UUID.class, "UUID"),
          Map.entry(PythonRange.class, "range"),
          Map.entry(PythonSlice.class, "slice"),
          Map.entry(PythonArray.class, "array"),
          Map.entry(PythonGlobal.class, "reference to a class or function"));

  private PythonTypeName() {}

  /**
   * The name of a value's type: {@code int}, {@code str}, {@code datetime}, {@code object of class
   * shop.models.Order}. Of what came off the wire it shows the names of classes only, and those cut
   * and without control characters.
   */
  public static String of(@Nullable Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof PythonObject object) {
      return object
          .type()
          .map(type -> "object of class " + printable(type.toString()))
          .orElse("object of an unnamed class");
    }
    if (value instanceof PythonSingleton singleton) {
      return singleton.pythonName();
    }
    if (value instanceof PythonPath path) {
      return path.type();
    }
    for (Entry<Class<?>, String> name : NAMES) {
      if (name.getKey().isInstance(value)) {
        return name.getValue();
      }
    }
    return value.getClass().getName();
  }

  /** A name off the wire, fit for a message: cut, and with {@code ?} for what does not print. */
  public static String printable(String name) {
    int end =
        name.offsetByCodePoints(0, Math.min(LONGEST_NAME, name.codePointCount(0, name.length())));
    StringBuilder text = new StringBuilder(end);
    name.substring(0, end)
        .codePoints()
        .forEach(c -> text.appendCodePoint(TextRepr.isPrintable(c) ? c : '?'));
    return end < name.length() ? text.append("...").toString() : text.toString();
  }
}
