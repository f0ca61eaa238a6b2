package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonDateTime;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PickleSerializerTest {
  private static final PickleSerializer PICKLE = PickleSerializer.defaults();

  private record Line(String sku, Object price) {}

  private record Order(List<Line> lines) {}

  private record Closed(Object part) {}

  private static String write(int protocol, @Nullable Object value) {
    byte[] pickle = PickleSerializer.builder().protocol(protocol).build().serialize(value);
    return new String(pickle, StandardCharsets.ISO_8859_1);
  }

  private static @Nullable Object roundTrip(@Nullable Object value) {
    return PICKLE.deserialize(PICKLE.serialize(value));
  }

  private static void assertRefused(@Nullable Object value, String message) {
    assertThatThrownBy(() -> PICKLE.serialize(value))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessage(message);
  }

  @Test
  void the_usual_job_is_the_65_bytes_that_python_writes() {
    Object job =
        PythonTuple.of(
            "tasks.count_words_at_url", null, PythonTuple.of("http://nvie.com"), new PythonDict());
    assertThat(HexFormat.of().formatHex(PICKLE.serialize(job)))
        .isEqualTo(
            "80059536000000000000002"
                + "88c187461736b732e636f756e745f776f7264735f61745f75726c944e"
                + "8c0f687474703a2f2f6e7669652e636f6d9485947d9474942e");
  }

  @Test
  void a_list_in_itself_is_written_as_a_reference() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertThat(write(2, list)).isEqualTo("\u0080\u0002]q\u0000h\u0000a.");
  }

  @Test
  void a_tuple_in_its_own_list_is_taken_from_the_memo() {
    PythonList list = new PythonList();
    PythonTuple tuple = PythonTuple.of(list);
    list.add(tuple);
    assertThat(write(4, tuple).substring(11)).isEqualTo("]\u0094h\u0000\u0085\u0094a0h\u0001.");
  }

  @Test
  void a_map_and_a_record_in_themselves_are_written() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("self", new Closed(map));
    PythonDict read = (PythonDict) Objects.requireNonNull(roundTrip(map));
    assertThat(((PythonDict) Objects.requireNonNull(read.get("self"))).get("part")).isSameAs(read);
  }

  @Test
  void one_object_stays_one_and_equal_ones_stay_apart() {
    List<Integer> one = List.of(1);
    List<?> read =
        (List<?>) Objects.requireNonNull(roundTrip(List.of(one, one, new ArrayList<>(one))));
    assertThat(read.get(1)).isSameAs(read.get(0));
    assertThat(read.get(2)).isEqualTo(read.get(0)).isNotSameAs(read.get(0));
  }

  @Test
  void names_of_record_components_and_enum_constants_are_written_once() {
    Object lines = List.of(new Line("a1", RoundingMode.UP), new Line("b1", RoundingMode.UP));
    String pickle = write(5, lines);
    for (String name : List.of("sku", "price", "UP")) {
      assertThat(pickle.indexOf(name)).isPositive().isEqualTo(pickle.lastIndexOf(name));
    }
  }

  @Test
  void nesting_up_to_the_limit_needs_no_call_stack() throws Exception {
    byte[] deep = inSmallStack(() -> PICKLE.serialize(nested(10_000)));
    assertThat(deep).hasSizeGreaterThan(20_000);
  }

  @Test
  void nesting_beyond_the_limit_is_refused_with_a_short_path() {
    assertThatThrownBy(() -> PICKLE.serialize(nested(10_001)))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageStartingWith("value[0][0]")
        .hasMessageContaining("...")
        .hasMessageContaining("nested more than 10000 levels deep")
        .hasMessageContaining("maxDepth")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void the_limit_can_be_raised_far_beyond_any_call_stack() throws Exception {
    PickleSerializer deep =
        PickleSerializer.builder()
            .limits(CodecLimits.builder().maxDepth(1_000_000).build())
            .build();
    byte[] pickle = inSmallStack(() -> deep.serialize(nested(1_000_000)));
    assertThat(pickle).hasSizeGreaterThan(2_000_000);
  }

  private interface Work {
    byte[] run();
  }

  private static byte[] inSmallStack(Work work) throws InterruptedException {
    List<byte[]> result = Collections.synchronizedList(new ArrayList<>());
    Thread thread = new Thread(null, () -> result.add(work.run()), "small-stack", 128 * 1024);
    thread.start();
    thread.join(60_000);
    return result.get(0);
  }

  private static Object nested(int depth) {
    List<Object> list = List.of("innermost");
    for (int i = 1; i < depth; i++) {
      List<Object> outer = new ArrayList<>();
      outer.add(list);
      list = outer;
    }
    return list;
  }

  @Test
  void what_has_no_python_form_is_refused_with_its_place() {
    Order order = new Order(List.of(new Line("a", 1), new Line("b", Locale.ROOT)));
    assertThatThrownBy(() -> PICKLE.serialize(Map.of("order", order), "result"))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessage(
            "result.order.lines[1].price: a java.util.Locale has no Python form;"
                + " pass a record, a Map or another type that has");
  }

  @Test
  void a_place_under_an_odd_key_does_not_show_the_key() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put("fine", 1);
    map.put("top secret", Locale.ROOT);
    assertThatThrownBy(() -> PICKLE.serialize(map))
        .hasMessageStartingWith("value[entry 1]: a java.util.Locale")
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_failed_write_leaves_the_serializer_as_it_was() {
    byte[] before = PICKLE.serialize(List.of("a", 1));
    assertThatThrownBy(() -> PICKLE.serialize(List.of("a", new Object())))
        .isInstanceOf(UnsupportedValueException.class);
    assertThat(PICKLE.serialize(List.of("a", 1))).isEqualTo(before);
  }

  @Test
  void a_time_finer_than_microseconds_is_refused() {
    String finer =
        "value: a time finer than Python's microseconds;"
            + " truncate it, or give the serializer a rounding mode";
    assertRefused(Instant.ofEpochSecond(0, 1), finer);
    assertRefused(LocalTime.of(1, 2, 3, 999), finer);
    assertRefused(LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1), finer);
    assertRefused(Duration.ofNanos(1), finer);
  }

  @Test
  void a_rounding_mode_rounds_times_that_are_too_fine() {
    assertRounded(RoundingMode.DOWN, Duration.ofNanos(1999), Duration.ofNanos(1000));
    assertRounded(RoundingMode.DOWN, Duration.ofNanos(-1999), Duration.ofNanos(-1000));
    assertRounded(RoundingMode.FLOOR, Duration.ofNanos(-1), Duration.ofNanos(-1000));
    assertRounded(RoundingMode.HALF_EVEN, LocalTime.ofNanoOfDay(2500), LocalTime.ofNanoOfDay(2000));
    assertRounded(
        RoundingMode.UP,
        LocalDateTime.of(2024, 12, 31, 23, 59, 59, 999_999_001),
        LocalDateTime.of(2025, 1, 1, 0, 0));
  }

  private static void assertRounded(RoundingMode mode, Object value, Object expected) {
    PickleSerializer rounding = PickleSerializer.builder().roundTimes(mode).build();
    assertThat(rounding.deserialize(rounding.serialize(value))).isEqualTo(expected);
  }

  @Test
  void rounding_never_wraps_around_midnight() {
    PickleSerializer up = PickleSerializer.builder().roundTimes(RoundingMode.UP).build();
    assertThatThrownBy(() -> up.serialize(LocalTime.MAX))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessage("value: a time that rounds to midnight of the next day");
    assertThatThrownBy(() -> up.serialize(LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_999)))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("year 10000");
  }

  @Test
  void what_python_cannot_count_is_refused() {
    assertRefused(
        LocalDate.of(10_000, 1, 1),
        "value: a date in the year 10000, outside the years 1 to 9999 that Python knows");
    assertRefused(Instant.MIN, "value: an Instant outside the years 1 to 9999 that Python knows");
    assertRefused(
        Duration.ofDays(1_000_000_000),
        "value: a Duration of more than the 999999999 days that a Python timedelta can hold");
  }

  @Test
  void the_second_of_two_equal_hours_needs_protocol_4() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    ZonedDateTime second =
        ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, berlin).withLaterOffsetAtOverlap();
    assertThat(roundTrip(second))
        .isEqualTo(PythonDateTime.of(second.toLocalDateTime(), true, berlin));
    assertThatThrownBy(() -> write(3, second))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("needs protocol 4");
  }

  @Test
  void keys_that_python_holds_equal_are_refused() {
    Map<Object, Object> numbers = new LinkedHashMap<>();
    numbers.put(1, "a");
    numbers.put(1L, "b");
    Map<Object, Object> texts = new LinkedHashMap<>();
    texts.put("UP", 1);
    texts.put(RoundingMode.UP, 2);
    String message =
        "value: two keys or members that Python holds equal, of which it would keep one;"
            + " use keys of one type";
    assertRefused(numbers, message);
    assertRefused(texts, message);
    assertRefused(new LinkedHashSet<>(Arrays.asList(1.0, true)), message);
  }

  @Test
  void what_python_cannot_hash_is_refused_as_a_key() {
    for (Object key :
        new Object[] {
          List.of(1), Map.of(), Set.of(), new Line("a", 1), new int[0], PythonTuple.of(List.of())
        }) {
      assertThatThrownBy(() -> PICKLE.serialize(Collections.singletonMap(key, 1)))
          .isInstanceOf(UnsupportedValueException.class)
          .hasMessageContaining("key");
      assertThatThrownBy(() -> PICKLE.serialize(Set.of(key)))
          .isInstanceOf(UnsupportedValueException.class);
    }
  }

  @Test
  void keys_of_many_types_are_written_when_they_differ() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(1, 1);
    map.put("1", 2);
    map.put(new BigDecimal("1.5"), 3);
    map.put(PythonTuple.of(1L, "x"), 4);
    map.put(new byte[] {1}, 5);
    assertThat((Map<?, ?>) roundTrip(map)).hasSize(5);
  }

  @Test
  void equal_texts_by_the_thousand_take_no_quadratic_time() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 300_000; i++) {
      texts.add(String.valueOf(new char[] {'o', 'k'}));
    }
    long start = System.nanoTime();
    byte[] pickle = PICKLE.serialize(texts);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    assertThat((List<?>) PICKLE.deserialize(pickle)).hasSize(300_000);
  }

  @Test
  void threads_can_share_a_serializer() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Object value = List.of("text " + i, Map.of("number", (long) i));
        results.add(threads.submit(() -> value.equals(roundTrip(value))));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void a_protocol_beyond_the_newest_is_refused() {
    assertThatThrownBy(() -> PickleSerializer.builder().protocol(6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pickle protocols are 0 to 5, not 6");
    assertThat(PickleSerializer.builder().protocol(2).build().protocol()).isEqualTo(2);
  }

  @Test
  void an_answer_has_the_protocol_of_what_was_asked_but_2_at_least() {
    for (int protocol = 0; protocol <= 5; protocol++) {
      byte[] asked = PickleSerializer.builder().protocol(protocol).build().serialize("asked");
      assertThat(PICKLE.matching(asked).protocol()).isEqualTo(Math.max(2, protocol));
    }
    assertThat(PICKLE.matching(new byte[0]).protocol()).isEqualTo(2);
  }

  @Test
  void an_answer_has_no_higher_protocol_than_was_chosen() {
    PickleSerializer chosen = PickleSerializer.builder().protocol(1).build();
    assertThat(chosen.matching(PICKLE.serialize("asked"))).isSameAs(chosen);
  }

  @Test
  void an_answer_is_written_with_the_options_of_the_serializer() {
    PickleSerializer allowing =
        PickleSerializer.builder().allowGlobal("shop.models", "Order").build();
    PythonGlobal order = new PythonGlobal("shop.models", "Order");
    PickleSerializer answering = allowing.matching(new byte[] {(byte) 0x80, 2});
    assertThat(answering.deserialize(answering.serialize(order))).isEqualTo(order);
  }

  @Test
  void strings_of_python_2_are_read_as_told() {
    byte[] pickle = "U\u0001\u00e9.".getBytes(StandardCharsets.ISO_8859_1);
    PickleSerializer latin1 =
        PickleSerializer.builder().python2Strings(Python2Strings.LATIN1).build();
    assertThat(latin1.deserialize(pickle)).isEqualTo("\u00e9");
    assertThat(PICKLE.deserialize(pickle)).isNotInstanceOf(String.class);
  }
}
