package io.github.rq4j.codec.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The hash of keys: equal for what Python holds equal, and not to be predicted from outside. It is
 * a polynomial over a prime field at a point drawn when the class is loaded, so that two different
 * keys of n units collide with a probability of about n in 2<sup>61</sup>, whoever chose them.
 *
 * <p>Tuples and frozen sets remember theirs. They can be nested deeply and share parts, so it is
 * computed from the inside out without recursion.
 */
final class KeyHash {
  private static final long PRIME = (1L << 61) - 1;

  /** Marks the hash of a tuple that contains something unhashable. */
  private static final long UNHASHABLE = 1L << 61;

  private static final long POINT;
  private static final long START;

  static {
    SecureRandom random = new SecureRandom();
    POINT = (random.nextLong() >>> 4) + 1;
    START = random.nextLong() >>> 4;
  }

  private static final int TEXT = 1;
  private static final int BYTES = 2;
  private static final int NUMBER = 3;
  private static final int TUPLE = 4;
  private static final int FROZEN_SET = 5;
  private static final int OTHER = 6;

  private KeyHash() {}

  /** Whether Python can hash a value. Anything that is not known as mutable can be. */
  static boolean isHashable(@Nullable Object key) {
    if (key instanceof String || key instanceof Long) {
      return true;
    }
    if (key instanceof PythonTuple) {
      return (of(key) & UNHASHABLE) == 0;
    }
    return !isMutable(key);
  }

  private static boolean isMutable(@Nullable Object value) {
    return value instanceof List<?>
        || value instanceof Map<?, ?>
        || value instanceof Set<?>
        || value instanceof PythonByteArray
        || value instanceof PythonArray
        || value instanceof PythonSlice;
  }

  /** The hash of a key. Never zero for tuples and frozen sets. */
  static long of(@Nullable Object key) {
    if (key instanceof PythonTuple || key instanceof PythonFrozenSet) {
      long known = known(key);
      return known != 0 ? known : ofContainer(key);
    }
    return ofLeaf(key);
  }

  private static long known(Object container) {
    return container instanceof PythonTuple tuple
        ? tuple.keyHash()
        : ((PythonFrozenSet) container).keyHash();
  }

  private static long ofContainer(Object root) {
    ArrayDeque<Object> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      Object container = open.peek();
      if (known(container) != 0 || !pushUnknownParts(container, open)) {
        open.pop();
        remember(container);
      }
    }
    return known(root);
  }

  private static boolean pushUnknownParts(Object container, ArrayDeque<Object> open) {
    int before = open.size();
    if (container instanceof PythonTuple tuple) {
      for (int i = 0; i < tuple.size(); i++) {
        pushIfUnknown(tuple.get(i), open);
      }
    } else {
      KeyTable table = ((PythonFrozenSet) container).table();
      for (int slot = table.next(-1); slot >= 0; slot = table.next(slot)) {
        pushIfUnknown(table.key(slot), open);
      }
    }
    return open.size() > before;
  }

  private static void pushIfUnknown(@Nullable Object part, ArrayDeque<Object> open) {
    if ((part instanceof PythonTuple || part instanceof PythonFrozenSet) && known(part) == 0) {
      open.push(part);
    }
  }

  private static void remember(Object container) {
    if (known(container) != 0) {
      return;
    }
    if (container instanceof PythonTuple tuple) {
      long hash = step(start(TUPLE), tuple.size());
      long unhashable = 0;
      for (int i = 0; i < tuple.size(); i++) {
        long part = of(tuple.get(i));
        unhashable |= part & UNHASHABLE;
        hash = step(hash, part & ~UNHASHABLE);
      }
      tuple.keyHash((hash == 0 ? 1 : hash) | unhashable);
    } else {
      PythonFrozenSet set = (PythonFrozenSet) container;
      KeyTable table = set.table();
      long sum = 0;
      for (int slot = table.next(-1); slot >= 0; slot = table.next(slot)) {
        sum = add(sum, step(start(FROZEN_SET), of(table.key(slot)) % PRIME));
      }
      long hash = step(step(start(FROZEN_SET), sum), set.size());
      set.keyHash(hash == 0 ? 1 : hash);
    }
  }

  private static long ofLeaf(@Nullable Object key) {
    if (key instanceof String text) {
      return ofText(TEXT, text);
    }
    if (key instanceof Long number) {
      return ofLong(number);
    }
    if (isMutable(key)) {
      return UNHASHABLE;
    }
    Object leaf = KeyEquality.canonical(key);
    if (leaf instanceof Long number) {
      return ofLong(number);
    }
    if (leaf instanceof Double number) {
      return number.isNaN()
          ? ofLong(System.identityHashCode(key))
          : ofLong(Double.doubleToRawLongBits(number));
    }
    if (leaf instanceof BigInteger number) {
      return ofInteger(number);
    }
    if (leaf instanceof PythonBytes bytes) {
      return ofBytes(bytes);
    }
    if (leaf == null || leaf instanceof PythonObject) {
      return ofLong(System.identityHashCode(leaf));
    }
    return ofComposed(leaf);
  }

  private static long ofComposed(Object leaf) {
    if (leaf instanceof PythonGlobal global) {
      return combine(ofText(TEXT, global.module()), ofText(TEXT, global.name()));
    }
    if (leaf instanceof PythonFraction fraction) {
      return combine(ofInteger(fraction.numerator()), ofInteger(fraction.denominator()));
    }
    if (leaf instanceof BigDecimal decimal) {
      return combine(ofInteger(decimal.unscaledValue()), ofLong(decimal.scale()));
    }
    if (leaf instanceof PythonRange range) {
      return combine(
          combine(ofInteger(range.start()), ofInteger(range.stop())), ofInteger(range.step()));
    }
    if (leaf instanceof PythonDateTime time) {
      return ofText(OTHER, time.toLocalDateTime().toString());
    }
    if (leaf instanceof PythonTime time) {
      return ofText(OTHER, time.toLocalTime().toString());
    }
    return isItsText(leaf) ? ofText(OTHER, leaf.toString()) : ofLong(leaf.hashCode());
  }

  /** Whether the text of a value is as good as the value. */
  private static boolean isItsText(Object leaf) {
    return leaf instanceof UUID
        || leaf instanceof TemporalAccessor
        || leaf instanceof TemporalAmount
        || leaf instanceof ZoneId
        || leaf instanceof PythonComplex
        || leaf instanceof PythonDecimal
        || leaf instanceof PythonPath
        || leaf instanceof PythonTimeZone;
  }

  private static long combine(long first, long second) {
    return step(step(start(OTHER), first), second);
  }

  private static long ofInteger(BigInteger number) {
    return ofBytes(NUMBER, number.toByteArray());
  }

  private static long ofText(int kind, String text) {
    int length = text.length();
    long hash = step(start(kind), length);
    int i = 0;
    for (; i + 3 <= length; i += 3) {
      hash =
          step(
              hash,
              text.charAt(i) | (long) text.charAt(i + 1) << 16 | (long) text.charAt(i + 2) << 32);
    }
    for (; i < length; i++) {
      hash = step(hash, text.charAt(i));
    }
    return hash;
  }

  private static long ofLong(long number) {
    return step(step(start(NUMBER), number >>> 32), number & 0xFFFFFFFFL);
  }

  private static long ofBytes(int kind, byte[] bytes) {
    long hash = step(start(kind), bytes.length);
    for (byte unit : bytes) {
      hash = step(hash, unit & 0xFF);
    }
    return hash;
  }

  private static long ofBytes(PythonBytes bytes) {
    long hash = step(start(BYTES), bytes.length());
    for (int i = 0; i < bytes.length(); i++) {
      hash = step(hash, bytes.get(i) & 0xFF);
    }
    return hash;
  }

  private static long start(int kind) {
    return add(START, kind);
  }

  private static long step(long hash, long unit) {
    return add(multiply(hash, POINT), unit);
  }

  private static long add(long a, long b) {
    return reduce(a + b);
  }

  private static long multiply(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b;
    return reduce((low & PRIME) + ((high << 3) | (low >>> 61)));
  }

  private static long reduce(long sum) {
    long folded = (sum & PRIME) + (sum >>> 61);
    return folded >= PRIME ? folded - PRIME : folded;
  }
}
