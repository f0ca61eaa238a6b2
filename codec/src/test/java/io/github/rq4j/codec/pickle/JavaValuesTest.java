package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.LivePython;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTimeZone;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Java values as a live Python loads them, and as it would have written them itself. */
class JavaValuesTest {
  private static @Nullable LivePython python;

  private enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "green";
      }
    }
  }

  private record Line(String sku, int count, @Nullable BigDecimal price) {}

  private record Order(Line first, List<Line> others) {}

  private record Empty() {}

  @BeforeAll
  static void start() {
    python = LivePython.start("pickle_server.py");
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(python).close();
  }

  private static Arguments of(@Nullable Object value, String expression) {
    return Arguments.of(value, expression);
  }

  static Stream<Arguments> scalars() {
    return Stream.of(
        of((byte) -128, "-128"),
        of((short) 256, "256"),
        of(65535, "65535"),
        of(65536, "65536"),
        of(-1, "-1"),
        of(Integer.MIN_VALUE, "-2**31"),
        of(2147483648L, "2**31"),
        of(-2147483649L, "-2**31 - 1"),
        of(Long.MIN_VALUE, "-2**63"),
        of(1L << 39, "2**39"),
        of(-(1L << 39), "-2**39"),
        of(BigInteger.ONE, "1"),
        of(BigInteger.TWO.pow(63), "2**63"),
        of(BigInteger.TWO.pow(2039), "2**2039"),
        of(BigInteger.TWO.pow(2040).negate(), "-2**2040"),
        of(1.5f, "1.5"),
        of(0.1f, "0.10000000149011612"),
        of(-0.0, "-0.0"),
        of(true, "True"),
        of('x', "'x'"),
        of('\u20ac', "'\\u20ac'"),
        of("", "''"),
        of("a\u0000\n\\\u20ac\ud83d\ude00", "'a\\0\\n\\\\\\u20ac\\U0001f600'"),
        of(Colour.GREEN, "'GREEN'"),
        of(Optional.of(Optional.of(1)), "1"),
        of(Optional.empty(), "None"),
        of(OptionalInt.of(1), "1"),
        of(OptionalLong.empty(), "None"),
        of(OptionalDouble.of(1), "1.0"),
        of(new byte[] {0, -1}, "b'\\0\\xff'"),
        of(new byte[0], "b''"),
        of(new UUID(0, 5), "uuid.UUID(int=5)"),
        of(new UUID(-1, -1), "uuid.UUID(int=2**128 - 1)"),
        of(new BigDecimal("1.50"), "decimal.Decimal('1.50')"),
        of(new BigDecimal("1E+3"), "decimal.Decimal('1E+3')"),
        of(new BigDecimal("0E-10"), "decimal.Decimal('0E-10')"),
        of(new BigDecimal("-123E-9"), "decimal.Decimal('-1.23E-7')"));
  }

  static Stream<Arguments> times() {
    LocalDateTime winter = LocalDateTime.of(2024, 1, 2, 3, 4, 5, 678_901_000);
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    String parts = "2024, 1, 2, 3, 4, 5, 678901";
    return Stream.of(
        of(LocalDate.of(1, 1, 1), "datetime.date(1, 1, 1)"),
        of(LocalDate.of(9999, 12, 31), "datetime.date(9999, 12, 31)"),
        of(LocalTime.of(23, 59, 59, 999_999_000), "datetime.time(23, 59, 59, 999999)"),
        of(
            OffsetTime.of(1, 2, 3, 0, ZoneOffset.UTC),
            "datetime.time(1, 2, 3, tzinfo=datetime.timezone.utc)"),
        of(winter, "datetime.datetime(" + parts + ")"),
        of(
            OffsetDateTime.of(winter, ZoneOffset.ofHoursMinutes(-3, -30)),
            "datetime.datetime("
                + parts
                + ", datetime.timezone(-datetime.timedelta(minutes=210)))"),
        of(
            ZonedDateTime.of(winter, berlin),
            "datetime.datetime(" + parts + ", zoneinfo.ZoneInfo('Europe/Berlin'))"),
        of(
            ZonedDateTime.of(winter, ZoneOffset.UTC),
            "datetime.datetime(" + parts + ", datetime.timezone.utc)"),
        of(
            ZonedDateTime.of(winter, ZoneId.of("UTC+02:00")),
            "datetime.datetime(" + parts + ", datetime.timezone(datetime.timedelta(hours=2)))"),
        of(winter.toInstant(ZoneOffset.UTC), "datetime.datetime(" + parts + ", UTC)"),
        of(Instant.EPOCH, "datetime.datetime(1970, 1, 1, tzinfo=UTC)"),
        of(Duration.ZERO, "datetime.timedelta(0)"),
        of(Duration.ofNanos(-1000), "datetime.timedelta(microseconds=-1)"),
        of(Duration.ofDays(999_999_999), "datetime.timedelta(999999999)"),
        of(ZoneOffset.UTC, "UTC"),
        of(ZoneOffset.ofTotalSeconds(1), "datetime.timezone(datetime.timedelta(seconds=1))"),
        of(new PythonTimeZone(Duration.ZERO, null), "UTC"),
        of(ZoneId.of("UTC"), "zoneinfo.ZoneInfo('UTC')"),
        of(
            PythonTuple.of(ZonedDateTime.of(winter, berlin), ZoneId.of("Europe/Berlin")),
            "(lambda z: (datetime.datetime("
                + parts
                + ", z), z))(zoneinfo.ZoneInfo('Europe/Berlin'))"));
  }

  static Stream<Arguments> containers() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("b", 1);
    map.put("a", null);
    Line line = new Line("x1", 2, new BigDecimal("9.99"));
    String lineDict = "{'sku': 'x1', 'count': 2, 'price': decimal.Decimal('9.99')}";
    int[] thousand = IntStream.range(0, 1000).toArray();
    int[] more = IntStream.range(0, 1001).toArray();
    return Stream.of(
        of(List.of(), "[]"),
        of(Arrays.asList(1, null), "[1, None]"),
        of(new ArrayDeque<>(List.of(1, 2)), "[1, 2]"),
        of(Collections.nCopies(1001, 7), "[7] * 1001"),
        of(new Object[] {"x", 1}, "['x', 1]"),
        of(new int[][] {{1}, {}}, "[[1], []]"),
        of(new short[] {1}, "[1]"),
        of(thousand, "list(range(1000))"),
        of(more, "list(range(1001))"),
        of(new long[] {1L << 40}, "[2**40]"),
        of(new float[] {0.5f}, "[0.5]"),
        of(new double[] {0.5, 1}, "[0.5, 1.0]"),
        of(new boolean[] {true, false}, "[True, False]"),
        of(new char[] {'a', 'a'}, "['a', 'a']"),
        of(map, "{'b': 1, 'a': None}"),
        of(new TreeMap<>(Map.of(2, "y", 1, "x")), "{1: 'x', 2: 'y'}"),
        of(Map.of(Colour.RED, 1), "{'RED': 1}"),
        of(new LinkedHashSet<>(List.of(1)), "{1}"),
        of(EnumSet.of(Colour.RED), "{'RED'}"),
        of(new Empty(), "{}"),
        of(line, lineDict),
        of(
            new Order(line, List.of(line)),
            "(lambda l: {'first': l, 'others': [l]})(" + lineDict + ")"));
  }

  static Stream<Arguments> objects() {
    PythonGlobal plain = new PythonGlobal("__main__", "Plain");
    PythonObject point = PythonObject.newObject(plain, PythonTuple.EMPTY);
    PythonDict state = new PythonDict();
    state.put("x", 1L);
    point.setState(state);
    PythonObject error =
        PythonObject.reduce(new PythonGlobal("builtins", "ValueError"), PythonTuple.of("x", 2L));
    return Stream.of(
        of(plain, "Plain"),
        of(point, "Plain(x=1)"),
        of(error, "ValueError('x', 2)"),
        of(
            PythonObject.newObject(new PythonGlobal("__main__", "Table"), PythonTuple.EMPTY),
            "Table()"),
        of(
            PythonObject.reduce(
                new PythonGlobal("builtins", "type"), PythonTuple.of((Object) null)),
            "type(None)"));
  }

  @ParameterizedTest
  @MethodSource({"scalars", "times", "containers"})
  void a_java_value_is_written_as_python_writes_its_own_like(
      @Nullable Object value, String expression) {
    for (int protocol = 0; protocol <= PickleSerializer.DEFAULT_PROTOCOL; protocol++) {
      assertThat(written(value, protocol, expression))
          .as("protocol %d", protocol)
          .isEqualTo("same");
    }
  }

  @ParameterizedTest
  @MethodSource("objects")
  void an_object_is_loaded_whatever_the_protocol(Object value, String expression) {
    for (int protocol = 0; protocol <= PickleSerializer.DEFAULT_PROTOCOL; protocol++) {
      assertThat(loaded(value, protocol, expression)).as("protocol %d", protocol).isEqualTo("same");
    }
  }

  static Stream<Arguments> objectsOfOtherForms() {
    PythonGlobal point = new PythonGlobal("__main__", "Point");
    PythonGlobal keyword = new PythonGlobal("__main__", "Keyword");
    PythonDict kwargs = new PythonDict();
    kwargs.put("size", 3L);
    return Stream.of(
        of(PythonObject.newObject(point, PythonTuple.of(1L, 2L)), "Point(1, 2)"),
        of(PythonObject.newObject(keyword, PythonTuple.EMPTY, kwargs), "Keyword(size=3)"),
        of(PythonObject.instance(point, PythonTuple.of(1L, 2L)), "Point(1, 2)"),
        of(
            PythonObject.instance(new PythonGlobal("__main__", "Plain"), PythonTuple.EMPTY),
            "Plain()"));
  }

  @ParameterizedTest
  @MethodSource("objectsOfOtherForms")
  void a_form_that_a_protocol_lacks_is_written_in_another(Object value, String expression) {
    for (int protocol = 0; protocol <= PickleSerializer.DEFAULT_PROTOCOL; protocol++) {
      assertThat(loaded(value, protocol, expression)).as("protocol %d", protocol).isEqualTo("same");
    }
  }

  private static String written(@Nullable Object value, int protocol, String expression) {
    return ask("written", value, protocol, expression);
  }

  private static String loaded(@Nullable Object value, int protocol, String expression) {
    return ask("loaded", value, protocol, expression);
  }

  private static String ask(
      String function, @Nullable Object value, int protocol, String expression) {
    PickleSerializer serializer =
        PickleSerializer.builder()
            .protocol(protocol)
            .allowGlobals(global -> global.module().equals("__main__"))
            .build();
    String pickle = HexFormat.of().formatHex(serializer.serialize(value));
    return Objects.requireNonNull(python)
        .ask("%s('%s', %d, %s)".formatted(function, pickle, protocol, expression));
  }
}
