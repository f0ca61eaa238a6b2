package io.github.rq4j.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
