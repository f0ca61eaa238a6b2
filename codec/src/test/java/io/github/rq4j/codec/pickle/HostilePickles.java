package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.CodecLimits;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads pickles that were made to hurt, one after the other, and then does with the value what a
 * careless application would: compare, hash and print it. To be run in a JVM with a small heap and
 * small stacks; a line is printed for each pickle.
 */
final class HostilePickles {
  private static final int MILLION = 1_000_000;
  // Ten times what the dearest of them takes: time in the square of the size goes far beyond.
  private static final int MAX_CPU_MILLIS = 10_000;

  private HostilePickles() {}

  /** Ends with code 0 if each pickle was read or refused within the CPU time that it may take. */
  public static void main(String[] args) {
    boolean allFine = true;
    for (Map.Entry<String, Supplier<byte[]>> attack : attacks().entrySet()) {
      String outcome = outcome(attack.getValue().get());
      allFine &= outcome.startsWith("ok");
      System.out.println(outcome + ": " + attack.getKey());
    }
    System.exit(allFine ? 0 : 1);
  }

  private static String outcome(byte[] pickle) {
    long start = cpuNanos();
    String result;
    try {
      result = "ok, " + use(read(pickle), read(pickle));
    } catch (CodecException e) {
      result = "ok, refused";
    } catch (RuntimeException | Error e) {
      return "FAILED with " + e;
    }
    long millis = (cpuNanos() - start) / 1_000_000;
    return (millis <= MAX_CPU_MILLIS ? result : "FAILED") + " after " + millis + " ms of CPU time";
  }

  /** The time that this thread has had: what else the machine does has no part in it. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static @Nullable Object read(byte[] pickle) {
    return new PickleReader(pickle, CodecLimits.defaults(), Python2Strings.UTF8_OR_BYTES).read();
  }

  private static String use(@Nullable Object value, @Nullable Object again) {
    boolean isEqual = value == null ? again == null : value.equals(again);
    int hash = value == null ? 0 : value.hashCode();
    int length = String.valueOf(value).length();
    return "read" + (isEqual ? "" : " as an object of its own") + (hash == length ? "." : "");
  }

  private static Map<String, Supplier<byte[]>> attacks() {
    Map<String, Supplier<byte[]>> attacks = new LinkedHashMap<>();
    attacks.put(
        "deeply nested lists", () -> of(times("]", MILLION), "N", times("a", MILLION), "."));
    attacks.put("deeply nested tuples", () -> of("N", times("\u0085", 300_000), "."));
    attacks.put("deeply nested tuples as key", () -> of("}N", times("\u0085", 300_000), "Ns."));
    attacks.put(
        "deeply nested frozen sets", () -> of(times("(", 90_000), times("\u0091", 90_000), "."));
    attacks.put(
        "deeply nested slices",
        () ->
            of(
                "Np0\n0",
                times("c__builtin__\nslice\n", 90_000),
                "N",
                times("\u0085R", 90_000),
                "."));
    attacks.put(
        "deeply nested calls",
        () -> of(times("cm\nf\n", 90_000), "N", times("\u0085R", 90_000), "."));
    attacks.put(
        "deeply nested dicts", () -> of(times("}N", 100_000), "N", times("s", 100_000), "."));
    attacks.put("marks", () -> of(times("(", 8 * MILLION)));
    attacks.put("billion laughs", HostilePickles::laughs);
    attacks.put("billion laughs in tuples", () -> of(")", times("2\u0086", 1000), "."));
    attacks.put(
        "billion laughs as key",
        () -> of("}(", ")", times("2\u0086", 1000), "N)", times("2\u0086", 1000), "Nu."));
    attacks.put(
        "a key with itself, over and over",
        () ->
            of(
                "}",
                ")",
                times("2\u0086", 60_000),
                "p0\nNs",
                ")",
                times("2\u0086", 60_000),
                "p1\n0",
                times("g1\nNs", 100_000),
                "."));
    attacks.put(
        "a long text as key, over and over",
        () ->
            of(
                "}X@B\u000f\u0000",
                times("x", MILLION),
                "p0\nNsX@B\u000f\u0000",
                times("x", MILLION),
                "p1\n0",
                times("h\u0001Ns", 500_000),
                "."));
    attacks.put("a huge int as key, over and over", HostilePickles::hugeIntKeys);
    attacks.put("ints that collide in Python", HostilePickles::collidingInts);
    attacks.put("texts that collide in Java", () -> collidingTexts("V", "\n"));
    attacks.put("tuples of texts that collide in Java", () -> collidingTexts("V", "\n\u0085"));
    attacks.put("names that collide in Java", () -> collidingTexts("cm\n", "\n"));
    attacks.put("decimals of many digits", HostilePickles::decimals);
    attacks.put(
        "NaN keys",
        () -> of("}(", times("G\u007f\u00f8\u0000\u0000\u0000\u0000\u0000\u0000N", 100_000), "u."));
    attacks.put("decimal text", () -> of("L", times("7", MILLION), "L\n."));
    attacks.put(
        "decimal text in a Decimal",
        () -> of("cdecimal\nDecimal\nV", times("7", MILLION), "\n\u0085R."));
    attacks.put("spaces around a number", () -> of("I", times(" ", 8 * MILLION - 10), "\n."));
    attacks.put(
        "a huge binary int", () -> of("\u008b@\r\u0003\u0000", times("\u007f", 200_000), "."));
    attacks.put(
        "the largest binary int allowed, printed",
        () -> of("\u008b\u0000\u0000\u0001\u0000", times("\u007f", 65_536), "\u0085."));
    for (String object :
        new String[] {
          "}",
          "]",
          "\u008f",
          "N",
          ")",
          "(\u0091",
          "K\u0005",
          "J\u0001\u0002\u0003\u0004",
          "}NNs",
          "]Na",
          "\u008f(N\u0090",
          "N\u0085"
        }) {
      attacks.put(
          "heaps of " + escaped(object),
          () -> of("(", times(object, 8 * MILLION / object.length() - 2), "l."));
    }
    attacks.put(
        "heaps of objects",
        () -> of("cm\nf\nq\u0000(", times("h\u0000)\u0081", 2 * MILLION - 10), "l."));
    attacks.put("heaps of copies", () -> of("]", times("2", 8 * MILLION - 2), "."));
    attacks.put(
        "a list that grows and grows", () -> of("]", times("(NNNNNNNNe", 800_000 - 1), "."));
    attacks.put("memo entries", () -> of("N", times("\u0094", 8 * MILLION - 2), "."));
    attacks.put("memo entries far apart", HostilePickles::distantEntries);
    attacks.put("a memo index of 2 billion", () -> of("K\u0001r\u00ff\u00ff\u00ff\u007f."));
    attacks.put(
        "states set over and over",
        () -> of("cm\nf\n)\u0081}(", numbered(50_000), "up0\nb", times("g0\nb", 100_000), "."));
    attacks.put("text of 2 billion bytes", () -> of("X\u00ff\u00ff\u00ff\u007fabc."));
    attacks.put(
        "bytes of 2 to the 63",
        () -> of("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f."));
    attacks.put("a bytearray of 2 to the 64", () -> of("\u0096", times("\u00ff", 8), "."));
    attacks.put("a frame of 2 to the 64", () -> of("\u0095", times("\u00ff", 8), "N."));
    attacks.put("a line without end", () -> of("V", times("x", 8 * MILLION - 2)));
    attacks.put(
        "names of a million letters",
        () -> of("c", times("a", MILLION), "\n", times("b", MILLION), "\n)R."));
    attacks.put("text of escapes", () -> of("V", times("\\u20ac", MILLION), "\n."));
    attacks.put("a list in itself", () -> of("]q\u0000h\u0000ah\u0000\u0086."));
    attacks.put("more than a payload may have", () -> new byte[20 * MILLION]);
    return attacks;
  }

  private static byte[] laughs() {
    return of("\u0080\u0004]", times("q\u0000]h\u0000ah\u0000a", 1000), ".");
  }

  private static byte[] hugeIntKeys() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    append(pickle, "}(");
    for (int i = 0; i < 9; i++) {
      append(pickle, "K", String.valueOf((char) i), "N");
    }
    append(pickle, "u\u008b\u0000\u0000\u0001\u0000", times("\u007f", 65_536), "p0\n0");
    append(pickle, times("h\u0000Ns", 500_000), ".");
    return pickle.toByteArray();
  }

  private static byte[] collidingInts() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    append(pickle, "}(");
    for (long i = 0; i < 120_000; i++) {
      append(pickle, "L", Long.toString((i - 2) * ((1L << 61) - 1) % Long.MAX_VALUE), "L\nN");
    }
    append(pickle, "u.");
    return pickle.toByteArray();
  }

  private static byte[] collidingTexts(String before, String after) {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    append(pickle, "}(");
    for (int i = 0; i < 1 << 16; i++) {
      append(pickle, before);
      for (int bit = 0; bit < 16; bit++) {
        append(pickle, (i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      append(pickle, after, "N");
    }
    append(pickle, "u.");
    return pickle.toByteArray();
  }

  private static byte[] decimals() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    append(pickle, "}(");
    for (int i = 0; i < 2000; i++) {
      append(
          pickle,
          "cdecimal\nDecimal\nV1",
          times("0", 2000),
          "E-",
          Integer.toString(i),
          "\n\u0085RN");
    }
    append(pickle, "u.");
    return pickle.toByteArray();
  }

  private static byte[] distantEntries() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    append(pickle, "N");
    for (long i = 0; i < 300_000; i++) {
      append(pickle, "p", Long.toString(i * 1_000_003), "\n");
    }
    append(pickle, ".");
    return pickle.toByteArray();
  }

  private static byte[] numbered(int count) {
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      append(items, "I", Integer.toString(i + 10), "\nN");
    }
    return items.toByteArray();
  }

  private static String escaped(String opcodes) {
    StringBuilder text = new StringBuilder();
    opcodes
        .chars()
        .forEach(
            unit ->
                text.append(
                    unit < 127 && unit > 31
                        ? "" + (char) unit
                        : "\\x" + Integer.toHexString(unit)));
    return text.toString();
  }

  private static byte[] times(String opcodes, int count) {
    byte[] unit = opcodes.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[unit.length * count];
    for (int i = 0; i < all.length; i++) {
      all[i] = unit[i % unit.length];
    }
    return all;
  }

  private static byte[] of(Object... parts) {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    append(pickle, parts);
    return pickle.toByteArray();
  }

  private static void append(ByteArrayOutputStream target, Object... parts) {
    for (Object part : parts) {
      byte[] bytes =
          part instanceof byte[] given
              ? given
              : ((String) part).getBytes(StandardCharsets.ISO_8859_1);
      target.write(bytes, 0, bytes.length);
    }
  }
}
