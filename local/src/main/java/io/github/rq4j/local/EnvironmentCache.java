package io.github.rq4j.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtualenvs of this user.
 *
 * <p>A virtualenv cannot be moved once it is made, for its scripts name its place. So each one is
 * made where it will stay, under a name of its own, and becomes valid when the file {@code current}
 * beside it, replaced in one step, points to it. Whoever makes one holds the file {@code lock}.
 */
final class EnvironmentCache {

  private static final Logger log = LoggerFactory.getLogger(EnvironmentCache.class);

  // The last release that makes environments for Python 2.7 and 3.6.
  private static final String VIRTUALENV = "virtualenv==20.21.1";
  private static final String PREFIX = "env-";

  private final Path root;
  private final Duration limit;

  EnvironmentCache(Path root, Duration limit) {
    this.root = root;
    this.limit = limit;
  }

  /** The directory that holds the programs of a virtualenv. */
  static Path programs(Path environment) {
    return environment.resolve(SearchPath.onWindows() ? "Scripts" : "bin");
  }

  static Path python(Path environment) {
    return programs(environment).resolve(SearchPath.onWindows() ? "python.exe" : "python");
  }

  /** Finds the environment, or makes it. */
  Path find(PythonInterpreter interpreter, List<String> requirements, boolean refresh) {
    Path home = root.resolve(key(interpreter, requirements));
    try {
      Optional<Path> ready = CurrentEnvironment.of(home);
      if (ready.isPresent() && !refresh) {
        return ready.get();
      }
      Files.createDirectories(home);
      FileLockGuard lock = FileLockGuard.acquire(home.resolve("lock"), limit);
      try {
        Optional<Path> before = CurrentEnvironment.of(home);
        if (before.isPresent() && (!refresh || !before.equals(ready))) {
          return before.get(); // made by someone else while we waited
        }
        return make(interpreter, requirements, home, before);
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      throw new PythonEnvironmentException(
          "cannot make a virtualenv in " + home + ": " + e.getMessage(), e);
    }
  }

  private Path make(
      PythonInterpreter interpreter, List<String> requirements, Path home, Optional<Path> before)
      throws IOException {
    log.info("Making a virtualenv of {} with {} in {}", interpreter, requirements, home);
    removeAllBut(before, home);
    Path environment = Files.createTempDirectory(home, PREFIX);
    boolean complete = false;
    try {
      run(
          creation(interpreter, requirements, environment),
          interpreter + " could not make a virtualenv");
      if (!requirements.isEmpty()) {
        run(
            installation(environment, requirements),
            "pip could not install " + String.join(", ", requirements) + " for " + interpreter);
      }
      CurrentEnvironment.set(home, environment);
      complete = true;
      return environment;
    } finally {
      if (!complete) {
        FileTree.delete(environment);
      }
    }
  }

  /** What earlier runs left half made goes; the one that may be in use stays. */
  private static void removeAllBut(Optional<Path> kept, Path home) throws IOException {
    List<Path> leftovers = new ArrayList<>();
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(home, PREFIX + "*")) {
      directories.forEach(leftovers::add);
    }
    kept.ifPresent(leftovers::remove);
    for (Path leftover : leftovers) {
      FileTree.delete(leftover);
    }
  }

  /** Without requirements nobody needs pip, which takes most of the time to put in place. */
  private List<String> creation(
      PythonInterpreter interpreter, List<String> requirements, Path environment) {
    List<String> command = new ArrayList<>();
    if (interpreter.makesEnvironments()) {
      command.addAll(List.of(interpreter.executable().toString(), "-m", "venv"));
      if (requirements.isEmpty()) {
        command.add("--without-pip");
      }
    } else {
      Path tool = find(PythonInterpreter.find(), List.of(VIRTUALENV), false);
      command.addAll(List.of(python(tool).toString(), "-m", "virtualenv"));
      command.addAll(List.of("--no-periodic-update", "--python"));
      command.add(interpreter.executable().toString());
    }
    command.add(environment.toString());
    return command;
  }

  private static List<String> installation(Path environment, List<String> requirements) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(python(environment).toString(), "-m", "pip", "install"));
    command.addAll(List.of("--disable-pip-version-check", "--no-input"));
    command.addAll(requirements);
    return command;
  }

  private void run(List<String> command, String failure) {
    ProcessBuilder builder = new ProcessBuilder(command);
    PythonVariables.clean(builder.environment());
    CommandResult result = BoundedCommand.run(builder, limit);
    if (!result.succeeded()) {
      throw new PythonEnvironmentException(
          failure + " (exit code " + result.exitCode() + ")",
          BoundedCommand.tail(result.stdout() + result.stderr()));
    }
  }

  private static String key(PythonInterpreter interpreter, List<String> requirements) {
    StringBuilder identity = new StringBuilder();
    identity.append(interpreter.build()).append('\n').append(interpreter.executable());
    requirements.forEach(requirement -> identity.append('\n').append(requirement));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(identity.toString().getBytes(StandardCharsets.UTF_8));
      return interpreter.version() + "-" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
