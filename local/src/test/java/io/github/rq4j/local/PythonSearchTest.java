package io.github.rq4j.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonSearchTest {

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void search_only_the_test_directory() throws IOException {
    environment.put("PATH", Files.createDirectory(home.resolve("bin")).toString());
  }

  @Test
  @DisabledIfEnvironmentVariable(
      named = "RQ4J_SKIP_PYTHON",
      matches = "true",
      disabledReason = "RQ4J_SKIP_PYTHON leaves out what needs Python")
  void the_machine_has_a_python_that_makes_virtualenvs() {
    PythonInterpreter found = PythonInterpreter.find();
    assertThat(found.makesEnvironments()).isTrue();
    assertThat(found.version()).startsWith("3.");
  }

  @Test
  void a_python_on_the_path_comes_before_the_versions_of_pyenv() throws IOException {
    python("bin/python3", "3.9.1", "venv");
    python(".pyenv/versions/3.12.1/bin/python", "3.12.1", "venv");
    assertThat(atLeast("3.6")).isEqualTo("3.9.1");
  }

  @Test
  void the_newest_version_of_pyenv_helps_out_when_the_path_has_only_an_older_one()
      throws IOException {
    python("bin/python3", "3.6.9", "venv");
    python(".pyenv/versions/3.9.18/bin/python", "3.9.18", "venv");
    python(".pyenv/versions/3.12.1/bin/python", "3.12.1", "venv");
    assertThat(atLeast("3.8")).isEqualTo("3.12.1");
  }

  @Test
  void a_python_without_venv_is_passed_over_and_named() throws IOException {
    python("bin/python3", "3.11.2", "none");
    assertThatExceptionOfType(PythonUnavailableException.class)
        .isThrownBy(() -> atLeast("3.6"))
        .withMessageContaining("3.11.2")
        .withMessageContaining("without a working venv module")
        .withMessageContaining("python3-venv");
  }

  @Test
  void the_variable_excludes_every_other_python() throws IOException {
    python("bin/python3", "3.11.2", "venv");
    environment.put("RQ4J_PYTHON", home.resolve("missing").toString());
    assertThatExceptionOfType(PythonUnavailableException.class)
        .isThrownBy(() -> atLeast("3.6"))
        .withMessageContaining("RQ4J_PYTHON")
        .withMessageContaining("missing");
  }

  @Test
  void the_variable_may_name_a_program_on_the_path() throws IOException {
    python("bin/python3", "3.11.2", "venv");
    python("bin/mypython", "3.10.0", "venv");
    environment.put("RQ4J_PYTHON", "mypython");
    assertThat(atLeast("3.6")).isEqualTo("3.10.0");
  }

  @Test
  void a_series_is_found_whether_or_not_it_makes_virtualenvs() throws IOException {
    python("bin/python3", "3.11.2", "venv");
    python(".pyenv/versions/2.7.18/bin/python", "2.7.18", "none");
    assertThat(new PythonSearch(environment, home).ofSeries(PythonVersion.parse("2.7")).version())
        .isEqualTo("2.7.18");
  }

  @Test
  void of_a_series_only_the_versions_of_pyenv_that_are_named_so_are_asked() throws IOException {
    python(".pyenv/versions/3.12.1/bin/python", "3.8.1", "venv");
    python(".pyenv/versions/3.8.18/bin/python", "3.8.18", "venv");
    assertThat(new PythonSearch(environment, home).ofSeries(PythonVersion.parse("3.8")).version())
        .isEqualTo("3.8.18");
  }

  @Test
  void a_launcher_that_fails_is_no_python() throws IOException {
    script("bin/python3", "echo 'pyenv: version not installed' >&2; exit 127");
    assertThatExceptionOfType(PythonUnavailableException.class)
        .isThrownBy(() -> atLeast("3.6"))
        .withMessageContaining("version not installed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "3.x", "3.11.7.1", "99999999999.1", "-3.1"})
  void what_is_no_version_is_refused(String text) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> PythonVersion.parse(text))
        .withMessageContaining("3.11");
  }

  private String atLeast(String minimum) {
    return new PythonSearch(environment, home).atLeast(PythonVersion.parse(minimum)).version();
  }

  private void python(String file, String version, String venv) throws IOException {
    script(file, "echo; echo " + version + "; echo a build; echo " + venv);
  }

  private void script(String file, String content) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/bin/sh\n" + content + "\n");
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }
}
