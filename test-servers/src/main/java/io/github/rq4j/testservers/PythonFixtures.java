package io.github.rq4j.testservers;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

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

  /**
   * Where its package {@code rq4j_fixtures} lies beside the classes of this module, for {@code
   * PYTHONPATH}: in a folder, or inside a jar, from which Python imports as well.
   *
   * @throws IllegalStateException if these classes come from neither
   */
  public static Path bundledModules() {
    CodeSource source = PythonFixtures.class.getProtectionDomain().getCodeSource();
    try {
      Path classes = Path.of(source.getLocation().toURI());
      return classes.resolve(PythonFixtures.class.getPackageName().replace('.', '/') + "/python");
    } catch (URISyntaxException | RuntimeException e) {
      throw new IllegalStateException("no file or folder holds " + PythonFixtures.class, e);
    }
  }

  private static Path checked(Path directory) {
    if (!Files.isRegularFile(directory.resolve("matrix.toml"))) {
      throw new IllegalStateException(
          "rq4j.python.fixtures names " + directory + ", which has no matrix.toml");
    }
    return directory;
  }
}
