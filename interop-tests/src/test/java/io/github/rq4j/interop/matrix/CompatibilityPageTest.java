package io.github.rq4j.interop.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.RedisServers;
import io.github.rq4j.testservers.RqMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The page tells what the last recorded run gave, and that run was of the matrix as it is. */
class CompatibilityPageTest {

  @Test
  void every_cell_was_run_in_both_directions_with_its_pins() throws IOException {
    assertThat(MatrixResults.recorded())
        .extracting(row -> row.rq() + " " + row.python() + " " + row.redisPy())
        .containsExactlyElementsOf(
            RqMatrix.ofThisProject().cells().stream()
                .map(cell -> cell.rq() + " " + cell.python() + " " + redisPy(cell.requirements()))
                .flatMap(cell -> List.of(cell, cell).stream())
                .toList());
    assertThat(MatrixResults.recorded())
        .allSatisfy(row -> assertThat(row.outcomes()).containsOnlyKeys(Scenario.values()));
  }

  @Test
  void every_server_was_tried_in_both_directions() throws IOException {
    assertThat(MatrixResults.recordedOnServers())
        .extracting(row -> row.redis() + " " + row.direction())
        .containsExactlyElementsOf(
            RedisServers.ofThisProject().stream()
                .flatMap(
                    server ->
                        Arrays.stream(Direction.values())
                            .map(direction -> server.name() + " " + direction))
                .toList());
    assertThat(MatrixResults.recordedOnServers())
        .allSatisfy(row -> assertThat(row.outcomes()).containsOnlyKeys(Scenario.values()));
  }

  private static String redisPy(List<String> requirements) {
    return requirements.stream()
        .filter(requirement -> requirement.startsWith("redis=="))
        .findFirst()
        .orElseThrow()
        .substring("redis==".length());
  }

  @Test
  void the_page_is_what_the_recorded_results_give() throws IOException {
    assertThat(Files.readString(MatrixResults.page()))
        .isEqualTo(
            CompatibilityPage.markdown(
                MatrixResults.recorded(), MatrixResults.recordedOnServers()));
  }

  @Test
  void the_readme_has_the_summary() throws IOException {
    String readme = Files.readString(MatrixResults.readme());
    assertThat(readme)
        .isEqualTo(
            CompatibilityPage.inReadme(
                readme, MatrixResults.recorded(), MatrixResults.recordedOnServers()));
  }

  @Test
  @EnabledIfSystemProperty(named = "rq4j.matrix.check", matches = "true")
  void the_last_run_gave_what_is_recorded() throws IOException {
    List<MatrixRow> recorded = MatrixResults.recorded();
    assertThat(MatrixResults.ofLastRun())
        .isNotEmpty()
        .allSatisfy(
            row ->
                assertThat(recorded)
                    .filteredOn(
                        other ->
                            other.rq().equals(row.rq())
                                && other.python().equals(row.python())
                                && other.direction() == row.direction())
                    .extracting(MatrixRow::outcomes)
                    .containsExactly(row.outcomes()));
  }

  @Test
  @EnabledIfSystemProperty(named = "rq4j.matrix.check", matches = "true")
  void the_last_run_on_servers_gave_what_is_recorded() throws IOException {
    List<MatrixRow> recorded = MatrixResults.recordedOnServers();
    assertThat(MatrixResults.ofLastRunOnServers())
        .filteredOn(row -> !Place.areContainers())
        .allSatisfy(
            row ->
                assertThat(recorded)
                    .filteredOn(
                        other ->
                            other.redis().equals(row.redis())
                                && other.direction() == row.direction())
                    .extracting(MatrixRow::outcomes)
                    .containsExactly(row.outcomes()));
  }

  @Test
  void a_failure_is_told_with_the_name_of_its_test() {
    Map<Scenario, String> outcomes = new EnumMap<>(Scenario.class);
    for (Scenario scenario : Scenario.values()) {
      outcomes.put(scenario, MatrixRow.PASSED);
    }
    outcomes.put(Scenario.TIMEOUT, MatrixRow.FAILED + "a_timeout_fails_the_job");
    MatrixRow row =
        new MatrixRow("9.9", "3.13", "8.1", Direction.PYTHON_TO_JAVA, "today", "Redis 7", outcomes);
    MatrixRow onServer =
        new MatrixRow("9.9", "3.13", "8.1", Direction.JAVA_TO_PYTHON, "today", "Redis 8", outcomes);
    assertThat(MatrixRow.parse(MatrixRow.header(), row.line())).isEqualTo(row);
    assertThat(CompatibilityPage.markdown(List.of(row), List.of(onServer)))
        .contains("22 of 23, **1 failed**")
        .contains("| timeout | **0/1** |")
        .contains("| Redis 8 | 9.9 | 3.13 | 8.1 | 22 of 23, **1 failed** |")
        .contains("| Redis 7 | 9.9 | 3.13 | Python enqueues, Java runs, Python reads | timeout |")
        .contains("| timeout | `a_timeout_fails_the_job` |");
    assertThat(CompatibilityHtml.page(List.of(row), List.of(onServer)))
        .contains("failed: a_timeout_fails_the_job");
  }
}
