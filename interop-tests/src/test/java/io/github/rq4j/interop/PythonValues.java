package io.github.rq4j.interop;

import java.util.ArrayList;
import java.util.List;

/**
 * One value and more of each family of types that both languages have, as expressions of Python.
 */
public final class PythonValues {
  private static final List<String> EXPRESSIONS =
      List.of(
          "None",
          "True",
          "0",
          "-1",
          "2**31",
          "-2**63",
          "2**63",
          "10**50",
          "1.5",
          "float('inf')",
          "1+2j",
          "''",
          "'\\u4f60\\u597d, w\\xf6rld \\U0001f600'",
          "b'\\x00\\xff'",
          "bytearray(b'ab')",
          "[]",
          "[1, [2, [3]]]",
          "()",
          "(1, (2, (3,)))",
          "{}",
          "{'zebra': 1, 'apple': {'mango': None}, 3: (4,)}",
          "OrderedDict([('z', 1), ('a', 2)])",
          "{1, 2, 3}",
          "frozenset([1, 2])",
          "date(2024, 2, 29)",
          "time(23, 59, 59, 999999)",
          "datetime(2024, 2, 29, 12, 30, 15, 123456)",
          "timedelta(days=-1, seconds=5, microseconds=7)",
          "Decimal('1.10')",
          "Fraction(1, 3)",
          "UUID('12345678-1234-5678-1234-567812345678')",
          "tasks.types()");

  private PythonValues() {}

  /**
   * The expressions.
   *
   * @param withTimeZones whether also of a time with a zone, for which Python 2 has no class
   */
  public static List<String> expressions(boolean withTimeZones) {
    List<String> expressions = new ArrayList<>(EXPRESSIONS);
    if (withTimeZones) {
      expressions.add("datetime(2024, 2, 29, 12, 30, tzinfo=timezone.utc)");
    }
    return expressions;
  }
}
