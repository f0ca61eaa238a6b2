package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rq4j vectors} on folders that hold little. */
final class VectorsRunTest {
  private static final String GOOD =
      """
      {"id": "one", "protocol": 5, "hex": "80054b012e", "canonical": true, \
      "value": {"t": "int", "v": "1"}}
      {"id": "cut", "class": "truncated", "python": "EOFError", "hex": "80054b"}
      """;
  private static final String BAD = GOOD.replace("\"v\": \"1\"", "\"v\": \"2\"");
  private static final String PAIR =
      """
      {"id": "pair", "protocol": 5, "hex": "8005950a000000000000008c06eda0bdedb880942e", \
      "canonical": true, "value": {"t": "str", "cp": [55357, 56832]}}
      """;

  @TempDir private Path directory;

  @Test
  void all_is_counted_by_file_and_in_total() throws IOException {
    Files.writeString(directory.resolve("a.jsonl"), GOOD);
    compress("b.jsonl.gz", GOOD + GOOD);
    Files.writeString(directory.resolve("README.md"), "not looked at");

    CommandRun run = CommandRun.of("vectors", directory.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "file vectors read written failed",
            "a.jsonl 2 2 1 0",
            "b.jsonl.gz 4 4 2 0",
            "total 6 6 3 0");
  }

  @Test
  void a_failure_is_named_and_told_by_the_exit_code() throws IOException {
    Files.writeString(directory.resolve("a.jsonl"), BAD);

    CommandRun run = CommandRun.of("vectors", directory.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("  one: reads as another value");
  }

  @Test
  void no_more_failures_are_shown_than_asked_for() throws IOException {
    Files.writeString(directory.resolve("a.jsonl"), BAD.repeat(5));

    CommandRun run = CommandRun.of("vectors", "--max-failures", "2", directory.toString());

    assertThat(run.out().lines().filter(line -> line.startsWith("  one: "))).hasSize(2);
    assertThat(run.out()).contains("  and 3 more");
  }

  @Test
  void what_java_text_cannot_hold_is_told_and_no_failure() throws IOException {
    Files.writeString(directory.resolve("a.jsonl"), PAIR);

    CommandRun run = CommandRun.of("vectors", directory.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("known and no failure", "two surrogates", "  pair");
  }

  @Test
  void several_folders_are_told_apart() throws IOException {
    Path first = Files.createDirectory(directory.resolve("first"));
    Path second = Files.createDirectory(directory.resolve("second"));
    Files.writeString(first.resolve("a.jsonl"), GOOD);
    Files.writeString(second.resolve("a.jsonl"), GOOD);

    CommandRun run = CommandRun.of("vectors", first.toString(), second.toString());

    assertThat(run.out())
        .contains(first.resolve("a.jsonl").toString(), second.resolve("a.jsonl").toString());
  }

  @Test
  void a_folder_that_is_not_there_is_a_misuse() {
    CommandRun run = CommandRun.of("vectors", directory.resolve("none").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .startsWith("rq4j vectors: there is no folder ");
  }

  @Test
  void a_folder_without_vectors_is_a_misuse() {
    CommandRun run = CommandRun.of("vectors", directory.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains("no file ends in .jsonl");
  }

  @Test
  void a_line_that_is_no_vector_is_a_misuse_that_names_it() throws IOException {
    Files.writeString(directory.resolve("a.jsonl"), GOOD + "{}\n");

    CommandRun run = CommandRun.of("vectors", directory.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .contains("a.jsonl: line 3 is no golden vector");
  }

  @Test
  void a_file_that_is_not_compressed_as_its_name_says_is_a_misuse() throws IOException {
    Files.writeString(directory.resolve("a.jsonl.gz"), GOOD);

    CommandRun run = CommandRun.of("vectors", directory.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains("a.jsonl.gz cannot be read");
  }

  @Test
  void no_folder_is_a_misuse() {
    assertThat(CommandRun.of("vectors").exitCode()).isEqualTo(2);
  }

  private void compress(String name, String content) throws IOException {
    try (OutputStream file = Files.newOutputStream(directory.resolve(name));
        OutputStream compressed = new GZIPOutputStream(file)) {
      compressed.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }
}
