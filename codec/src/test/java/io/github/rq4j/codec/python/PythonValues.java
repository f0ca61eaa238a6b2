package io.github.rq4j.codec.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Random values of every type whose text in Python says all about them. */
public final class PythonValues {
  private PythonValues() {}

  public static Arbitrary<@Nullable Object> any() {
    return Arbitraries.recursive(PythonValues::leaf, PythonValues::container, 0, 3);
  }

  public static Arbitrary<Double> doubles() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Double::longBitsToDouble),
        Arbitraries.integers().between(-1074, 1023).map(e -> Math.scalb(1.0, e)),
        Arbitraries.doubles().between(-1e6, 1e6).ofScale(3),
        Arbitraries.longs().between(1, 9_999_999).map(n -> n * 1e15),
        Arbitraries.of(
            0.0,
            -0.0,
            1e16,
            1e15,
            123456789012345680.0,
            0.0001,
            0.00001,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            0x1p53));
  }

  public static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ascii().ofMaxLength(20),
        Arbitraries.strings()
            .withChars("a'\"\\\n\r\t\u0000\u007f\u0085\u00ad\u200b\u2028\u3000")
            .ofMaxLength(8),
        Arbitraries.strings().withChars('\u0080', '\u024f').ofMaxLength(8),
        Arbitraries.strings().withChars('\ud7ff', '\ue001').ofMaxLength(4),
        Arbitraries.of(
            "\ud83d\ude00",
            "e\u0301",
            "\udbff\udfff",
            "\udb40\udc01",
            "\ufeff\uffff",
            "\u4e2d\u6587"),
        Arbitraries.strings().withChars("\ud83d\ude00x").ofMinLength(60).ofMaxLength(160));
  }

  private static Arbitrary<BigInteger> integers() {
    return Arbitraries.bigIntegers()
        .between(BigInteger.TEN.pow(60).negate(), BigInteger.TEN.pow(60));
  }

  private static Arbitrary<byte[]> bytes() {
    return Arbitraries.oneOf(
        Arbitraries.bytes().array(byte[].class).ofMaxSize(12),
        Arbitraries.of((byte) '\'', (byte) '"', (byte) 'a').array(byte[].class).ofMaxSize(3));
  }

  private static Arbitrary<LocalTime> times() {
    Arbitrary<Integer> part = Arbitraries.integers().between(0, 59);
    Arbitrary<Integer> micros = Arbitraries.of(0, 0, 1, 500_000, 999_999);
    return Combinators.combine(part.map(h -> h % 24), part, Arbitraries.of(0, 0, 59), micros)
        .as((h, m, s, us) -> LocalTime.of(h, m, s, us * 1000));
  }

  private static Arbitrary<LocalDateTime> dateTimes() {
    Arbitrary<LocalDate> dates =
        Arbitraries.longs().between(-719_162, 2_932_896).map(LocalDate::ofEpochDay);
    return Combinators.combine(dates, times()).as(LocalDateTime::of);
  }

  private static Arbitrary<Object> zones() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(-18 * 3600, 18 * 3600).map(ZoneOffset::ofTotalSeconds),
        Arbitraries.of(ZoneOffset.UTC, ZoneOffset.ofHours(1)),
        Combinators.combine(Arbitraries.integers().between(-86_399, 86_399), texts())
            .as((seconds, name) -> new PythonTimeZone(Duration.ofSeconds(seconds, 1000), name)));
  }

  private static Arbitrary<Object> temporals() {
    Arbitrary<Boolean> folds = Arbitraries.of(true, false);
    return Arbitraries.oneOf(
        dateTimes(),
        dateTimes().map(LocalDateTime::toLocalDate),
        times(),
        Combinators.combine(
                dateTimes(), Arbitraries.of(ZoneOffset.UTC, ZoneOffset.ofHoursMinutes(-3, -30)))
            .as(LocalDateTime::atOffset),
        dateTimes()
            .map(
                local ->
                    local
                        .plusYears(local.getYear() < 9000 ? 1 : 0)
                        .atZone(ZoneId.of("Asia/Tokyo"))),
        Combinators.combine(dateTimes(), folds, zones()).as(PythonDateTime::of),
        Combinators.combine(times(), folds, zones()).as(PythonTime::of),
        zones(),
        Combinators.combine(
                Arbitraries.longs().between(-999_999_999L * 86_400, 999_999_999L * 86_400),
                Arbitraries.of(0, 0, 1, 999_999))
            .as((seconds, micros) -> Duration.ofSeconds(seconds, micros * 1000L)));
  }

  private static Arbitrary<Object> numbers() {
    Arbitrary<BigDecimal> decimals =
        Combinators.combine(integers(), Arbitraries.integers().between(-40, 40))
            .as(BigDecimal::new);
    return Arbitraries.oneOf(
        Arbitraries.of(true, false),
        Arbitraries.longs(),
        integers(),
        doubles(),
        decimals,
        Combinators.combine(doubles(), doubles()).as(PythonComplex::new),
        Arbitraries.of("NaN", "-NaN123", "sNaN", "Infinity", "-Infinity", "-0", "-0.00", "-0E+7")
            .map(PythonDecimal::new),
        Combinators.combine(
                integers(),
                Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.TEN.pow(20)))
            .as(PythonFraction::new));
  }

  private static Arbitrary<Object> oddities() {
    Arbitrary<Long> small = Arbitraries.longs().between(-5, 5);
    return Arbitraries.oneOf(
        Arbitraries.randomValue(random -> new UUID(random.nextLong(), random.nextLong())),
        Combinators.combine(small, small, small.filter(step -> step != 0)).as(PythonRange::of),
        Combinators.combine(small.injectNull(0.3), small.injectNull(0.3), small.injectNull(0.3))
            .as(PythonSlice::of),
        Arbitraries.of(PythonSingleton.class),
        Arbitraries.of(
            new PythonPath("PurePosixPath", List.of("/", "a'b", "c")),
            new PythonPath("PureWindowsPath", List.of("C:\\", "dir")),
            new PythonPath("PurePosixPath", List.of())),
        small.array(long[].class).ofMaxSize(3).map(v -> PythonArray.ofLongs('q', v)),
        doubles()
            .array(Double[].class)
            .ofMaxSize(3)
            .map(v -> PythonArray.ofDoubles('d', Arrays.stream(v).mapToDouble(d -> d).toArray())));
  }

  private static Arbitrary<@Nullable Object> leaf() {
    Arbitrary<Object> leaves =
        Arbitraries.oneOf(
            texts(),
            bytes().map(PythonBytes::fromArray),
            bytes().map(PythonByteArray::fromArray),
            numbers(),
            temporals(),
            oddities());
    return leaves.injectNull(0.05);
  }

  private static Arbitrary<@Nullable Object> container(Arbitrary<@Nullable Object> elements) {
    Arbitrary<List<@Nullable Object>> lists = elements.list().ofMaxSize(3);
    return Arbitraries.oneOf(
        elements,
        lists.map(PythonList::new),
        lists.map(PythonTuple::copyOf),
        Combinators.combine(texts().list().uniqueElements().ofMaxSize(3), elements)
            .as(PythonValues::dict),
        texts().map(text -> PythonFrozenSet.of(text)),
        Arbitraries.of(PythonFrozenSet.of(), new PythonSet()),
        texts().map(PythonValues::set));
  }

  private static PythonDict dict(List<String> keys, @Nullable Object value) {
    PythonDict dict = new PythonDict();
    keys.forEach(key -> dict.put(key, value));
    return dict;
  }

  private static PythonSet set(String member) {
    PythonSet set = new PythonSet();
    set.add(member);
    return set;
  }
}
