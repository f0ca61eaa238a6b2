package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.worker.Argument;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rq4j stubs}. */
final class StubsRunTest {
  @TempDir private Path directory;

  /** A line of an order. */
  public record Line(String article, int count, Optional<BigDecimal> price) {}

  /** How to send. */
  public enum Speed {
    SLOW,
    FAST
  }

  /** Functions of several modules. */
  public static final class Functions {
    private Functions() {}

    /** Has a value of each kind. */
    @RqFunction("shop.tasks.render")
    public static Map<String, List<Long>> render(
        List<Line> lines, byte[] image, Instant at, UUID id, @Nullable Object anything) {
      return Map.of();
    }

    /** Has defaults. */
    @RqFunction("shop.tasks.ship")
    public static void ship(
        String order,
        @Argument(defaultJson = "\"FAST\"") Speed speed,
        @Argument(defaultJson = "\"a \\\"b\\\" \\u00e9\"") String note,
        @Argument(defaultJson = "1.5") double weight,
        @Argument(defaultJson = "null") @Nullable String label,
        @Argument(defaultJson = "[1]") List<Integer> sizes,
        Optional<Boolean> insured) {}

    /** Lies in a module below the other. */
    @RqFunction("shop.tasks.mail.send")
    public static String send() {
      return "";
    }
  }

  /** A function that wants one of its arguments named. */
  public static final class Named {
    private Named() {}

    /** Names its first parameter only. */
    @RqFunction("shop.named.move")
    public static void move(@Argument(keywordOnly = true) boolean dry, String what) {}
  }

  /** A function whose name Python cannot import. */
  public static final class Unnamed {
    private Unnamed() {}

    /** Does nothing. */
    @RqFunction("note")
    public static void note() {}
  }

  private CommandRun stubs(Class<?> handlers, String... more) {
    String[] args = new String[5 + more.length];
    args[0] = "stubs";
    args[1] = "--handlers";
    args[2] = handlers.getName();
    args[3] = "-o";
    args[4] = directory.toString();
    System.arraycopy(more, 0, args, 5, more.length);
    return CommandRun.of(args);
  }

  @Test
  void each_module_of_python_gets_a_file_of_that_name() {
    CommandRun run = stubs(Functions.class);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(directory.resolve("shop/tasks/__init__.py")).isRegularFile();
    assertThat(directory.resolve("shop/tasks/mail.py")).isRegularFile();
    assertThat(run.out()).contains("shop.tasks.render, shop.tasks.ship", "mail.send");
  }

  @Test
  void parameters_that_have_to_be_named_stand_behind_a_star() throws Exception {
    stubs(Named.class);

    assertThat(directory.resolve("shop/named.py"))
        .content()
        .contains("def move(what: str, *, dry: bool) -> Any:\n");
  }

  @Test
  void signatures_have_the_types_of_python() throws Exception {
    stubs(Functions.class);

    assertThat(directory.resolve("shop/tasks/__init__.py"))
        .content()
        .contains("import datetime\n", "import uuid\n")
        .contains("from typing import Any, Literal, TypedDict\n")
        .contains(
            """
            class Line(TypedDict):
                \"""A dict that Java reads as a record.\"""

                article: str
                count: int
                price: decimal.Decimal | None
            """)
        .contains(
            """
            def render(
                lines: list[Line],
                image: bytes,
                at: datetime.datetime,
                id: uuid.UUID,
                anything: Any,
            ) -> Any:
            """)
        .contains("    The job's result: dict[str, list[int]].\n")
        .contains("Run by Java, as " + Functions.class.getName() + ".render.\n")
        .contains("    return _hand_over(\"shop.tasks.render\")\n");
  }

  @Test
  void defaults_are_those_of_java_where_python_can_write_them() {
    stubs(Functions.class);

    assertThat(directory.resolve("shop/tasks/__init__.py"))
        .content()
        .contains(
            """
            def ship(
                order: str,
                speed: Literal["SLOW", "FAST"] = "FAST",
                note: str = 'a "b" \\u00e9',
                weight: float = 1.5,
                label: str | None = None,
                sizes: Any = ...,
                insured: bool | None = None,
            ) -> Any:
            """);
  }

  @Test
  void the_queue_to_hand_over_to_is_written_down() {
    stubs(Functions.class, "--queue", "java");

    assertThat(directory.resolve("shop/tasks/mail.py"))
        .content()
        .contains("_QUEUE: str | None = \"java\"\n")
        .doesNotContain("Literal", "TypedDict", "import datetime");
  }

  @Test
  void a_name_that_python_cannot_import_is_reported() {
    CommandRun run = stubs(Unnamed.class);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines()).singleElement().asString().contains("no stub for note:");
  }

  @Test
  void a_file_is_refused_as_output() throws Exception {
    Path file = Files.createFile(directory.resolve("stubs.py"));

    CommandRun run =
        CommandRun.of("stubs", "--handlers", Functions.class.getName(), "-o", file.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains("is to be a directory");
  }
}
