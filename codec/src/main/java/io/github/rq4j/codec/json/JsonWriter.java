package io.github.rq4j.codec.json;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.OptionalContent;
import io.github.rq4j.codec.RecordComponents;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.ValuePath;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonRepr;
import io.github.rq4j.codec.python.PythonSingleton;
import io.github.rq4j.codec.python.PythonTuple;
import io.github.rq4j.codec.python.PythonTypeName;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes one value as JSON. For one use by one thread. */
final class JsonWriter {
  /** Decimal digits for each bit, rounded down. */
  private static final double DIGITS_PER_BIT = 0.301;

  private final CodecLimits limits;
  private final JsonOutput out = new JsonOutput();
  private final ArrayDeque<Level> levels = new ArrayDeque<>();

  JsonWriter(CodecLimits limits) {
    this.limits = limits;
  }

  /** An array or object of which a part is written. */
  private static final class Level {
    final Iterator<?> items;
    final boolean isObject;
    int written;
    @Nullable Object key;

    Level(Iterator<?> items, boolean isObject) {
      this.items = items;
      this.isObject = isObject;
    }
  }

  byte[] write(@Nullable Object value, String root) {
    try {
      value(value);
      while (!levels.isEmpty()) {
        Level level = levels.getLast();
        if (level.items.hasNext()) {
          item(level);
        } else {
          out.put(level.isObject ? '}' : ']');
          levels.removeLast();
        }
      }
      return out.toByteArray();
    } catch (UnsupportedValueException e) {
      throw new UnsupportedValueException(path(root) + ": " + e.getMessage(), e.getCause());
    }
  }

  private void item(Level level) {
    if (level.written++ > 0) {
      out.put(", ");
    }
    Object item = level.items.next();
    if (item instanceof Map.Entry<?, ?> entry && level.isObject) {
      level.key = entry.getKey();
      key(level.key);
      out.put(": ");
      value(entry.getValue());
    } else {
      value(item);
    }
  }

  private void value(@Nullable Object original) {
    Object value = OptionalContent.of(original);
    String scalar = scalar(value);
    if (scalar != null) {
      out.put(scalar);
    } else if (value instanceof Map<?, ?> map) {
      open(map.entrySet().iterator(), true);
    } else if (value instanceof Record object && isOfJava(object)) {
      open(entries(object), true);
    } else if (value instanceof PythonObject object && isDict(object)) {
      open(object.asMap().orElseThrow().entrySet().iterator(), true);
    } else {
      String text = text(value);
      if (text != null) {
        out.putString(text);
      } else {
        open(items(value), false);
      }
    }
  }

  /** The text of what JSON has no quotes or brackets for, null for anything else. */
  private @Nullable String scalar(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Boolean
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return value.toString();
    }
    if (value instanceof Double || value instanceof Float) {
      return floating(((Number) value).doubleValue());
    }
    return value instanceof BigInteger number ? integer(number) : null;
  }

  private static String floating(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return PythonRepr.ofFloat(value);
  }

  private String integer(BigInteger number) {
    int limit = limits.maxIntDigits();
    // A first look keeps the slow conversion away from what is far too long.
    if (number.bitLength() * DIGITS_PER_BIT <= limit) {
      String digits = number.toString();
      if (digits.length() - (number.signum() < 0 ? 1 : 0) <= limit) {
        return digits;
      }
    }
    throw new UnsupportedValueException(
        "an integer of more than " + limit + " digits, which Python would refuse to read");
  }

  /** The text of what becomes a string, null for anything else. */
  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Enum<?> constant && !(value instanceof PythonSingleton)) {
      return constant.name();
    }
    return value instanceof Character c ? c.toString() : null;
  }

  private void key(@Nullable Object original) {
    Object key = OptionalContent.of(original);
    String text = text(key);
    if (text == null) {
      text = scalar(key);
    }
    if (text == null) {
      throw new UnsupportedValueException(
          PythonTypeName.of(key) + " as a key; in JSON, those are text, numbers, booleans or null");
    }
    out.putString(text);
  }

  /** The elements of what becomes an array, which is the last that a value can be. */
  private static Iterator<?> items(@Nullable Object value) {
    if (value instanceof PythonTuple tuple) {
      return tuple.iterator();
    }
    if (value instanceof Collection<?> items && !(value instanceof Set<?>)) {
      return items.iterator();
    }
    if (value instanceof Object[] array) {
      return Arrays.asList(array).iterator();
    }
    if (value != null && value.getClass().isArray() && !(value instanceof byte[])) {
      return IntStream.range(0, Array.getLength(value))
          .mapToObj(i -> Array.get(value, i))
          .iterator();
    }
    throw new UnsupportedValueException(
        PythonTypeName.of(value) + " has no form in JSON; pass text, numbers, lists or maps");
  }

  /**
   * Some of Python's values are records here, which is their form in Java and not their content.
   */
  private static boolean isOfJava(Record object) {
    return object.getClass().getPackage() != PythonTuple.class.getPackage();
  }

  private static Iterator<?> entries(Record object) {
    RecordComponents components = RecordComponents.of(object.getClass());
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < components.names().size(); i++) {
      entries.put(components.names().get(i), components.value(object, i));
    }
    return entries.entrySet().iterator();
  }

  /** Whether an object is one of Python's own subclasses of dict. */
  private static boolean isDict(PythonObject object) {
    return object.callable() instanceof PythonGlobal type
        && type.module().equals("collections")
        && object.asMap().isPresent();
  }

  private void open(Iterator<?> items, boolean isObject) {
    if (levels.size() == limits.maxDepth()) {
      throw new UnsupportedValueException(
          "nested more than "
              + limits.maxDepth()
              + " levels deep; flatten the value, or raise the limit maxDepth");
    }
    out.put(isObject ? '{' : '[');
    levels.add(new Level(items, isObject));
  }

  private ValuePath path(String root) {
    ValuePath path = new ValuePath(root, levels.size());
    for (Level level : levels) {
      if (level.isObject) {
        path.entry(level.key, level.written - 1);
      } else {
        path.element(level.written - 1);
      }
    }
    return path;
  }
}
