package io.github.rq4j.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A virtualenv with given requirements, kept in a cache: the first use makes it, each later use,
 * also of other processes and without a network, finds it ready. An environment that was left half
 * made or has lost files since is made anew.
 *
 * <p>The cache is {@code RQ4J_CACHE}, else {@code rq4j} in the user's cache directory. Immutable
 * and thread-safe.
 */
public final class PythonEnvironment {

  private final PythonInterpreter interpreter;
  private final List<String> requirements;
  private final Path directory;
  private final List<Path> modules;
  private final Map<String, String> variables;

  private PythonEnvironment(
      PythonInterpreter interpreter,
      List<String> requirements,
      Path directory,
      List<Path> modules,
      Map<String, String> variables) {
    this.interpreter = interpreter;
    this.requirements = requirements;
    this.directory = directory;
    this.modules = modules;
    this.variables = variables;
  }

  /**
   * An environment with the newest RQ that pip found when it was made. It stays as it is until it
   * is made anew with {@link Builder#refresh(boolean)}.
   *
   * @throws PythonUnavailableException if no suitable Python is on this machine
   * @throws PythonEnvironmentException if it cannot be made
   */
  public static PythonEnvironment newestRq() {
    return builder(PythonInterpreter.find()).requirements("rq").prepare();
  }

  /** Options for an environment of the given interpreter. */
  public static Builder builder(PythonInterpreter interpreter) {
    return new Builder(interpreter);
  }

  /** The interpreter from which the environment was made. */
  public PythonInterpreter interpreter() {
    return interpreter;
  }

  /** What was asked for, in pip's notation. */
  public List<String> requirements() {
    return requirements;
  }

  /** The root of the virtualenv. */
  public Path directory() {
    return directory;
  }

  /** The virtualenv's own interpreter. */
  public Path python() {
    return EnvironmentCache.python(directory);
  }

  /** The same environment with these directories, and no others, as {@code PYTHONPATH}. */
  public PythonEnvironment withModules(Path... directories) {
    return new PythonEnvironment(
        interpreter, requirements, directory, List.of(directories), variables);
  }

  /** The same environment with one more variable for its programs. */
  public PythonEnvironment withVariable(String name, String value) {
    Map<String, String> more = new HashMap<>(variables);
    more.put(name, value);
    return new PythonEnvironment(interpreter, requirements, directory, modules, Map.copyOf(more));
  }

  /**
   * The installed version of a distribution, such as {@code 3.0.0} for {@code rq}.
   *
   * @throws PythonEnvironmentException if it is not installed
   */
  public String versionOf(String distribution) {
    String prefix = distribution.toLowerCase(Locale.ROOT).replace('-', '_') + "-";
    try (Stream<Path> files = Files.walk(directory, 5)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(prefix))
          .filter(name -> name.endsWith(".dist-info") || name.endsWith(".egg-info"))
          .map(
              name ->
                  name.substring(prefix.length()).replaceFirst("(-py.*)?\\.(dist|egg)-info", ""))
          .findFirst()
          .orElseThrow(
              () ->
                  new PythonEnvironmentException(
                      distribution + " is not installed in " + directory, ""));
    } catch (IOException e) {
      throw new PythonEnvironmentException("cannot read " + directory + ": " + e.getMessage(), e);
    }
  }

  /**
   * A program of this environment ({@code rq}, {@code python}), ready to be started. Variables that
   * would steer Python or RQ are taken out of its environment, the user's own site-packages are
   * left aside, and output is not buffered.
   *
   * @throws PythonEnvironmentException if the environment has no such program
   */
  public ProcessBuilder command(String program, String... arguments) {
    Path executable =
        SearchPath.of(EnvironmentCache.programs(directory).toString())
            .find(program)
            .orElseThrow(
                () ->
                    new PythonEnvironmentException(
                        "there is no program " + program + " in " + directory, ""));
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    PythonVariables.clean(builder.environment());
    Map<String, String> environment = builder.environment();
    environment.put("VIRTUAL_ENV", directory.toString());
    environment.merge(
        "PATH",
        EnvironmentCache.programs(directory).toString(),
        (old, own) -> own + File.pathSeparator + old);
    if (!modules.isEmpty()) {
      environment.put(
          "PYTHONPATH",
          modules.stream()
              .map(module -> module.toAbsolutePath().toString())
              .collect(Collectors.joining(File.pathSeparator)));
    }
    environment.putAll(variables);
    return builder;
  }

  /**
   * Runs a program of this environment to its end, without standard input.
   *
   * @param limit how long it may take; it is killed, with its children, when it takes longer
   * @throws PythonEnvironmentException if the environment has no such program
   * @throws LocalToolException if it takes longer, or if the calling thread is interrupted
   */
  public CommandResult run(Duration limit, String program, String... arguments) {
    return BoundedCommand.run(command(program, arguments), limit);
  }

  @Override
  public String toString() {
    return interpreter + " with " + String.join(", ", requirements);
  }

  /** Options for a {@link PythonEnvironment}. Not thread-safe. */
  public static final class Builder {

    private final PythonInterpreter interpreter;
    private List<String> requirements = List.of();
    private Path cache = CacheDirectory.ofThisUser();
    private Duration limit = Duration.ofMinutes(10);
    private boolean refresh;

    private Builder(PythonInterpreter interpreter) {
      this.interpreter = interpreter;
    }

    /** What to install, in pip's notation: {@code rq==2.0.0}. Nothing by default. */
    public Builder requirements(String... requirements) {
      return requirements(List.of(requirements));
    }

    /** What to install, in pip's notation: {@code rq==2.0.0}. Nothing by default. */
    public Builder requirements(List<String> requirements) {
      this.requirements = List.copyOf(requirements);
      return this;
    }

    /** Where environments are kept, instead of the user's cache directory. */
    public Builder cache(Path cache) {
      this.cache = cache.toAbsolutePath();
      return this;
    }

    /** How long making it, and waiting for others who make it, may take; 10 minutes by default. */
    public Builder limit(Duration limit) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException("limit must be more than zero, not " + limit);
      }
      this.limit = limit;
      return this;
    }

    /**
     * Whether to make the environment anew even if it is there, so that unpinned requirements move
     * to their newest versions. Processes that still run in the one before it are left their files.
     */
    public Builder refresh(boolean refresh) {
      this.refresh = refresh;
      return this;
    }

    /**
     * Finds or makes the environment.
     *
     * @throws PythonUnavailableException if virtualenvs cannot be made
     * @throws PythonEnvironmentException if it cannot be made; quotes the end of pip's output
     */
    public PythonEnvironment prepare() {
      EnvironmentCache environments = new EnvironmentCache(cache.resolve("python"), limit);
      Path directory = environments.find(interpreter, requirements, refresh);
      return new PythonEnvironment(interpreter, requirements, directory, List.of(), Map.of());
    }
  }
}
