package io.github.rq4j.cli.enqueue;

import io.github.rq4j.codec.python.PythonComplex;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonSingleton;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Python's {@code ast.literal_eval} reads: numbers, text, bytes, tuples, lists, dicts,
 * sets, {@code True}, {@code False}, {@code None} and {@code ...}. Nothing is evaluated beyond a
 * sign and the two parts of a complex number. For one use.
 */
final class PythonLiteral {
  /** CPython's own bound. */
  private static final int DEEPEST = 200;

  private final LiteralInput in;
  private int depth;

  private PythonLiteral(String text) {
    this.in = new LiteralInput(text);
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if the text is not the literal of one; the message tells where
   */
  static @Nullable Object parse(String text) {
    // literal_eval takes off what would otherwise be an indentation.
    PythonLiteral literal = new PythonLiteral(text.replaceFirst("^[ \t]+", ""));
    Object value = literal.elements();
    literal.in.skipToEnd();
    return value;
  }

  /** One value, or a tuple without parentheses. */
  private @Nullable Object elements() {
    Object first = value();
    in.skipBlanks();
    if (!in.take(',')) {
      return first;
    }
    List<@Nullable Object> elements = new ArrayList<>();
    elements.add(first);
    while (in.isAtValue()) {
      elements.add(value());
      in.skipBlanks();
      if (!in.take(',')) {
        break;
      }
    }
    return PythonTuple.copyOf(elements);
  }

  private @Nullable Object value() {
    in.skipBlanks();
    if (++depth > DEEPEST) {
      throw in.failure("nested too deeply");
    }
    Object value = isNumber(in.peek()) ? number() : other();
    depth--;
    return value;
  }

  private boolean isNumber(int c) {
    boolean isDot = c == '.' && !in.isNext("...");
    return c == '+' || c == '-' || isDot || (c >= '0' && c <= '9');
  }

  private @Nullable Object other() {
    if (LiteralText.isNext(in)) {
      return LiteralText.read(in);
    }
    switch (in.peek()) {
      case '(' -> {
        return parenthesized();
      }
      case '[' -> {
        return new PythonList(sequence('[', ']'));
      }
      case '{' -> {
        return braced();
      }
      default -> {
        return constant();
      }
    }
  }

  private @Nullable Object constant() {
    if (in.take("...")) {
      return PythonSingleton.ELLIPSIS;
    }
    String name = in.name();
    switch (name) {
      case "None" -> {
        return null;
      }
      case "True" -> {
        return true;
      }
      case "False" -> {
        return false;
      }
      case "set" -> {
        in.skipBlanks();
        if (in.take('(')) {
          in.open();
          in.skipBlanks();
          in.expect(')');
          in.close();
          return new PythonSet();
        }
      }
      default -> {}
    }
    throw in.failure("not a literal");
  }

  private Object number() {
    Object first = signedNumber();
    in.skipBlanks();
    int sign = in.peek();
    if (sign != '+' && sign != '-') {
      return first;
    }
    in.take((char) sign);
    in.skipBlanks();
    if (!(LiteralNumber.read(in) instanceof PythonComplex imaginary)
        || first instanceof PythonComplex) {
      throw in.failure("not a literal");
    }
    double real = ((Number) first).doubleValue();
    double part = imaginary.imaginary();
    return sign == '+'
        ? new PythonComplex(real + 0.0, 0.0 + part)
        : new PythonComplex(real - 0.0, 0.0 - part);
  }

  private Object signedNumber() {
    boolean isNegative = in.take('-');
    if (isNegative || in.take('+')) {
      in.skipBlanks();
    }
    Object number = LiteralNumber.read(in);
    return isNegative ? negative(number) : number;
  }

  private static Object negative(Object number) {
    if (number instanceof Long value) {
      return -value;
    }
    if (number instanceof BigInteger value) {
      return value.negate();
    }
    if (number instanceof PythonComplex value) {
      return new PythonComplex(-value.real(), -value.imaginary());
    }
    return -(Double) number;
  }

  private @Nullable Object parenthesized() {
    in.expect('(');
    in.open();
    in.skipBlanks();
    Object value = in.peek() == ')' ? PythonTuple.EMPTY : elements();
    in.skipBlanks();
    in.expect(')');
    in.close();
    return value;
  }

  private List<@Nullable Object> sequence(char first, char last) {
    in.expect(first);
    in.open();
    List<@Nullable Object> elements = new ArrayList<>();
    in.skipBlanks();
    while (in.peek() != last) {
      elements.add(value());
      in.skipBlanks();
      if (!in.take(',')) {
        break;
      }
      in.skipBlanks();
    }
    in.expect(last);
    in.close();
    return elements;
  }

  private Object braced() {
    in.expect('{');
    in.open();
    in.skipBlanks();
    if (in.take('}')) {
      in.close();
      return new PythonDict();
    }
    Object first = hashable(value());
    in.skipBlanks();
    Object result = in.take(':') ? dict(first) : set(first);
    in.expect('}');
    in.close();
    return result;
  }

  private PythonDict dict(@Nullable Object firstKey) {
    PythonDict dict = new PythonDict();
    Object key = firstKey;
    while (true) {
      dict.put(key, value());
      in.skipBlanks();
      if (!in.take(',')) {
        return dict;
      }
      in.skipBlanks();
      if (in.peek() == '}') {
        return dict;
      }
      key = hashable(value());
      in.skipBlanks();
      in.expect(':');
    }
  }

  private PythonSet set(@Nullable Object first) {
    PythonSet set = new PythonSet();
    set.add(first);
    while (in.take(',')) {
      in.skipBlanks();
      if (in.peek() == '}') {
        break;
      }
      set.add(hashable(value()));
      in.skipBlanks();
    }
    return set;
  }

  private @Nullable Object hashable(@Nullable Object key) {
    if (!isHashable(key)) {
      throw in.failure("unhashable");
    }
    return key;
  }

  private static boolean isHashable(@Nullable Object key) {
    if (key instanceof PythonTuple tuple) {
      return tuple.asList().stream().allMatch(PythonLiteral::isHashable);
    }
    return !(key instanceof PythonList || key instanceof PythonDict || key instanceof PythonSet);
  }
}
