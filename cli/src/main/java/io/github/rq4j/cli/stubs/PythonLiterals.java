package io.github.rq4j.cli.stubs;

import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How defaults are written in a Python source. */
final class PythonLiterals {
  private PythonLiterals() {}

  /** A text in ASCII, between the quotes that Python's formatters choose. */
  static String of(String text) {
    char quote = text.contains("\"") && !text.contains("'") ? '\'' : '"';
    StringBuilder literal = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(
            c -> {
              if (c == quote || c == '\\') {
                literal.append('\\').append((char) c);
              } else if (c >= 0x20 && c < 0x7f) {
                literal.append((char) c);
              } else {
                literal.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
              }
            });
    return literal.append(quote).toString();
  }

  /**
   * None, a truth value, a number or a text; empty for whatever else, also for lists and dicts,
   * which Python would share between calls.
   */
  static Optional<String> find(@Nullable Object value) {
    if (value == null || (value instanceof Optional<?> optional && optional.isEmpty())) {
      return Optional.of("None");
    }
    if (value instanceof Boolean truth) {
      return Optional.of(truth ? "True" : "False");
    }
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger) {
      return Optional.of(value.toString());
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? Optional.of(Double.toString(number)) : Optional.empty();
    }
    if (value instanceof String || value instanceof Character || value instanceof Enum<?>) {
      return Optional.of(
          of(value instanceof Enum<?> constant ? constant.name() : value.toString()));
    }
    return Optional.empty();
  }
}
