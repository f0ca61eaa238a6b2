package io.github.rq4j.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.local.CommandResult;
import io.github.rq4j.local.PythonEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver reaches Python in projects that have no folder python-fixtures, too. */
@WithPythonRq
class PythonFixturesTest {

  @Test
  void the_bundled_modules_are_those_of_the_folder() throws IOException {
    assertThat(names(PythonFixtures.bundledModules()))
        .isEqualTo(names(PythonFixtures.directory()))
        .contains("driver.py");
  }

  private static List<String> names(Path modules) throws IOException {
    try (Stream<Path> files = Files.list(modules.resolve("rq4j_fixtures"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".py"))
          .sorted()
          .toList();
    }
  }

  @Test
  void python_imports_the_driver_from_inside_a_jar(@TempDir Path directory, PythonRq python)
      throws IOException {
    Path jar = directory.resolve("modules.jar");
    pack(PythonFixtures.bundledModules().resolve("rq4j_fixtures"), jar, "inside/rq4j_fixtures/");
    PythonEnvironment environment = python.environment().withModules(jar.resolve("inside"));
    CommandResult result =
        environment.run(
            Duration.ofMinutes(1),
            "python",
            "-c",
            "import rq4j_fixtures.driver; print(rq4j_fixtures.driver.__file__)");
    assertThat(result.stdout().strip() + result.stderr())
        .isEqualTo(jar.resolve("inside/rq4j_fixtures/driver.py").toString());
  }

  private static void pack(Path modules, Path jar, String prefix) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream entries = new ZipOutputStream(file);
        Stream<Path> sources = Files.list(modules)) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new ZipEntry(prefix + source.getFileName()));
        Files.copy(source, entries);
      }
    }
  }
}
