package io.github.rq4j.codec.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A Python expression, in ASCII, that makes a value from its parts without any literal whose syntax
 * is under test.
 */
public final class PythonExpression {
  private PythonExpression() {}

  public static String of(@Nullable Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof Boolean truth) {
      return truth ? "(1 == 1)" : "(1 == 2)";
    }
    if (value instanceof Long || value instanceof BigInteger) {
      return "int('" + value + "')";
    }
    if (value instanceof Double number) {
      return "double('%016x')".formatted(Double.doubleToRawLongBits(number));
    }
    if (value instanceof PythonComplex complex) {
      return "complex(" + of(complex.real()) + ", " + of(complex.imaginary()) + ")";
    }
    if (value instanceof String text) {
      return text.codePoints()
          .mapToObj(Integer::toString)
          .collect(Collectors.joining(", ", "text(", ")"));
    }
    if (value instanceof PythonBytes bytes) {
      return "bytes.fromhex('" + HexFormat.of().formatHex(bytes.toByteArray()) + "')";
    }
    if (value instanceof PythonByteArray bytes) {
      return "bytearray.fromhex('" + HexFormat.of().formatHex(bytes.toByteArray()) + "')";
    }
    return ofContainer(value);
  }

  private static String ofContainer(Object value) {
    if (value instanceof PythonTuple tuple) {
      return "tuple(" + items(tuple) + ")";
    }
    if (value instanceof PythonList list) {
      return items(list);
    }
    if (value instanceof PythonSet set) {
      return "set(" + items(set) + ")";
    }
    if (value instanceof PythonFrozenSet set) {
      return "frozenset(" + items(set) + ")";
    }
    if (value instanceof PythonDict dict) {
      return dict.entrySet().stream()
          .map(PythonExpression::entry)
          .collect(Collectors.joining(", ", "dict([", "])"));
    }
    return ofTime(value);
  }

  private static String items(Iterable<? extends @Nullable Object> items) {
    return StreamSupport.stream(items.spliterator(), false)
        .map(PythonExpression::of)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String entry(
      Map.Entry<? extends @Nullable Object, ? extends @Nullable Object> entry) {
    return "(" + of(entry.getKey()) + ", " + of(entry.getValue()) + ")";
  }

  private static String ofTime(Object value) {
    if (value instanceof LocalDate date) {
      return "datetime.date.fromordinal(%d)".formatted(date.toEpochDay() + 719_163);
    }
    if (value instanceof LocalTime time) {
      return clock("time", "", time, false, "None");
    }
    if (value instanceof LocalDateTime local) {
      return dateTime(local, false, "None");
    }
    if (value instanceof OffsetDateTime moment) {
      return dateTime(moment.toLocalDateTime(), false, of(moment.getOffset()));
    }
    if (value instanceof ZonedDateTime moment) {
      String zone = "zoneinfo.ZoneInfo('" + moment.getZone() + "')";
      return dateTime(moment.toLocalDateTime(), false, zone);
    }
    if (value instanceof PythonDateTime dateTime) {
      return dateTime(dateTime.toLocalDateTime(), dateTime.fold(), of(dateTime.zone()));
    }
    if (value instanceof PythonTime time) {
      return clock("time", "", time.toLocalTime(), time.fold(), of(time.zone()));
    }
    if (value instanceof ZoneOffset offset) {
      return "datetime.timezone(" + of(Duration.ofSeconds(offset.getTotalSeconds())) + ")";
    }
    if (value instanceof PythonTimeZone zone) {
      return "datetime.timezone("
          + of(zone.offset())
          + zone.name().map(n -> ", " + of(n)).orElse("")
          + ")";
    }
    if (value instanceof Duration duration) {
      return "datetime.timedelta(seconds=%d, microseconds=%d)"
          .formatted(duration.getSeconds(), duration.getNano() / 1000);
    }
    return ofOther(value);
  }

  private static String dateTime(LocalDateTime local, boolean fold, String zone) {
    String date =
        "%d, %d, %d, ".formatted(local.getYear(), local.getMonthValue(), local.getDayOfMonth());
    return clock("datetime", date, local.toLocalTime(), fold, zone);
  }

  private static String clock(String type, String date, LocalTime time, boolean fold, String zone) {
    return "datetime.%s(%s%d, %d, %d, %d, fold=%d, tzinfo=%s)"
        .formatted(
            type,
            date,
            time.getHour(),
            time.getMinute(),
            time.getSecond(),
            time.getNano() / 1000,
            fold ? 1 : 0,
            zone);
  }

  private static String ofOther(Object value) {
    if (value instanceof BigDecimal decimal) {
      return "decimal.Decimal(%s).scaleb(%d, decimal.Context(Emin=-10**9, prec=9999))"
          .formatted(decimal.unscaledValue(), -decimal.scale());
    }
    if (value instanceof PythonDecimal decimal) {
      return "decimal.Decimal('" + decimal.text() + "')";
    }
    if (value instanceof PythonFraction fraction) {
      return "fractions.Fraction(%d, %d)".formatted(fraction.numerator(), fraction.denominator());
    }
    if (value instanceof UUID uuid) {
      return "uuid.UUID(int=0x%016x%016x)"
          .formatted(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }
    if (value instanceof PythonRange range) {
      return "range(%d, %d, %d)".formatted(range.start(), range.stop(), range.step());
    }
    if (value instanceof PythonSlice slice) {
      return "slice(" + of(slice.start()) + ", " + of(slice.stop()) + ", " + of(slice.step()) + ")";
    }
    if (value instanceof PythonSingleton singleton) {
      return singleton.pythonName();
    }
    if (value instanceof PythonPath path) {
      return "pathlib." + path.type() + "(" + of(path.text()) + ")";
    }
    if (value instanceof PythonArray array) {
      return "array('" + array.typeCode() + "', " + items(array.asList()) + ")";
    }
    throw new IllegalArgumentException("no expression for " + value.getClass());
  }
}
