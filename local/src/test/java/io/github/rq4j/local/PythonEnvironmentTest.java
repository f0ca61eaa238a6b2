package io.github.rq4j.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What is installed here is a wheel made on the spot: no test needs a network. */
@DisabledIfEnvironmentVariable(
    named = "RQ4J_SKIP_PYTHON",
    matches = "true",
    disabledReason = "RQ4J_SKIP_PYTHON leaves out what needs Python")
class PythonEnvironmentTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final PythonInterpreter PYTHON = PythonInterpreter.find();

  // Virtualenvs hold links to places outside, which JUnit would warn about when it cleans up.
  @TempDir(cleanup = CleanupMode.NEVER)
  static Path shared;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path cache;

  private static PythonEnvironment tiny;

  @BeforeAll
  static void write_a_package() throws IOException {
    // A wheel is a zip file with a few texts in it; zipfile comes with every Python.
    String script =
        """
        import sys, zipfile
        with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
            wheel.writestr('tiny.py', 'def main():\\n    print("tiny speaks")\\n')
            wheel.writestr('tiny-1.2.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.2\\n')
            wheel.writestr('tiny-1.2.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
            wheel.writestr('tiny-1.2.dist-info/entry_points.txt', '[console_scripts]\\ntiny = tiny:main\\n')
            wheel.writestr('tiny-1.2.dist-info/RECORD', '')
        """;
    CommandResult result =
        BoundedCommand.run(
            new ProcessBuilder(PYTHON.executable().toString(), "-c", script, wheel().toString()),
            LIMIT);
    assertThat(result.succeeded()).as(result.stderr()).isTrue();
    tiny =
        PythonEnvironment.builder(PYTHON)
            .requirements(wheel().toString())
            .cache(shared.resolve("cache"))
            .prepare();
  }

  @AfterEach
  void remove_the_environments_of_the_test() throws IOException {
    FileTree.delete(cache);
  }

  @AfterAll
  static void remove_the_shared_environment() throws IOException {
    FileTree.delete(shared);
  }

  private static Path wheel() {
    return shared.resolve("tiny-1.2-py3-none-any.whl");
  }

  private PythonEnvironment.Builder bare() {
    return PythonEnvironment.builder(PYTHON).cache(cache);
  }

  @Test
  void a_program_of_the_environment_runs() {
    assertThat(tiny.run(LIMIT, "tiny")).isEqualTo(new CommandResult(0, "tiny speaks\n", ""));
  }

  @Test
  void an_installed_version_is_told() {
    assertThat(tiny.versionOf("tiny")).isEqualTo("1.2");
  }

  @Test
  void the_version_of_what_is_not_installed_is_refused() {
    assertThatExceptionOfType(PythonEnvironmentException.class)
        .isThrownBy(() -> tiny.versionOf("tin"))
        .withMessageContaining("tin is not installed");
  }

  @Test
  void a_second_use_finds_the_same_environment_even_after_python_compiled_modules()
      throws IOException {
    PythonEnvironment first = bare().prepare();
    Path compiled = Files.createDirectory(first.directory().resolve("__pycache__"));
    Files.writeString(compiled.resolve("module.pyc"), "compiled");
    assertThat(bare().prepare().directory()).isEqualTo(first.directory());
    assertThat(compiled).exists();
  }

  @Test
  void other_requirements_make_another_environment() {
    assertThat(bare().cache(shared.resolve("cache")).prepare().directory())
        .isNotEqualTo(tiny.directory());
  }

  @Test
  void concurrent_first_uses_share_one_environment() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<PythonEnvironment>> uses = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        uses.add(threads.submit(() -> bare().prepare()));
      }
      Set<Path> directories = new HashSet<>();
      for (Future<PythonEnvironment> use : uses) {
        directories.add(use.get().directory());
      }
      assertThat(directories).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void an_environment_that_lost_a_file_is_made_anew() throws IOException {
    PythonEnvironment first = bare().prepare();
    Files.delete(first.directory().resolve("pyvenv.cfg"));
    PythonEnvironment second = bare().prepare();
    assertThat(second.directory()).isNotEqualTo(first.directory());
    assertThat(second.run(LIMIT, "python", "-c", "print(1)").stdout()).isEqualTo("1\n");
  }

  @Test
  void a_half_made_environment_is_removed_and_made_anew() throws IOException {
    PythonEnvironment halfMade = bare().prepare();
    Files.delete(halfMade.directory().resolveSibling("current"));
    assertThat(bare().prepare().directory()).isNotEqualTo(halfMade.directory());
    assertThat(halfMade.directory()).doesNotExist();
  }

  @Test
  void a_refresh_makes_it_anew_and_leaves_the_files_of_running_processes() {
    PythonEnvironment first = bare().prepare();
    PythonEnvironment second = bare().refresh(true).prepare();
    assertThat(second.directory()).isNotEqualTo(first.directory());
    assertThat(first.run(LIMIT, "python", "-c", "print(1)").succeeded()).isTrue();
    assertThat(bare().prepare().directory()).isEqualTo(second.directory());
  }

  @Test
  void a_requirement_that_cannot_be_had_is_reported_in_the_words_of_pip() throws IOException {
    PythonEnvironment.Builder builder =
        PythonEnvironment.builder(PYTHON)
            .requirements(shared.resolve("missing-1.0-py3-none-any.whl").toString())
            .cache(cache);
    assertThatExceptionOfType(PythonEnvironmentException.class)
        .isThrownBy(builder::prepare)
        .withMessageContaining("pip could not install")
        .withMessageContaining("missing-1.0-py3-none-any.whl")
        .satisfies(failure -> assertThat(failure.output()).contains("ERROR"));
    try (Stream<Path> files = Files.walk(cache)) {
      assertThat(files.filter(Files::isRegularFile).map(Path::getFileName))
          .extracting(Path::toString)
          .containsExactly("lock");
    }
  }

  @Test
  void a_program_that_is_not_there_is_reported() {
    assertThatExceptionOfType(PythonEnvironmentException.class)
        .isThrownBy(() -> tiny.command("rq"))
        .withMessageContaining("no program rq");
  }

  @Test
  void a_command_sees_our_modules_and_none_of_the_users_settings() {
    PythonEnvironment environment = tiny.withModules(shared);
    Map<String, String> variables = environment.command("python").environment();
    assertThat(variables)
        .containsEntry("PYTHONPATH", shared.toAbsolutePath().toString())
        .containsEntry("PYTHONNOUSERSITE", "1")
        .containsEntry("PYTHONUNBUFFERED", "1");
    assertThat(variables.get("PATH")).startsWith(environment.directory().toString());
  }

  @Test
  void variables_that_steer_python_or_rq_are_taken_out_and_pips_index_stays() {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "PYTHONPATH", "/elsewhere",
                "PYTHONHOME", "/elsewhere",
                "RQ_REDIS_URL", "redis://elsewhere",
                "REDIS_HOST", "elsewhere",
                "PIP_TARGET", "/elsewhere",
                "PIP_INDEX_URL", "https://index.example/simple",
                "HOME", "/home/me"));
    PythonVariables.clean(variables);
    assertThat(variables)
        .containsEntry("PIP_INDEX_URL", "https://index.example/simple")
        .containsEntry("HOME", "/home/me")
        .doesNotContainValue("/elsewhere")
        .doesNotContainValue("elsewhere")
        .doesNotContainValue("redis://elsewhere");
  }
}
