package io.github.rq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.Parameter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RecordedPayloadsTest {
  private static final Path RECORDED = Path.of("src/test/payloads");

  @RegisterExtension
  static final RqTestkit testkit =
      RqTestkit.builder().python(RealPython.builder().modules(Path.of("src/test/python"))).build();

  @TempDir Path directory;

  /** An order of the shop. */
  record Order(long id, List<Line> lines) {}

  /** A line of an order. */
  record Line(String sku, BigDecimal price) {}

  /** A line as somebody took it for. */
  record WholePrice(String sku, long price) {}

  /** An order of such lines. */
  record WrongOrder(long id, List<WholePrice> lines) {}

  private static Handlers.Builder withoutOrder() {
    return Handlers.builder()
        .register(
            "shop.invoice",
            Parameter.of("number", Long.class),
            Parameter.of("lang", String.class),
            RecordedPayloadsTest::refuse)
        .register(
            "shop.ship",
            Parameter.of("day", LocalDate.class),
            Parameter.of("parcel", UUID.class),
            RecordedPayloadsTest::refuse);
  }

  private static String refuse(Object first, Object second) {
    throw new AssertionError("called with " + first + " and " + second);
  }

  private static Handlers handlers() {
    return withoutOrder()
        .register("shop.order", Parameter.of("order", Order.class), order -> order)
        .build();
  }

  @TestFactory
  Stream<DynamicTest> recorded_calls_fit_and_are_not_made() {
    return RecordedPayloads.read(RECORDED).against(handlers());
  }

  @Test
  void a_test_is_named_after_place_and_call_and_leads_there() {
    DynamicTest first =
        RecordedPayloads.read(RECORDED).against(handlers()).findFirst().orElseThrow();
    assertThat(first.getDisplayName())
        .isEqualTo("shop.samples.samples.jsonl:1 shop.invoice(17, lang='de')");
    assertThat(first.getTestSourceUri().orElseThrow().toString())
        .endsWith("src/test/payloads/shop.samples.samples.jsonl?line=1");
  }

  private static void check(RecordedPayloads payloads, Handlers handlers, int index)
      throws Throwable {
    payloads.against(handlers).toList().get(index).getExecutable().execute();
  }

  @Test
  void a_part_that_does_not_fit_is_told_with_its_path() {
    Handlers wrong =
        withoutOrder()
            .register("shop.order", Parameter.of("order", WrongOrder.class), order -> order)
            .build();
    assertThatThrownBy(() -> check(RecordedPayloads.read(RECORDED), wrong, 1))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "shop.samples.samples.jsonl:2 does not fit shop.order:"
                + " TypeError: order() argument order.lines[0].price");
  }

  @Test
  void a_function_that_is_not_registered_is_told() {
    assertThatThrownBy(() -> check(RecordedPayloads.read(RECORDED), withoutOrder().build(), 1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Invalid attribute name: shop.order");
  }

  @Test
  void what_cannot_be_decoded_is_told() {
    RecordedPayloads asJson = RecordedPayloads.read(RECORDED).serializer(JsonSerializer.defaults());
    assertThatThrownBy(() -> check(asJson, handlers(), 0))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("shop.samples.samples.jsonl:1 cannot be decoded: ");
  }

  @Test
  void a_line_that_is_no_recording_is_refused_with_its_place() throws IOException {
    Path file = Files.writeString(directory.resolve("odd.jsonl"), "{\"call\": \"f()\"}\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordedPayloads.read(file))
        .withMessageStartingWith("odd.jsonl:1 is no recorded call");
    Files.writeString(file, "{\"call\": \"f()\", \"data\": \"?\"}\n");
    assertThatIllegalArgumentException().isThrownBy(() -> RecordedPayloads.read(file));
    Files.writeString(file, "no json\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordedPayloads.read(file))
        .withMessageStartingWith("odd.jsonl:1 is no recorded call");
  }

  @Test
  void a_folder_without_recordings_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordedPayloads.read(directory))
        .withMessageContaining("nothing is recorded in");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordedPayloads.read(directory.resolve("absent.jsonl")))
        .withMessageContaining("cannot read");
  }

  @Test
  void python_records_what_java_reads(RealPython python) throws Throwable {
    assertThat(record(python, "shop.samples:samples"))
        .isEqualTo("3 calls in " + directory.resolve("shop.samples.samples.jsonl") + "\n");
    RecordedPayloads recorded = RecordedPayloads.read(directory);
    assertThat(recorded.size()).isEqualTo(3);
    for (int i = 0; i < recorded.size(); i++) {
      check(recorded, handlers(), i);
    }
  }

  private String record(RealPython python, String samples, String... options) {
    return python.runModule(
        "rq4j_fixtures",
        Stream.concat(
                Stream.of("record", samples, "--out", directory.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void a_recording_is_the_same_each_time(RealPython python) throws IOException {
    Path file = directory.resolve("shop.samples.samples.jsonl");
    record(python, "shop.samples:samples");
    byte[] first = Files.readAllBytes(file);
    record(python, "shop.samples:samples");
    assertThat(file).hasBinaryContent(first);
  }

  @Test
  void calls_can_be_recorded_with_another_serializer(RealPython python) {
    record(python, "shop.samples:plain", "--serializer", "json");
    RecordedPayloads plain = RecordedPayloads.read(directory).serializer(JsonSerializer.defaults());
    assertThatCode(() -> check(plain, handlers(), 0)).doesNotThrowAnyException();
  }

  @Test
  void samples_that_make_no_call_are_refused(RealPython python) {
    assertThatIllegalStateException()
        .isThrownBy(() -> record(python, "shop.samples:nothing"))
        .withMessageContaining("shop.samples:nothing made no call");
  }
}
