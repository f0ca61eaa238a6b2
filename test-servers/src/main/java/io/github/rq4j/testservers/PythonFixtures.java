package io.github.rq4j.testservers;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder {@code python-fixtures} of this project. */
public final class PythonFixtures {

  private PythonFixtures() {}

  /**
   * Where it lies: in the working directory or one above it, or where the system property {@code
   * rq4j.python.fixtures} says.
   *
   * @throws IllegalStateException if it is not found
   */
  public static Path directory() {
    String named = System.getProperty("rq4j.python.fixtures", "");
    if (!named.isEmpty()) {
      return checked(Path.of(named).toAbsolutePath());
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path above = start; above != null; above = above.getParent()) {
      Path candidate = above.resolve("python-fixtures");
      if (Files.isRegularFile(candidate.resolve("matrix.toml"))) {
        return candidate;
      }
    }
    throw new IllegalStateException(
        "no folder python-fixtures in or above "
            + start
            + "; name it with the system property rq4j.python.fixtures");
  }

  private static Path checked(Path directory) {
    if (!Files.isRegularFile(directory.resolve("matrix.toml"))) {
      throw new IllegalStateException(
          "rq4j.python.fixtures names " + directory + ", which has no matrix.toml");
    }
    return directory;
  }
}
