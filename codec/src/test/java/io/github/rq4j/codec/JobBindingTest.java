package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.binding.TypeReference;
import io.github.rq4j.codec.binding.ValueBinder;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** From the Java values of a producer through the stored bytes to those of a worker. */
class JobBindingTest {
  private static final ValueBinder BINDER = ValueBinder.withDefaults();

  /** As libraries before JSpecify have it. */
  @Retention(RetentionPolicy.RUNTIME)
  private @interface Nullable {}

  private record Line(String article, int count, Optional<String> note) {}

  private record Order(
      UUID id,
      Instant placed,
      LocalDate due,
      Duration patience,
      Set<TimeUnit> units,
      Map<String, List<Line>> lines) {}

  private record Price(BigDecimal amount, ByteBuffer signature) {}

  private record Remark(@Nullable String text) {}

  private static final Order ORDER =
      new Order(
          new UUID(1, 2),
          Instant.parse("2026-01-02T03:04:05.000006Z"),
          LocalDate.of(2026, 2, 1),
          Duration.ofDays(-1),
          Set.of(TimeUnit.DAYS),
          Map.of("new", List.of(new Line("pen", 2, Optional.empty()))));

  private static JobData throughRedis(Serializer serializer, Object arg) {
    JobDataFormat format = new JobDataFormat(serializer, CodecLimits.defaults());
    return format.decode(format.encode(new JobData("shop.ship", null, List.of(arg), Map.of())));
  }

  @Test
  void a_record_comes_back_through_a_pickle() {
    JobData job = throughRedis(PickleSerializer.defaults(), ORDER);
    assertThat(BINDER.bind(job.args().get(0), Order.class, "args[0]")).isEqualTo(ORDER);
  }

  @Test
  void bytes_and_decimals_come_back_through_a_pickle() {
    JobData job =
        throughRedis(
            PickleSerializer.defaults(),
            Map.of("amount", new BigDecimal("1.50"), "signature", new byte[] {1, 2}));
    assertThat(BINDER.bind(job.args().get(0), Price.class, "args[0]"))
        .isEqualTo(new Price(new BigDecimal("1.50"), ByteBuffer.wrap(new byte[] {1, 2})));
  }

  @Test
  void what_json_carries_as_text_comes_back_as_times() {
    Map<String, Object> order =
        Map.of(
            "id", "00000000-0000-0001-0000-000000000002",
            "placed", "2026-01-02T03:04:05.000006Z",
            "due", "2026-02-01",
            "patience", "PT-24H",
            "units", List.of("DAYS"),
            "lines", Map.of("new", List.of(Map.of("article", "pen", "count", 2))));
    JobData job = throughRedis(JsonSerializer.defaults(), order);
    assertThat(BINDER.bind(job.args().get(0), Order.class, "args[0]")).isEqualTo(ORDER);
  }

  @Test
  void the_place_of_what_does_not_fit_is_told_from_the_argument_on() {
    JobData job =
        throughRedis(
            PickleSerializer.defaults(),
            List.of(Map.of("article", "pen", "count", 1), Map.of("article", "ink", "count", "2")));
    assertThatThrownBy(
            () -> BINDER.bind(job.args().get(0), new TypeReference<List<Line>>() {}, "args[0]"))
        .isInstanceOf(BindingException.class)
        .hasMessage("args[0][1].count: expected int, got str");
  }

  @Test
  void any_annotation_named_nullable_lets_a_component_be_absent() {
    JobData job = throughRedis(PickleSerializer.defaults(), Map.of());
    assertThat(BINDER.bind(job.args().get(0), Remark.class, "args[0]"))
        .hasToString("Remark[text=null]");
  }
}
