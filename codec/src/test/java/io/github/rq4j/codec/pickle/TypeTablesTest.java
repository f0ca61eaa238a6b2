package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.LivePython;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonArray;
import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonComplex;
import io.github.rq4j.codec.python.PythonDateTime;
import io.github.rq4j.codec.python.PythonDecimal;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonFraction;
import io.github.rq4j.codec.python.PythonFrozenSet;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonPath;
import io.github.rq4j.codec.python.PythonRange;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonSingleton;
import io.github.rq4j.codec.python.PythonSlice;
import io.github.rq4j.codec.python.PythonTime;
import io.github.rq4j.codec.python.PythonTimeZone;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the tables in docs/pickle.md, with a live Python on the other side. */
class TypeTablesTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final PickleSerializer PICKLE = PickleSerializer.defaults();
  private static @Nullable LivePython python;

  record Point(int x, Optional<String> label) {}

  @BeforeAll
  static void start() {
    python = LivePython.start("pickle_server.py");
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(python).close();
  }

  private static String ask(String question) {
    return Objects.requireNonNull(python).ask(question);
  }

  private static @Nullable Object read(String expression) {
    String hex = ask("pickle.dumps(" + expression + ", 5).hex()");
    return PICKLE.deserialize(HEX.parseHex(hex));
  }

  private static PythonObject object(String expression) {
    return (PythonObject) Objects.requireNonNull(read(expression));
  }

  private static String loaded(byte[] pickle) {
    return ask("repr(pickle.loads(bytes.fromhex('" + HEX.formatHex(pickle) + "')))");
  }

  static Stream<Arguments> readings() {
    return Stream.of(
        Arguments.of("True", Boolean.class),
        Arguments.of("2**63 - 1", Long.class),
        Arguments.of("-2**63 - 1", BigInteger.class),
        Arguments.of("1.5", Double.class),
        Arguments.of("1j", PythonComplex.class),
        Arguments.of("'text'", String.class),
        Arguments.of("b'bytes'", PythonBytes.class),
        Arguments.of("bytearray(b'bytes')", PythonByteArray.class),
        Arguments.of("[1]", PythonList.class),
        Arguments.of("(1,)", PythonTuple.class),
        Arguments.of("{1: 2}", PythonDict.class),
        Arguments.of("{1}", PythonSet.class),
        Arguments.of("frozenset({1})", PythonFrozenSet.class),
        Arguments.of("range(3)", PythonRange.class),
        Arguments.of("slice(3)", PythonSlice.class),
        Arguments.of("...", PythonSingleton.class),
        Arguments.of("NotImplemented", PythonSingleton.class),
        Arguments.of("datetime.date(2024, 1, 2)", LocalDate.class),
        Arguments.of("datetime.time(1, 2)", LocalTime.class),
        Arguments.of("datetime.time(1, 2, tzinfo=UTC)", PythonTime.class),
        Arguments.of("datetime.datetime(2024, 1, 2)", LocalDateTime.class),
        Arguments.of("datetime.datetime(2024, 1, 2, tzinfo=UTC)", OffsetDateTime.class),
        Arguments.of(
            "datetime.datetime(2024, 1, 2, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin'))",
            ZonedDateTime.class),
        Arguments.of("datetime.datetime(2024, 1, 2, fold=1)", PythonDateTime.class),
        Arguments.of(
            "datetime.datetime(2024, 3, 31, 2, 30, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin'))",
            PythonDateTime.class),
        Arguments.of(
            "datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone(datetime.timedelta(0), 'x'))",
            PythonDateTime.class),
        Arguments.of("datetime.timedelta(1)", Duration.class),
        Arguments.of("UTC", ZoneOffset.class),
        Arguments.of("datetime.timezone(datetime.timedelta(0), 'x')", PythonTimeZone.class),
        Arguments.of("zoneinfo.ZoneInfo('Europe/Berlin')", ZoneId.class),
        Arguments.of("zoneinfo.ZoneInfo.no_cache('Europe/Berlin')", PythonObject.class),
        Arguments.of("decimal.Decimal('1.50')", BigDecimal.class),
        Arguments.of("decimal.Decimal('NaN')", PythonDecimal.class),
        Arguments.of("decimal.Decimal('-0')", PythonDecimal.class),
        Arguments.of("decimal.Decimal('Infinity')", PythonDecimal.class),
        Arguments.of("fractions.Fraction(1, 3)", PythonFraction.class),
        Arguments.of("uuid.UUID(int=5)", UUID.class),
        Arguments.of("uuid.UUID(int=5, is_safe=uuid.SafeUUID.safe)", PythonObject.class),
        Arguments.of("pathlib.PurePosixPath('/etc')", PythonPath.class),
        Arguments.of("array('i', [1])", PythonArray.class),
        Arguments.of("Plain", PythonGlobal.class),
        Arguments.of("moment", PythonGlobal.class),
        Arguments.of("OrderedDict(a=1)", PythonObject.class),
        Arguments.of("defaultdict(list)", PythonObject.class),
        Arguments.of("Counter('aab')", PythonObject.class),
        Arguments.of("deque([1])", PythonObject.class),
        Arguments.of("Point(1, 2)", PythonObject.class),
        Arguments.of("Words([1])", PythonObject.class),
        Arguments.of("Text('text')", PythonObject.class),
        Arguments.of("Level.LOW", PythonObject.class),
        Arguments.of("Plain(a=1)", PythonObject.class),
        Arguments.of("Money(1)", PythonObject.class),
        Arguments.of("Colour.RED", PythonObject.class),
        Arguments.of("ValueError('no')", PythonObject.class),
        Arguments.of("pickle.PickleBuffer(b'x')", PythonBytes.class));
  }

  @ParameterizedTest
  @MethodSource("readings")
  void a_value_of_python_reads_as_the_table_says(String expression, Class<?> type) {
    assertThat(read(expression)).isInstanceOf(type);
  }

  @Test
  void none_reads_as_null() {
    assertThat(read("None")).isNull();
  }

  @Test
  void the_parts_of_objects_are_found_where_the_page_says() {
    assertThat(object("Plain(a=1)").attributes()).isEqualTo(Map.of("a", 1L));
    assertThat(object("Plain(a=1)").type()).contains(new PythonGlobal("__main__", "Plain"));
    assertThat(object("Colour.RED").args()).containsExactly("red");
    assertThat(object("Point(1, 2)").args()).containsExactly(1L, 2L);
    assertThat(object("ValueError('no')").args()).containsExactly("no");
    assertThat(object("Text('text')").args()).contains("text");
    assertThat(object("deque([1, 2])").asList()).contains(List.of(1L, 2L));
    assertThat(object("Words([1, 2])").asList()).contains(List.of(1L, 2L));
    assertThat(object("OrderedDict(a=1)").asMap()).contains(Map.of("a", 1L));
    assertThat(object("Counter('aab')").asMap()).contains(Map.of("a", 2L, "b", 1L));
  }

  @Test
  void two_surrogates_become_the_character_that_they_stand_for() {
    Object read = read("'\\ud83d' + '\\ude00'");
    assertThat(read).isEqualTo("\ud83d\ude00");
    assertThat(loaded(PICKLE.serialize(read))).isEqualTo("'\ud83d\ude00'");
  }

  static Stream<Arguments> writings() {
    Instant instant = Instant.parse("2024-01-02T03:04:05.000006Z");
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    return Stream.of(
        Arguments.of(Optional.empty(), "None"),
        Arguments.of(Optional.of("x"), "'x'"),
        Arguments.of(OptionalInt.of(1), "1"),
        Arguments.of(true, "True"),
        Arguments.of((byte) -1, "-1"),
        Arguments.of((short) -1, "-1"),
        Arguments.of(1, "1"),
        Arguments.of(1L, "1"),
        Arguments.of(BigInteger.TEN.pow(30), "1" + "0".repeat(30)),
        Arguments.of(1.5, "1.5"),
        Arguments.of(0.1f, "0.10000000149011612"),
        Arguments.of(new BigDecimal("1.50"), "Decimal('1.50')"),
        Arguments.of("text", "'text'"),
        Arguments.of('c', "'c'"),
        Arguments.of(TimeUnit.DAYS, "'DAYS'"),
        Arguments.of(new byte[] {1, -1}, "b'\\x01\\xff'"),
        Arguments.of(new int[] {1, 2}, "[1, 2]"),
        Arguments.of(new double[] {1}, "[1.0]"),
        Arguments.of(new char[] {'a'}, "['a']"),
        Arguments.of(new Object[] {"a", null}, "['a', None]"),
        Arguments.of(List.of(1, "a"), "[1, 'a']"),
        Arguments.of(new ArrayDeque<>(List.of(1)), "[1]"),
        Arguments.of(Set.of(1), "{1}"),
        Arguments.of(new TreeMap<>(Map.of("b", 1, "a", 2)), "{'a': 2, 'b': 1}"),
        Arguments.of(new Point(1, Optional.empty()), "{'x': 1, 'label': None}"),
        Arguments.of(LocalDate.of(2024, 1, 2), "datetime.date(2024, 1, 2)"),
        Arguments.of(LocalTime.of(1, 2), "datetime.time(1, 2)"),
        Arguments.of(
            OffsetTime.of(LocalTime.of(1, 2), ZoneOffset.UTC),
            "datetime.time(1, 2, tzinfo=datetime.timezone.utc)"),
        Arguments.of(LocalDateTime.of(2024, 1, 2, 3, 4), "datetime.datetime(2024, 1, 2, 3, 4)"),
        Arguments.of(
            instant, "datetime.datetime(2024, 1, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)"),
        Arguments.of(
            instant.atOffset(ZoneOffset.ofHours(2)),
            "datetime.datetime(2024, 1, 2, 5, 4, 5, 6,"
                + " tzinfo=datetime.timezone(datetime.timedelta(seconds=7200)))"),
        Arguments.of(
            instant.atZone(berlin),
            "datetime.datetime(2024, 1, 2, 4, 4, 5, 6,"
                + " tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))"),
        Arguments.of(
            Instant.parse("2024-10-27T01:30:00Z").atZone(berlin),
            "datetime.datetime(2024, 10, 27, 2, 30, fold=1,"
                + " tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))"),
        Arguments.of(berlin, "zoneinfo.ZoneInfo(key='Europe/Berlin')"),
        Arguments.of(ZoneOffset.UTC, "datetime.timezone.utc"),
        Arguments.of(Duration.ofMinutes(1), "datetime.timedelta(seconds=60)"),
        Arguments.of(new UUID(0, 5), "UUID('00000000-0000-0000-0000-000000000005')"));
  }

  @ParameterizedTest
  @MethodSource("writings")
  void a_value_of_java_is_written_as_the_table_says(Object value, String repr) {
    assertThat(loaded(PICKLE.serialize(value))).isEqualTo(repr);
  }

  static Stream<Object> refusals() {
    return Stream.of(
        new Object(),
        URI.create("http://localhost"),
        Path.of("x"),
        new AtomicInteger(),
        Period.ofDays(1),
        Stream.of(1),
        List.of(1).iterator(),
        new RuntimeException(),
        Map.of(1, "int", 1.0, "float"),
        Map.of(new Point(1, Optional.empty()), 1),
        Instant.ofEpochSecond(0, 1),
        Duration.ofNanos(1),
        LocalDate.of(10_000, 1, 1),
        LocalDate.of(0, 1, 1),
        Duration.ofDays(1_000_000_000));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void what_has_no_form_or_would_lose_something_is_refused(Object value) {
    assertThatThrownBy(() -> PICKLE.serialize(value)).isInstanceOf(UnsupportedValueException.class);
  }

  @Test
  void times_are_rounded_where_that_was_asked_for() {
    PickleSerializer rounding = PickleSerializer.builder().roundTimes(RoundingMode.DOWN).build();
    assertThat(loaded(rounding.serialize(Duration.ofNanos(1999))))
        .isEqualTo("datetime.timedelta(microseconds=1)");
  }

  @Test
  void the_second_of_two_equal_hours_needs_protocol_4() {
    PickleSerializer old = PickleSerializer.builder().protocol(3).build();
    ZonedDateTime second = Instant.parse("2024-10-27T01:30:00Z").atZone(ZoneId.of("Europe/Berlin"));
    assertThatThrownBy(() -> old.serialize(second)).isInstanceOf(UnsupportedValueException.class);
  }
}
