package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.local.CommandResult;
import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.local.PythonInterpreter;
import io.github.rq4j.testservers.PythonFixtures;
import io.github.rq4j.testservers.RqMatrix;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** The Python half of the suite is held to a style too, by the ruff pinned in its matrix. */
@DisabledIfEnvironmentVariable(
    named = "RQ4J_SKIP_PYTHON",
    matches = "true",
    disabledReason = "RQ4J_SKIP_PYTHON leaves out what needs Python")
class PythonFixturesStyleTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);

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
    String[] all = new String[arguments.length + 1];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = PythonFixtures.directory().toString();
    return environment.run(LIMIT, "ruff", all);
  }

  private static void assertClean(CommandResult result) {
    assertThat(result.exitCode()).as(result.stdout() + result.stderr()).isZero();
  }
}
