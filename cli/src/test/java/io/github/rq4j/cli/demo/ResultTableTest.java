package io.github.rq4j.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ResultTableTest {
  private final ResultTable table = new ResultTable();

  @Test
  void all_is_as_expected_if_each_row_is() {
    table.add("add(1, 2)", "3", "3");
    table.add("add(1, 3)", "4", "4");

    assertThat(table.allAsExpected()).isTrue();
  }

  @Test
  void one_other_answer_is_enough_to_fail() {
    table.add("add(1, 2)", "3", "3");
    table.add("add(1, 3)", "5", "4");

    assertThat(table.allAsExpected()).isFalse();
    assertThat(printed()).contains("1 of 2 jobs ended as expected.").containsPattern("\\| NO\\R");
  }

  @Test
  void nothing_at_all_is_not_as_expected() {
    assertThat(table.allAsExpected()).isFalse();
  }

  @Test
  void a_long_answer_goes_on_below_and_loses_nothing() {
    String answer = "0123456789".repeat(10);
    table.add("digits()", answer, answer);

    String column =
        printed()
            .lines()
            .filter(line -> line.chars().filter(c -> c == '|').count() == 3)
            .map(line -> line.split("\\|", -1)[1].strip())
            .reduce("", String::concat);

    assertThat(column).isEqualTo("came back" + answer);
  }

  private String printed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    table.print(new Narrator(new PrintStream(bytes, true, StandardCharsets.UTF_8)));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
