package io.github.rq4j.interop.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.PythonFixtures;
import io.github.rq4j.testservers.RqTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/tools.md} names the releases that the tests run, and shows pictures that exist. */
class ToolsPageTest {
  private static final Path DOCS = PythonFixtures.directory().resolveSibling("docs");

  @Test
  void the_page_names_each_tool_with_its_release_and_that_of_rq() throws IOException {
    String page = Files.readString(DOCS.resolve("tools.md")).toLowerCase(Locale.ROOT);

    assertThat(RqTools.ofThisProject().all())
        .allSatisfy(
            tool ->
                assertThat(page.lines())
                    .anyMatch(
                        row ->
                            row.startsWith("| " + tool.name())
                                && row.contains("| " + tool.version() + " | " + tool.rq() + " |")));
  }

  @Test
  void every_picture_is_shown_and_small() throws IOException {
    String page = Files.readString(DOCS.resolve("tools.md"));
    try (var pictures = Files.list(DOCS.resolve("screenshots"))) {
      assertThat(pictures)
          .isNotEmpty()
          .allSatisfy(
              picture -> {
                assertThat(page).contains("(screenshots/" + picture.getFileName() + ")");
                assertThat(Files.size(picture)).isLessThan(150_000);
              });
    }
  }
}
