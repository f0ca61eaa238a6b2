package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.binding.ValueBinder;
import io.github.rq4j.codec.mapping.TypeMappings;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.interop.examples.PickleSnippets.Colour;
import io.github.rq4j.interop.examples.PickleSnippets.Line;
import io.github.rq4j.interop.examples.PickleSnippets.Money;
import io.github.rq4j.interop.examples.PickleSnippets.Order;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.Parameter;
import io.github.rq4j.worker.RqWorker;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page about the codec shows, at work. */
@WithRedis
class PickleSnippetsTest {
  private static final PickleSerializer PICKLE = PickleSerializer.defaults();
  private static final Order ORDER =
      new Order(7, List.of(new Line("pen", new BigDecimal("1.50"))), Colour.RED);

  @Test
  void values_go_both_ways() {
    byte[] bytes = PickleSnippets.ofJava();
    assertThat(PickleSnippets.twice(bytes)).isEqualTo(bytes);
    assertThat(PICKLE.deserialize(bytes))
        .isEqualTo(Map.of("id", 7L, "tags", List.of("new"), "price", new BigDecimal("1.50")));
  }

  @Test
  void records_are_dicts_that_bind_to_records() {
    Object read = PICKLE.deserialize(PICKLE.serialize(List.of(ORDER)));
    assertThat(PickleSnippets.bound(read)).containsExactly(ORDER);
  }

  @Test
  void job_data_is_read_and_written() {
    JobData job = PickleSnippets.jobData(PickleSnippets.jobBytes());
    assertThat(job)
        .isEqualTo(
            new JobData("shop.tasks.ship", null, List.of(7L, "express"), Map.of("gift", true)));
  }

  @Test
  void mapped_values_are_arguments_and_results(TestRedis redis) throws InterruptedException {
    TypeMappings mappings = PickleSnippets.mappings();
    PickleSerializer pickle = PickleSerializer.builder().mappings(mappings).build();
    ValueBinder binder = ValueBinder.builder().mappings(mappings).build();
    Handlers handlers =
        Handlers.builder(binder)
            .register("shop.same", Parameter.of("order", Order.class), order -> order)
            .register("shop.price", () -> new Money(new BigDecimal("1.50")))
            .build();
    String url = redis.uri().toString();
    try (RqClient client = RqClient.builder(url).serializer(pickle).binder(binder).build();
        RqWorker worker = RqWorker.builder(url, handlers).serializer(pickle).burst(true).build()) {
      Job same = client.queue("default").enqueue(Call.of("shop.same").args(ORDER));
      Job price = client.queue("default").enqueue(Call.of("shop.price"));
      worker.runUntilShutdown();
      assertThat(same.resultAs(Order.class, Duration.ZERO)).isEqualTo(ORDER);
      assertThat(String.valueOf(same.result(Duration.ZERO))).startsWith("shop.models.Order()");
      assertThat(price.resultAs(Money.class, Duration.ZERO))
          .isEqualTo(new Money(new BigDecimal("1.50")));
    }
  }

  @Test
  void both_sides_take_the_mappings(TestRedis redis) {
    assertThatCode(
            () -> PickleSnippets.bothSides(redis.uri().toString(), PickleSnippets.mappings()))
        .doesNotThrowAnyException();
  }

  @Test
  void a_serializer_of_the_application_serves_both_sides(TestRedis redis)
      throws InterruptedException {
    GzipSerializer gzip = new GzipSerializer(PICKLE);
    String url = redis.uri().toString();
    try (RqClient zipping = RqClient.builder(url).serializer(gzip).build();
        RqClient plain = RqClient.connect(url);
        RqWorker worker =
            RqWorker.builder(url, WorkerSnippets.typed()).serializer(gzip).burst(true).build()) {
      Job zipped = zipping.queue("default").enqueue(Call.of("shop.ping"));
      Job other = plain.queue("default").enqueue(Call.of("shop.ping"));
      worker.runUntilShutdown();
      assertThat(zipped.result(Duration.ZERO)).isEqualTo("pong");
      assertThat(other.status()).isEqualTo(JobStatus.FAILED);
    }
  }

  @Test
  void options_do_what_they_are_shown_for() {
    byte[] text = "U\u0001x.".getBytes(StandardCharsets.US_ASCII);
    assertThat(PickleSnippets.forPython2().deserialize(text)).isInstanceOf(PythonBytes.class);
    assertThat(PickleSnippets.forPython2().serialize(Duration.ofNanos(1))).startsWith(0x80, 2);
    PythonGlobal basket = new PythonGlobal("shop.models", "Basket");
    assertThatCode(() -> PickleSnippets.allowing().serialize(basket)).doesNotThrowAnyException();
    assertThatCode(() -> PICKLE.serialize(basket)).hasMessageContaining("shop.models.Basket");
  }

  @Test
  void each_kind_of_error_is_told_apart() {
    ValueBinder binder = ValueBinder.withDefaults();
    assertThat(PickleSnippets.errors(PICKLE, binder, new byte[] {'x'})).startsWith("damaged");
    assertThat(PickleSnippets.errors(PICKLE, binder, new byte[] {'P', 'x', '\n', '.'}))
        .startsWith("sound, but");
    assertThat(PickleSnippets.errors(PICKLE, binder, PICKLE.serialize(1)))
        .isEqualTo("another value than expected: order: expected dict, got int");
    assertThat(PickleSnippets.errors(PICKLE, binder, PICKLE.serialize(ORDER)))
        .isEqualTo("order " + ORDER);
    byte[] many = PICKLE.serialize(new int[200_000]);
    assertThat(PickleSnippets.errors(PickleSnippets.limited(), binder, many))
        .startsWith("damaged, or beyond a limit: ")
        .contains("maxObjects");
  }
}
