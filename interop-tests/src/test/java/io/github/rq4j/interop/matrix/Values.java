package io.github.rq4j.interop.matrix;

import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One value and more of each family of types that both languages have, as Java has them. */
final class Values {
  private Values() {}

  /** The type that a Java function would declare for a value. */
  static Class<?> declaredType(Object value) {
    for (Class<?> type : List.of(List.class, Set.class, Map.class)) {
      if (type.isInstance(value)) {
        return type;
      }
    }
    return value.getClass();
  }

  /** Java's values, and the expression for what Python gets. */
  static Map<Object, String> ofJava(Cell cell) {
    Map<Object, String> values = new LinkedHashMap<>();
    values.put(true, "True");
    values.put(7, "7");
    values.put((short) -7, "-7");
    values.put(Long.MIN_VALUE, "-2**63");
    values.put(BigInteger.TEN.pow(50), "10**50");
    values.put(1.5, "1.5");
    if (!cell.stopsAtNonAsciiResults()) {
      values.put("w\u00f6rld \ud83d\ude00", "'w\\xf6rld \\U0001f600'");
      values.put(PythonBytes.fromArray(new byte[] {0, -1}), "b'\\x00\\xff'");
    }
    values.put(List.of(1L, List.of("a")), "[1, ['a']]");
    values.put(PythonTuple.of(1L, "a"), "(1, 'a')");
    values.put(new LinkedHashSet<>(List.of(1L, 2L)), "{1, 2}");
    values.put(new LinkedHashMap<>(Map.of("k", List.of())), "{'k': []}");
    values.put(LocalDate.of(2024, 2, 29), "date(2024, 2, 29)");
    values.put(LocalTime.of(23, 59, 59, 999_999_000), "time(23, 59, 59, 999999)");
    values.put(
        LocalDateTime.of(2024, 2, 29, 12, 30, 15, 123_456_000),
        "datetime(2024, 2, 29, 12, 30, 15, 123456)");
    values.put(Duration.ofMillis(-1500), "timedelta(seconds=-1, microseconds=-500000)");
    values.put(new BigDecimal("1.10"), "Decimal('1.10')");
    values.put(
        UUID.fromString("12345678-1234-5678-1234-567812345678"),
        "UUID('12345678-1234-5678-1234-567812345678')");
    if (cell.rq().hasPython("3")) {
      values.put(
          Instant.parse("2024-02-29T12:30:00Z"),
          "datetime(2024, 2, 29, 12, 30, tzinfo=timezone.utc)");
    }
    return values;
  }
}
