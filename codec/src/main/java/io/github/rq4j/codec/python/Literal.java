package io.github.rq4j.codec.python;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders values close to Python's literals, of bounded length and depth, for people to read. */
final class Literal {
  private static final int MAX_LENGTH = 1000;
  private static final int MAX_TEXT = 200;
  private static final int MAX_DEPTH = 12;
  private static final int MAX_BITS = 1024;

  private final StringBuilder out = new StringBuilder();

  private Literal() {}

  static String of(@Nullable Object value) {
    Literal literal = new Literal();
    literal.append(value, 0);
    return literal.out.toString();
  }

  /** A value's type in Python's words, with an article, for messages. */
  static String typeName(@Nullable Object value) {
    if (value == null) {
      return "None";
    }
    if (value instanceof PythonTuple) {
      return "a tuple";
    }
    if (value instanceof java.util.List<?>) {
      return "a list";
    }
    if (value instanceof Map<?, ?>) {
      return "a dict";
    }
    if (value instanceof java.util.Set<?>) {
      return "a set";
    }
    return value instanceof PythonByteArray
        ? "a bytearray"
        : "a " + value.getClass().getSimpleName();
  }

  private void append(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH || out.length() > MAX_LENGTH) {
      out.append("...");
    } else if (value == null) {
      out.append("None");
    } else if (value instanceof Boolean flag) {
      out.append(flag ? "True" : "False");
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof BigInteger number) {
      integer(number);
    } else if (value instanceof PythonTuple tuple) {
      items("(", tuple.iterator(), tuple.size() == 1 ? ",)" : ")", depth);
    } else if (value instanceof java.util.List<?> list) {
      items("[", list.iterator(), "]", depth);
    } else if (value instanceof Map<?, ?> map) {
      entries(map, depth);
    } else {
      other(value, depth);
    }
  }

  private void other(Object value, int depth) {
    if (value instanceof PythonSet set) {
      items(set.isEmpty() ? "set(" : "{", set.iterator(), set.isEmpty() ? ")" : "}", depth);
    } else if (value instanceof PythonFrozenSet set) {
      boolean isEmpty = set.isEmpty();
      items(isEmpty ? "frozenset(" : "frozenset({", set.iterator(), isEmpty ? ")" : "})", depth);
    } else if (value instanceof PythonBytes bytes) {
      bytes("", bytes.length(), bytes::get, "");
    } else if (value instanceof PythonByteArray bytes) {
      bytes("bytearray(", bytes.length(), bytes::get, ")");
    } else if (value instanceof PythonObject object) {
      object(object, depth);
    } else if (value instanceof PythonSlice slice) {
      items("slice(", slice.parts().iterator(), ")", depth);
    } else if (value instanceof PythonRange range) {
      call("range", range.start(), range.stop(), range.step());
    } else if (value instanceof PythonFraction fraction) {
      call("Fraction", fraction.numerator(), fraction.denominator());
    } else if (value instanceof PythonArray array) {
      out.append("array('").append(array.typeCode()).append("', ");
      items("[", array.asList().iterator(), "])", depth);
    } else if (value instanceof PythonDateTime time) {
      time("datetime", time.toLocalDateTime(), time.fold(), time.zone(), depth);
    } else if (value instanceof PythonTime time) {
      time("time", time.toLocalTime(), time.fold(), time.zone(), depth);
    } else {
      out.append(value);
    }
  }

  private void items(String before, Iterator<?> items, String after, int depth) {
    out.append(before);
    for (String separator = ""; items.hasNext(); separator = ", ") {
      out.append(separator);
      if (out.length() > MAX_LENGTH) {
        out.append("...");
        break;
      }
      append(items.next(), depth + 1);
    }
    out.append(after);
  }

  private void entries(Map<?, ?> map, int depth) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      if (out.length() > MAX_LENGTH) {
        out.append("...");
        break;
      }
      append(entry.getKey(), depth + 1);
      out.append(": ");
      append(entry.getValue(), depth + 1);
      separator = ", ";
    }
    out.append('}');
  }

  private void object(PythonObject object, int depth) {
    append(object.callable(), depth + 1);
    items("(", object.args().iterator(), ")", depth);
    if (object.hasListItems()) {
      append(object.listItems(), depth + 1);
    }
    if (object.hasDictItems()) {
      append(object.dictItems(), depth + 1);
    }
    if (object.hasState()) {
      out.append(" with ");
      append(object.state(), depth + 1);
    }
  }

  private void time(String name, Object local, boolean fold, @Nullable Object zone, int depth) {
    out.append(name).append('(').append(local);
    if (fold) {
      out.append(", fold=1");
    }
    if (zone != null) {
      out.append(", ");
      append(zone, depth + 1);
    }
    out.append(')');
  }

  private void call(String name, BigInteger... numbers) {
    out.append(name);
    String separator = "(";
    for (BigInteger number : numbers) {
      out.append(separator);
      integer(number);
      separator = ", ";
    }
    out.append(')');
  }

  /** Printing an integer takes quadratic time: large ones are described instead. */
  private void integer(BigInteger number) {
    if (number.bitLength() <= MAX_BITS) {
      out.append(number);
    } else {
      out.append("<int of ").append(number.bitLength()).append(" bits>");
    }
  }

  private void text(String text) {
    out.append('\'');
    for (int i = 0; i < Math.min(text.length(), MAX_TEXT); i++) {
      char unit = text.charAt(i);
      if (unit == '\\' || unit == '\'') {
        out.append('\\').append(unit);
      } else if (unit < ' ' || Character.isSurrogate(unit)) {
        out.append(String.format("\\u%04x", (int) unit));
      } else {
        out.append(unit);
      }
    }
    out.append(text.length() > MAX_TEXT ? "...'" : "'");
  }

  private interface ByteAt {
    byte get(int index);
  }

  private void bytes(String before, int length, ByteAt bytes, String after) {
    out.append(before).append("b'");
    for (int i = 0; i < Math.min(length, MAX_TEXT); i++) {
      int unit = bytes.get(i) & 0xFF;
      if (unit < ' ' || unit > '~' || unit == '\\' || unit == '\'') {
        out.append(String.format("\\x%02x", unit));
      } else {
        out.append((char) unit);
      }
    }
    out.append(length > MAX_TEXT ? "...'" : "'").append(after);
  }
}
