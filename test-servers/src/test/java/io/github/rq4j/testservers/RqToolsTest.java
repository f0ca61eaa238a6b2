package io.github.rq4j.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RqToolsTest {

  private final RqTools tools = RqTools.ofThisProject();

  @Test
  void every_tool_is_pinned_together_with_all_that_it_needs() {
    assertThat(tools.all())
        .isNotEmpty()
        .allSatisfy(
            tool ->
                assertThat(tool.requirements())
                    .contains(tool.name() + "==" + tool.version(), "rq==" + tool.rq())
                    .anyMatch(requirement -> requirement.startsWith("redis=="))
                    .allMatch(requirement -> requirement.matches("[a-z0-9-]+==[0-9b.]+")));
  }

  @Test
  void no_tool_is_there_twice() {
    assertThat(tools.all()).extracting(RqTool::name).doesNotHaveDuplicates();
  }

  @Test
  void an_unknown_tool_is_refused_with_those_that_there_are() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tools.named("nosuch"))
        .withMessageContaining("nosuch")
        .withMessageContaining("rq-dashboard");
  }

  @Test
  void a_tool_without_a_version_is_reported(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("tools.toml");
    Files.writeString(file, "[[tool]]\nname = \"rq-dashboard\"\n");
    assertThatIllegalStateException()
        .isThrownBy(() -> RqTools.read(file))
        .withMessageContaining("version");
  }
}
