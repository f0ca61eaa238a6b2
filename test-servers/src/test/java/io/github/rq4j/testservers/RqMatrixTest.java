package io.github.rq4j.testservers;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RqMatrixTest {

  private final RqMatrix matrix = RqMatrix.ofThisProject();

  @Test
  void every_release_is_pinned_together_with_all_that_it_needs() {
    assertThat(matrix.releases())
        .allSatisfy(
            release ->
                assertThat(release.requirements())
                    .contains("rq==" + release.version())
                    .allMatch(requirement -> requirement.matches("[a-z-]+==[0-9.]+")));
  }

  @Test
  void every_cell_is_pinned_together_with_all_that_it_needs() {
    assertThat(matrix.cells())
        .allSatisfy(
            cell ->
                assertThat(cell.requirements())
                    .contains("rq==" + cell.rq())
                    .anyMatch(requirement -> requirement.startsWith("redis=="))
                    .allMatch(requirement -> requirement.matches("[a-z-]+==[0-9.]+")));
  }

  @Test
  void no_cell_is_there_twice_and_each_release_has_an_oldest_and_a_newest_python() {
    assertThat(matrix.cells()).extracting(RqCell::toString).doesNotHaveDuplicates();
    assertThat(matrix.cells().stream().collect(groupingBy(RqCell::rq, counting())).values())
        .hasSize(17)
        .allMatch(count -> count >= 2);
  }

  @Test
  void versions_are_compared_as_numbers() {
    RqCell cell = new RqCell("1.10.1", "3.13", List.of(), false);
    assertThat(cell.isSince("1.9")).isTrue();
    assertThat(cell.isSince("1.10.1")).isTrue();
    assertThat(cell.isSince("1.11")).isFalse();
    assertThat(cell.hasPython("3.8")).isTrue();
    assertThat(cell.hasPython("3.14")).isFalse();
  }

  @Test
  void the_newest_release_comes_first() {
    assertThat(matrix.newest()).isEqualTo(matrix.releases().get(0));
    assertThat(matrix.release("1.16.2").oldestPython()).isEqualTo("3.7");
  }

  @Test
  void an_unknown_release_is_refused_with_the_known_ones() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matrix.release("0.1"))
        .withMessageContaining("0.1")
        .withMessageContaining("1.16.2");
  }

  @Test
  void a_release_without_its_python_is_refused(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("matrix.toml"), "[[release]]\nrq = \"9.9\"\n");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> RqMatrix.read(file))
        .withMessageContaining("python");
  }
}
