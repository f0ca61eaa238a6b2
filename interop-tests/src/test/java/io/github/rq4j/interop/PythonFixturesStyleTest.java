package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.local.CommandResult;
import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.local.PythonInterpreter;
import io.github.rq4j.testservers.NeedsPython;
import io.github.rq4j.testservers.PythonFixtures;
import io.github.rq4j.testservers.RqMatrix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is written in Python is held to a style too, by the ruff pinned in the matrix. */
@NeedsPython
class PythonFixturesStyleTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final List<String> SOURCES =
      List.of("python-fixtures", "testkit/src/test/python", "examples/shop/python");

  private static PythonEnvironment environment;

  @BeforeAll
  static void install_ruff() {
    environment =
        PythonEnvironment.builder(PythonInterpreter.find())
            .requirements(RqMatrix.ofThisProject().ruff())
            .prepare();
  }

  @Test
  void the_linter_finds_nothing() {
    assertClean(ruff("check", "--no-cache"));
  }

  @Test
  void the_sources_are_formatted() {
    assertClean(ruff("format", "--check", "--diff", "--no-cache"));
  }

  private static CommandResult ruff(String... arguments) {
    Path fixtures = PythonFixtures.directory();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", fixtures.resolve("pyproject.toml").toString()));
    SOURCES.forEach(source -> all.add(fixtures.resolveSibling(source).toString()));
    return environment.run(LIMIT, "ruff", all.toArray(String[]::new));
  }

  private static void assertClean(CommandResult result) {
    assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isZero();
  }
}
