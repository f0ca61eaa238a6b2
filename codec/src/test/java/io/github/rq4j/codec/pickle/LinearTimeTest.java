package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.json.JsonSerializer;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Payloads that cost a careless reader time in the square of their size. Looked at is how the time
 * grows, not the time: eight times the size would take 64 times as long.
 */
class LinearTimeTest {
  private static final int GROWTH = 8;
  private static final int TOO_MUCH = 32;
  private static final int RUNS = 3;
  private static final long CLOCK_NOISE_NANOS = 2_000_000;
  private static final BigInteger PYTHON_HASH_MODULUS =
      BigInteger.TWO.pow(61).subtract(BigInteger.ONE);

  private static final CodecLimits LIMITS = CodecLimits.builder().build();
  private static final Serializer PICKLE = PickleSerializer.builder().limits(LIMITS).build();
  private static final Serializer JSON = JsonSerializer.withLimits(LIMITS);

  static Stream<Arguments> traps() {
    return Stream.of(
        trap("ints of one hash in Python", 2_000, PICKLE, LinearTimeTest::collidingInts),
        trap("texts of one hash in Java", 2_000, PICKLE, n -> dict(n, LinearTimeTest::key)),
        trap("tuples of such texts", 2_000, PICKLE, n -> dict(n, LinearTimeTest::tuple)),
        trap("NaN as key", 2_000, PICKLE, n -> dict(n, i -> "Fnan\nN")),
        trap("NaN in tuples as key", 2_000, PICKLE, n -> dict(n, i -> "Fnan\n\u0085N")),
        trap("the longest ints allowed", 5, PICKLE, LinearTimeTest::longestInts),
        trap("a tuple nested in itself as key", 2_000, PICKLE, LinearTimeTest::nestedKey),
        trap("a list that grows one by one", 5_000, PICKLE, LinearTimeTest::growingList),
        trap("equal names in JSON", 2_000, JSON, LinearTimeTest::jsonNames),
        trap("a long text of escapes in JSON", 5_000, JSON, LinearTimeTest::jsonEscapes));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("traps")
  void reading_and_using_takes_time_in_proportion(
      String name, int size, Serializer serializer, IntFunction<byte[]> payload) {
    byte[] small = payload.apply(size);
    byte[] large = payload.apply(size * GROWTH);
    use(serializer, large);

    long smallTime = cpuNanos(serializer, small);
    long largeTime = cpuNanos(serializer, large);

    assertThat(largeTime)
        .as("nanoseconds for %d bytes; %d took %d", large.length, small.length, smallTime)
        .isLessThan(TOO_MUCH * (smallTime + CLOCK_NOISE_NANOS));
  }

  /** The least time of some runs, in which nothing else on the machine has a part. */
  private static long cpuNanos(Serializer serializer, byte[] payload) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      long start = threads.getCurrentThreadCpuTime();
      use(serializer, payload);
      least = Math.min(least, threads.getCurrentThreadCpuTime() - start);
    }
    return least;
  }

  private static void use(Serializer serializer, byte[] payload) {
    Object value = serializer.deserialize(payload);
    assertThat(value).isNotNull();
    assertThat(String.valueOf(value)).isNotEmpty();
  }

  private static Arguments trap(
      String name, int size, Serializer serializer, IntFunction<byte[]> payload) {
    return Arguments.of(name, size, serializer, payload);
  }

  private static byte[] dict(int count, IntFunction<String> item) {
    return bytes("}(", count, item, "u.");
  }

  private static byte[] bytes(String start, int count, IntFunction<String> item, String end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(start.getBytes(StandardCharsets.ISO_8859_1));
    for (int i = 0; i < count; i++) {
      out.writeBytes(item.apply(i).getBytes(StandardCharsets.ISO_8859_1));
    }
    out.writeBytes(end.getBytes(StandardCharsets.ISO_8859_1));
    return out.toByteArray();
  }

  /** A line of text that has the same hash for each number, and None. */
  private static String key(int number) {
    return "V" + sameHash(number) + "\nN";
  }

  private static String tuple(int number) {
    return "V" + sameHash(number) + "\n\u0085N";
  }

  private static String sameHash(int number) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 16; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  private static byte[] collidingInts(int count) {
    return dict(count, i -> "L" + PYTHON_HASH_MODULUS.multiply(BigInteger.valueOf(i)) + "L\nN");
  }

  private static byte[] longestInts(int count) {
    String digits = "7".repeat(LIMITS.maxIntDigits());
    return bytes("(", count, i -> "L" + digits + "L\n", "l.");
  }

  private static byte[] nestedKey(int depth) {
    return bytes("})", depth, i -> "2\u0086", "Ns.");
  }

  private static byte[] growingList(int count) {
    return bytes("]", count, i -> "(Ne", ".");
  }

  private static byte[] jsonNames(int count) {
    return bytes("{\"\": 0", count, i -> ", \"" + sameHash(i) + "\": 0", "}");
  }

  private static byte[] jsonEscapes(int count) {
    return bytes("\"", count, i -> "\\u20ac", "\"");
  }
}
