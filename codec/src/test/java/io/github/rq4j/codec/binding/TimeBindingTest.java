package io.github.rq4j.codec.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.python.PythonDateTime;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTime;
import io.github.rq4j.codec.python.PythonTimeZone;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeBindingTest {
  private static final ValueBinder BINDER = ValueBinder.withDefaults();
  private static final ValueBinder STRICT = ValueBinder.builder().isoStrings(false).build();
  private static final LocalDateTime LOCAL = LocalDateTime.of(2024, 10, 27, 2, 30);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final OffsetDateTime SUMMER = LOCAL.atOffset(ZoneOffset.ofHours(2));
  private static final OffsetDateTime WINTER = LOCAL.atOffset(ZoneOffset.ofHours(1));

  private static <T> @Nullable T bind(@Nullable Object value, Class<T> target) {
    return BINDER.bind(value, target, "args[0]");
  }

  private static void assertRefused(Object value, Class<?> target, String problem) {
    assertThatThrownBy(() -> BINDER.bind(value, target, "args[0]"))
        .isInstanceOf(BindingException.class)
        .hasMessage("args[0]: " + problem)
        .hasNoCause();
  }

  @Test
  void values_of_the_wanted_type_come_as_they_are() {
    List<Object> values =
        List.of(
            LOCAL,
            SUMMER,
            LOCAL.atZone(BERLIN),
            LOCAL.toLocalDate(),
            LOCAL.toLocalTime(),
            Duration.ofMillis(1),
            new UUID(1, 2));
    for (Object value : values) {
      assertThat(bind(value, value.getClass())).isEqualTo(value);
    }
  }

  @Test
  void an_aware_datetime_becomes_every_type_of_moment() {
    ZonedDateTime zoned = LOCAL.atZone(BERLIN);
    assertThat(bind(zoned, OffsetDateTime.class)).isEqualTo(SUMMER);
    assertThat(bind(zoned, Instant.class)).isEqualTo(SUMMER.toInstant());
    assertThat(bind(SUMMER, Instant.class)).isEqualTo(SUMMER.toInstant());
    assertThat(bind(SUMMER, ZonedDateTime.class)).isEqualTo(SUMMER.toZonedDateTime());
  }

  @Test
  void the_second_of_two_equal_hours_stays_the_second() {
    PythonDateTime second = PythonDateTime.of(LOCAL, true, BERLIN);
    assertThat(bind(second, OffsetDateTime.class)).isEqualTo(WINTER);
    assertThat(bind(second, Instant.class)).isEqualTo(WINTER.toInstant());
    assertThat(bind(second, ZonedDateTime.class))
        .isEqualTo(LOCAL.atZone(BERLIN).withLaterOffsetAtOverlap());
  }

  @Test
  void a_named_zone_of_fixed_offset_becomes_the_offset() {
    PythonTimeZone zone = new PythonTimeZone(Duration.ofHours(2), "CEST");
    PythonDateTime named = PythonDateTime.of(LOCAL, false, zone);
    assertThat(bind(named, OffsetDateTime.class)).isEqualTo(SUMMER);
    assertThat(bind(named, ZonedDateTime.class)).isEqualTo(SUMMER.toZonedDateTime());
  }

  @Test
  void a_zone_of_unknown_rules_is_refused() {
    PythonObject zone =
        PythonObject.newObject(new PythonGlobal("shop.zones", "Lunar"), PythonTuple.EMPTY);
    assertRefused(
        PythonDateTime.of(LOCAL, false, zone),
        Instant.class,
        "the time zone of the datetime has no offset that java.time could hold");
  }

  @Test
  void a_naive_datetime_never_becomes_a_moment() {
    String problem = "expected aware datetime, got naive datetime";
    assertRefused(LOCAL, Instant.class, problem);
    assertRefused(LOCAL, OffsetDateTime.class, problem);
    assertRefused(LOCAL, ZonedDateTime.class, problem);
    assertRefused(PythonDateTime.of(LOCAL, true, null), Instant.class, problem);
  }

  @Test
  void an_aware_datetime_never_becomes_a_local_one() {
    String problem = "expected naive datetime, got aware datetime";
    assertRefused(SUMMER, LocalDateTime.class, problem);
    assertRefused(LOCAL.atZone(BERLIN), LocalDateTime.class, problem);
    assertRefused(PythonDateTime.of(LOCAL, true, BERLIN), LocalDateTime.class, problem);
  }

  @Test
  void a_naive_datetime_with_fold_becomes_a_local_one() {
    assertThat(bind(PythonDateTime.of(LOCAL, true, null), LocalDateTime.class)).isEqualTo(LOCAL);
  }

  @Test
  void a_datetime_is_no_date_and_a_date_no_datetime() {
    assertRefused(LOCAL, LocalDate.class, "expected date, got datetime");
    assertRefused(LOCAL.toLocalDate(), LocalDateTime.class, "expected naive datetime, got date");
  }

  @Test
  void a_naive_time_becomes_a_local_one_and_an_aware_time_does_not() {
    LocalTime time = LOCAL.toLocalTime();
    assertThat(bind(PythonTime.of(time, true, null), LocalTime.class)).isEqualTo(time);
    assertRefused(
        PythonTime.of(time, false, ZoneOffset.UTC),
        LocalTime.class,
        "expected naive time, got aware time");
    assertRefused(LOCAL, LocalTime.class, "expected time, got datetime");
  }

  @Test
  void a_number_is_no_duration() {
    assertRefused(60L, Duration.class, "expected timedelta, got int");
    assertRefused(1.5, Duration.class, "expected timedelta, got float");
  }

  @Test
  void texts_of_json_become_times() {
    assertThat(bind("2024-10-27T02:30:00", LocalDateTime.class)).isEqualTo(LOCAL);
    assertThat(bind("2024-10-27T02:30:00+02:00", OffsetDateTime.class)).isEqualTo(SUMMER);
    assertThat(bind("2024-10-27T02:30:00+02:00", Instant.class)).isEqualTo(SUMMER.toInstant());
    assertThat(bind("2024-10-27T00:30:00.000001Z", Instant.class))
        .isEqualTo(SUMMER.toInstant().plusNanos(1000));
    assertThat(bind("2024-10-27T02:30:00+02:00[Europe/Berlin]", ZonedDateTime.class))
        .isEqualTo(LOCAL.atZone(BERLIN));
    assertThat(bind("2024-10-27", LocalDate.class)).isEqualTo(LOCAL.toLocalDate());
    assertThat(bind("02:30", LocalTime.class)).isEqualTo(LOCAL.toLocalTime());
    assertThat(bind("PT1M", Duration.class)).isEqualTo(Duration.ofMinutes(1));
    assertThat(bind("00000000-0000-0001-0000-00000000000A", UUID.class)).isEqualTo(new UUID(1, 10));
  }

  @Test
  void texts_that_do_not_read_exactly_are_refused_without_being_shown() {
    assertRefused(
        "2024-10-27", LocalDateTime.class, "expected a str that reads exactly as LocalDateTime");
    assertRefused(
        "2024-10-27T02:30:00", Instant.class, "expected a str that reads exactly as Instant");
    assertRefused("1-2-3-4-5", UUID.class, "expected a str that reads exactly as UUID");
    assertRefused("secret", UUID.class, "expected a str that reads exactly as UUID");
    assertRefused(
        "1".repeat(1_000_000), LocalDate.class, "expected a str that reads exactly as LocalDate");
  }

  @Test
  void texts_are_no_times_where_that_is_switched_off() {
    assertThatThrownBy(() -> STRICT.bind("2024-10-27", LocalDate.class, "x"))
        .isInstanceOf(BindingException.class)
        .hasMessage("x: expected date, got str");
    assertThat(STRICT.bind(LOCAL, LocalDateTime.class, "x")).isEqualTo(LOCAL);
  }

  @Test
  void a_uuid_with_a_remark_on_its_safety_is_a_uuid() {
    PythonObject uuid = PythonObject.newObject(new PythonGlobal("uuid", "UUID"), PythonTuple.EMPTY);
    PythonDict state = new PythonDict();
    state.put("int", BigInteger.ONE.shiftLeft(127).add(BigInteger.TEN));
    uuid.setState(state);
    assertThat(bind(uuid, UUID.class)).isEqualTo(new UUID(Long.MIN_VALUE, 10));
    state.put("int", 7L);
    assertThat(bind(uuid, UUID.class)).isEqualTo(new UUID(0, 7));
  }

  @Test
  void a_uuid_of_too_many_bits_is_refused() {
    PythonObject uuid = PythonObject.newObject(new PythonGlobal("uuid", "UUID"), PythonTuple.EMPTY);
    PythonDict state = new PythonDict();
    state.put("int", BigInteger.ONE.shiftLeft(128));
    uuid.setState(state);
    assertRefused(uuid, UUID.class, "expected UUID, got object of class uuid.UUID");
    state.put("int", -1L);
    assertRefused(uuid, UUID.class, "expected UUID, got object of class uuid.UUID");
  }
}
