package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.LivePython;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Times the writing of job tuples, taking turns with CPython. Run {@link #main} from the test class
 * path; not a test. For each size it prints the best of several turns in nanoseconds: Python, Java
 * with values that were written before, and with values that are new each time, whose identity
 * hashes have to be made first.
 */
public final class EncodeTiming {
  private static final int TURNS = 7;
  private static long sink;

  private EncodeTiming() {}

  public static void main(String[] args) {
    try (LivePython python = LivePython.start("timing_server.py")) {
      measure(python, "small", 400_000, 2_000);
      measure(python, "medium", 60_000, 500);
      measure(python, "large", 30, 3);
    }
    if (sink == 0) {
      throw new IllegalStateException("nothing was written");
    }
  }

  private static void measure(LivePython python, String name, int times, int copies) {
    byte[] pickle = HexFormat.of().parseHex(python.ask("job('" + name + "')"));
    Object read = PickleSerializer.defaults().deserialize(pickle);
    if (!Arrays.equals(PickleSerializer.defaults().serialize(read), pickle)) {
      throw new IllegalStateException("other bytes than Python's");
    }
    long best = Long.MAX_VALUE;
    long bestFresh = Long.MAX_VALUE;
    long bestPython = Long.MAX_VALUE;
    for (int turn = 0; turn < TURNS; turn++) {
      bestPython =
          Math.min(bestPython, Long.parseLong(python.ask("dumps('" + name + "', " + times + ")")));
      best = Math.min(best, writeOften(read, times));
      for (int part = 0; part < Math.max(1, times / copies / 4); part++) {
        bestFresh = Math.min(bestFresh, writeEach(copies(read, copies)));
      }
    }
    System.out.printf(
        "%-7s %8d bytes: python %9d ns, java %9d ns (%.2f), new values %9d ns (%.2f)%n",
        name,
        pickle.length,
        bestPython,
        best,
        (double) best / bestPython,
        bestFresh,
        (double) bestFresh / bestPython);
  }

  private static long writeOften(@Nullable Object value, int times) {
    PickleSerializer serializer = PickleSerializer.defaults();
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      sink += serializer.serialize(value).length;
    }
    return (System.nanoTime() - start) / times;
  }

  private static long writeEach(List<@Nullable Object> values) {
    PickleSerializer serializer = PickleSerializer.defaults();
    long start = System.nanoTime();
    for (Object value : values) {
      sink += serializer.serialize(value).length;
    }
    return (System.nanoTime() - start) / values.size();
  }

  private static List<@Nullable Object> copies(@Nullable Object value, int count) {
    List<@Nullable Object> copies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      copies.add(copy(value));
    }
    return copies;
  }

  /** The value as plain Java collections, with new texts as well, except for the keys. */
  private static @Nullable Object copy(@Nullable Object value) {
    if (value instanceof String text) {
      return String.valueOf(text.toCharArray());
    }
    if (value instanceof PythonTuple tuple) {
      return PythonTuple.copyOf(tuple.asList().stream().map(EncodeTiming::copy).toList());
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(copy(item)));
      return copy;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(key, copy(item)));
      return copy;
    }
    return value;
  }
}
