package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.local.CommandResult;
import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.local.PythonInterpreter;
import io.github.rq4j.testservers.NeedsPython;
import io.github.rq4j.testservers.PythonFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a shop's CI is shown to run is the example's own, and what the CI's makers accept. */
class CiExamplesTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String GITHUB = ".github/workflows/test.yml";
  private static final String GITLAB = ".gitlab-ci.yml";

  private final Path root = PythonFixtures.directory().toAbsolutePath().resolveSibling("");

  private Path file(String name) {
    return root.resolve("examples/shop").resolve(name);
  }

  @Test
  void the_page_quotes_the_files_of_the_example() throws IOException {
    String page = Files.readString(root.resolve("docs/ci.md"));
    assertThat(page)
        .contains("```yaml\n" + Files.readString(file(GITHUB)) + "```\n")
        .contains("```yaml\n" + Files.readString(file(GITLAB)) + "```\n");
  }

  @Test
  @NeedsPython
  void the_files_are_as_their_schemas_say() {
    // Brings the schemas along, so that none is fetched.
    PythonEnvironment checker =
        PythonEnvironment.builder(PythonInterpreter.find())
            .requirements("check-jsonschema==0.39.0")
            .prepare();
    Map<String, String> files =
        Map.of("vendor.github-workflows", GITHUB, "vendor.gitlab-ci", GITLAB);
    files.forEach(
        (schema, name) -> {
          CommandResult result =
              checker.run(
                  LIMIT, "check-jsonschema", "--builtin-schema", schema, file(name).toString());
          assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isZero();
        });
  }
}
