package io.github.rq4j.codec.vectors;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rq4j.codec.python.PythonArray;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonComplex;
import io.github.rq4j.codec.python.PythonDecimal;
import io.github.rq4j.codec.python.PythonFraction;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonPath;
import io.github.rq4j.codec.python.PythonRange;
import io.github.rq4j.codec.python.PythonRepr;
import io.github.rq4j.codec.python.PythonSingleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Describes values that hold no others; {@link TaggedLeaves} makes them again. */
final class TaggedLeafOutput {
  private static final long SECONDS_OF_DAY = 86_400;
  private static final int NANOS_OF_MICRO = 1000;

  private TaggedLeafOutput() {}

  /** Whether a value is one that pickles write again each time. */
  static boolean isNeverMemoised(Object value) {
    return value instanceof Boolean
        || value instanceof Long
        || value instanceof BigInteger
        || value instanceof Double
        || value instanceof PythonGlobal
        || value instanceof PythonSingleton;
  }

  /** Describes a leaf; false if the value is none. */
  static boolean describe(ObjectNode node, @Nullable Object value) {
    if (value == null) {
      node.put("t", "none");
    } else if (value instanceof Boolean truth) {
      node.put("t", "bool").put("v", truth);
    } else if (value instanceof Long || value instanceof BigInteger) {
      node.put("t", "int").put("v", value.toString());
    } else if (value instanceof Double number) {
      describeFloat(node, number);
    } else if (value instanceof PythonComplex complex) {
      node.put("t", "complex");
      describeFloat(node.putObject("re"), complex.real());
      describeFloat(node.putObject("im"), complex.imaginary());
    } else if (value instanceof String text) {
      describeText(node, text);
    } else if (value instanceof PythonBytes bytes) {
      node.put("t", "bytes").put("v", hex(bytes.toByteArray()));
    } else if (value instanceof PythonSingleton singleton) {
      node.put("t", singleton.pythonName().toLowerCase(Locale.ROOT));
    } else if (value instanceof PythonGlobal global) {
      node.put("t", "global").put("module", global.module()).put("name", global.name());
    } else {
      return describeOfLibrary(node, value);
    }
    return true;
  }

  private static boolean describeOfLibrary(ObjectNode node, Object value) {
    if (value instanceof PythonRange range) {
      node.put("t", "range")
          .put("start", range.start().toString())
          .put("stop", range.stop().toString())
          .put("step", range.step().toString());
    } else if (value instanceof Duration duration) {
      long days = Math.floorDiv(duration.getSeconds(), SECONDS_OF_DAY);
      node.put("t", "timedelta")
          .putArray("v")
          .add(days)
          .add(duration.getSeconds() - days * SECONDS_OF_DAY)
          .add(duration.getNano() / NANOS_OF_MICRO);
    } else if (value instanceof BigDecimal || value instanceof PythonDecimal) {
      node.put("t", "decimal").put("v", value.toString());
    } else if (value instanceof PythonFraction fraction) {
      node.put("t", "fraction")
          .put("n", fraction.numerator().toString())
          .put("d", fraction.denominator().toString());
    } else if (value instanceof UUID) {
      node.put("t", "uuid").put("v", value.toString());
    } else if (value instanceof PythonPath path) {
      node.put("t", "path").put("kind", path.type()).put("v", path.text());
    } else if (value instanceof PythonArray array) {
      describeArray(node, array);
    } else {
      return false;
    }
    return true;
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static void describeFloat(ObjectNode node, double value) {
    node.put("t", "float")
        .put("v", PythonRepr.ofFloat(value))
        .put("bits", HexFormat.of().toHexDigits(Double.doubleToRawLongBits(value)));
  }

  private static void describeText(ObjectNode node, String text) {
    node.put("t", "str");
    if (text.codePoints().noneMatch(TaggedLeafOutput::isSurrogate)) {
      node.put("v", text);
    } else {
      ArrayNode points = node.putArray("cp");
      text.codePoints().forEach(points::add);
    }
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static void describeArray(ObjectNode node, PythonArray array) {
    node.put("t", "array").put("code", String.valueOf(array.typeCode()));
    ArrayNode elements = node.putArray("v");
    for (Object element : array.asList()) {
      if (element instanceof Double number) {
        describeFloat(elements.addObject(), number);
      } else {
        elements.add(element.toString());
      }
    }
  }
}
