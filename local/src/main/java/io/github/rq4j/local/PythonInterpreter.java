package io.github.rq4j.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Python interpreter of this machine that answered when asked for its version. Immutable.
 *
 * <p>{@code RQ4J_PYTHON}, when set, names the only interpreter that is looked at: a path, or a
 * program on {@code PATH}. Otherwise {@code PATH} is searched, then the versions that pyenv
 * installed.
 */
public final class PythonInterpreter {

  private static final Duration PROBE_LIMIT = Duration.ofSeconds(30);
  // Understood by Python 2 as well. Debian ships venv without ensurepip until python3-venv is
  // installed.
  private static final String PROBE =
      """
      import sys
      print(sys.executable)
      print('.'.join(str(part) for part in sys.version_info[:3]))
      print(' '.join(sys.version.split()))
      try:
          import venv, ensurepip
          print('venv')
      except ImportError:
          print('none')
      """;

  private final Path executable;
  private final PythonVersion version;
  private final String build;
  private final boolean makesEnvironments;

  private PythonInterpreter(
      Path executable, PythonVersion version, String build, boolean makesEnvironments) {
    this.executable = executable;
    this.version = version;
    this.build = build;
    this.makesEnvironments = makesEnvironments;
  }

  /**
   * The best Python 3 that can make virtualenvs.
   *
   * @throws PythonUnavailableException if there is none; the message names all that were looked at
   */
  public static PythonInterpreter find() {
    return PythonSearch.ofThisProcess().atLeast(PythonVersion.parse("3.6"));
  }

  /**
   * The first Python of at least the given version that can make virtualenvs.
   *
   * @param minimum such as {@code 3.8}
   * @throws IllegalArgumentException if {@code minimum} is no version
   * @throws PythonUnavailableException if there is none
   */
  public static PythonInterpreter atLeast(String minimum) {
    return PythonSearch.ofThisProcess().atLeast(PythonVersion.parse(minimum));
  }

  /**
   * A Python of exactly this series, whether or not it can make virtualenvs by itself.
   *
   * @param series such as {@code 2.7} or {@code 3.12}, or a full version
   * @throws IllegalArgumentException if {@code series} is no version
   * @throws PythonUnavailableException if there is none
   */
  public static PythonInterpreter ofSeries(String series) {
    return PythonSearch.ofThisProcess().ofSeries(PythonVersion.parse(series));
  }

  /**
   * The interpreter behind the given file, which may be a link or a launching script.
   *
   * @throws PythonUnavailableException if it is no Python interpreter or does not run
   */
  public static PythonInterpreter at(Path executable) {
    CommandResult result;
    try {
      result =
          BoundedCommand.run(
              new ProcessBuilder(executable.toString(), "-E", "-c", PROBE), PROBE_LIMIT);
    } catch (LocalToolException e) {
      throw new PythonUnavailableException(String.valueOf(e.getMessage()), e);
    }
    List<String> answer = result.stdout().lines().toList();
    if (!result.succeeded() || answer.size() != 4) {
      throw new PythonUnavailableException(
          executable
              + " is no working Python (exit code "
              + result.exitCode()
              + "): "
              + BoundedCommand.tail(result.stderr()).strip());
    }
    Path real = answer.get(0).isEmpty() ? executable : Path.of(answer.get(0));
    return new PythonInterpreter(
        real, PythonVersion.parse(answer.get(1)), answer.get(2), answer.get(3).equals("venv"));
  }

  /** The interpreter itself, behind links and launchers as far as it knows. */
  public Path executable() {
    return executable;
  }

  /** The version in three parts, such as {@code 3.11.7}. */
  public String version() {
    return version.toString();
  }

  /** Whether its {@code venv} module works: false for Python 2 and for Debian's bare python3. */
  public boolean makesEnvironments() {
    return makesEnvironments;
  }

  PythonVersion parsedVersion() {
    return version;
  }

  /** The text of {@code sys.version} on one line: tells builds of one version apart. */
  String build() {
    return build;
  }

  @Override
  public String toString() {
    return "Python " + version + " (" + executable + ")";
  }
}
