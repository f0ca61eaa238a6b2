package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.pickle.KnownTypes.Maker;
import io.github.rq4j.codec.python.PythonComplex;
import io.github.rq4j.codec.python.PythonDecimal;
import io.github.rq4j.codec.python.PythonFraction;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonRange;
import io.github.rq4j.codec.python.PythonSlice;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers that Python makes by a call, and what is made of numbers: range and slice. */
final class NumberTypes {
  private static final String COMPLEX = "builtins.complex";
  private static final String DECIMAL = "decimal.Decimal";
  private static final String FRACTION = "fractions.Fraction";
  private static final String RANGE = "builtins.range";
  private static final Pattern QUOTIENT = Pattern.compile("([-+]?\\d++)(?:/(\\d++))?+");

  private NumberTypes() {}

  static void register(Map<PythonGlobal, Maker> makers) {
    makers.put(new PythonGlobal("builtins", "complex"), NumberTypes::complex);
    makers.put(new PythonGlobal("builtins", "range"), NumberTypes::range);
    makers.put(new PythonGlobal("builtins", "slice"), NumberTypes::slice);
    makers.put(new PythonGlobal("decimal", "Decimal"), NumberTypes::decimal);
    makers.put(new PythonGlobal("fractions", "Fraction"), NumberTypes::fraction);
  }

  private static @Nullable Object complex(PythonTuple args, CodecLimits limits)
      throws BadArguments {
    if (args.size() == 1
        && (args.get(0) instanceof String || args.get(0) instanceof PythonObject)) {
      return null;
    }
    if (args.size() > 2) {
      throw BadArguments.of(COMPLEX);
    }
    double[] parts = new double[2];
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i) instanceof Long number) {
        parts[i] = number;
      } else if (args.get(i) instanceof Double number) {
        parts[i] = number;
      } else {
        throw BadArguments.of(COMPLEX);
      }
    }
    return new PythonComplex(parts[0], parts[1]);
  }

  private static @Nullable Object decimal(PythonTuple args, CodecLimits limits)
      throws BadArguments {
    Object arg = args.size() == 1 ? args.get(0) : null;
    if (arg instanceof String text) {
      if (text.length() > limits.maxIntDigits()) {
        throw BadArguments.beyond("maxIntDigits", limits.maxIntDigits());
      }
      try {
        return PythonDecimal.parse(text);
      } catch (IllegalArgumentException e) {
        throw BadArguments.of(DECIMAL);
      }
    }
    if (arg instanceof Long number) {
      return BigDecimal.valueOf(number);
    }
    if (arg instanceof PythonTuple || arg instanceof PythonList || args.size() != 1) {
      return null;
    }
    if (arg instanceof BigInteger || arg instanceof Double || arg instanceof PythonObject) {
      return null;
    }
    throw BadArguments.of(DECIMAL);
  }

  /** Two numbers from Python 3.11 on, one text before. */
  private static @Nullable Object fraction(PythonTuple args, CodecLimits limits)
      throws BadArguments {
    try {
      if (args.size() == 2) {
        BigInteger numerator = integer(args.get(0));
        BigInteger denominator = integer(args.get(1));
        return numerator == null || denominator == null
            ? null
            : new PythonFraction(numerator, denominator);
      }
      if (args.size() == 1 && args.get(0) instanceof String text) {
        if (text.length() > 2 * limits.maxIntDigits()) {
          throw BadArguments.beyond("maxIntDigits", limits.maxIntDigits());
        }
        Matcher quotient = QUOTIENT.matcher(text);
        return quotient.matches() ? fraction(quotient) : null;
      }
    } catch (IllegalArgumentException e) {
      throw BadArguments.of(FRACTION);
    }
    return null;
  }

  private static PythonFraction fraction(Matcher quotient) {
    String denominator = quotient.group(2);
    return new PythonFraction(
        new BigInteger(quotient.group(1)),
        denominator == null ? BigInteger.ONE : new BigInteger(denominator));
  }

  private static Object range(PythonTuple args, CodecLimits limits) throws BadArguments {
    BigInteger[] numbers = new BigInteger[args.size()];
    for (int i = 0; i < numbers.length; i++) {
      BigInteger number = integer(args.get(i));
      if (number == null) {
        throw BadArguments.of(RANGE);
      }
      numbers[i] = number;
    }
    if (numbers.length < 1 || numbers.length > 3 || isZeroStep(numbers)) {
      throw BadArguments.of(RANGE);
    }
    boolean hasStart = numbers.length > 1;
    return new PythonRange(
        hasStart ? numbers[0] : BigInteger.ZERO,
        hasStart ? numbers[1] : numbers[0],
        numbers.length > 2 ? numbers[2] : BigInteger.ONE);
  }

  private static boolean isZeroStep(BigInteger[] numbers) {
    return numbers.length == 3 && numbers[2].signum() == 0;
  }

  private static Object slice(PythonTuple args, CodecLimits limits) throws BadArguments {
    return switch (args.size()) {
      case 1 -> PythonSlice.of(null, args.get(0), null);
      case 2 -> PythonSlice.of(args.get(0), args.get(1), null);
      case 3 -> PythonSlice.of(args.get(0), args.get(1), args.get(2));
      default -> throw BadArguments.of("builtins.slice");
    };
  }

  private static @Nullable BigInteger integer(@Nullable Object value) {
    if (value instanceof Long number) {
      return BigInteger.valueOf(number);
    }
    return value instanceof BigInteger number ? number : null;
  }
}
