package io.github.rq4j.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Looks for Python interpreters, asking each candidate itself what it is. */
final class PythonSearch {

  private static final int NEWEST_MINOR = 15;
  private static final int OLDEST_MINOR = 6;

  private final Map<String, String> environment;
  private final SearchPath path;
  private final Path home;

  PythonSearch(Map<String, String> environment, Path home) {
    this.environment = environment;
    this.path = SearchPath.of(environment.get("PATH"));
    this.home = home;
  }

  static PythonSearch ofThisProcess() {
    return new PythonSearch(System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  PythonInterpreter atLeast(PythonVersion minimum) {
    List<String> names = new ArrayList<>(List.of("python3", "python"));
    for (int minor = NEWEST_MINOR; minor >= OLDEST_MINOR; minor--) {
      names.add("python3." + minor);
    }
    return first(
        names,
        version -> true,
        found ->
            found.parsedVersion().compareTo(minimum) >= 0
                && found.parsedVersion().major() == minimum.major()
                && found.makesEnvironments(),
        "Python " + minimum + " or later that can make virtualenvs");
  }

  PythonInterpreter ofSeries(PythonVersion wanted) {
    return first(
        List.of("python" + wanted.series(), "python" + wanted.major(), "python"),
        wanted::covers,
        found -> wanted.covers(found.parsedVersion()),
        "Python " + wanted);
  }

  /** Asks what PATH has under the names, and those of pyenv's folders that are named as wanted. */
  private PythonInterpreter first(
      List<String> names,
      Predicate<PythonVersion> folders,
      Predicate<PythonInterpreter> suits,
      String what) {
    List<String> seen = new ArrayList<>();
    for (Path candidate : candidates(names, folders, seen)) {
      try {
        PythonInterpreter found = PythonInterpreter.at(candidate);
        if (suits.test(found)) {
          return found;
        }
        seen.add(found + (found.makesEnvironments() ? "" : ", without a working venv module"));
      } catch (PythonUnavailableException e) {
        seen.add(e.getMessage());
      }
    }
    throw new PythonUnavailableException(
        "no "
            + what
            + " found; looked at: "
            + (seen.isEmpty() ? "nothing, PATH holds no Python" : String.join("; ", seen))
            + ". Install one (Debian and Ubuntu: apt-get install python3 python3-venv; macOS: brew"
            + " install python) or let RQ4J_PYTHON name one");
  }

  private Set<Path> candidates(
      List<String> names, Predicate<PythonVersion> folders, List<String> seen) {
    Set<Path> candidates = new LinkedHashSet<>();
    String chosen = environment.getOrDefault("RQ4J_PYTHON", "");
    if (!chosen.isEmpty()) {
      Path file = path.find(chosen).orElse(Path.of(chosen));
      seen.add("RQ4J_PYTHON is " + chosen);
      return Set.of(file);
    }
    names.forEach(name -> path.find(name).ifPresent(candidates::add));
    candidates.addAll(installedByPyenv(folders));
    return candidates;
  }

  private List<Path> installedByPyenv(Predicate<PythonVersion> folders) {
    String root = environment.getOrDefault("PYENV_ROOT", "");
    Path versions = (root.isEmpty() ? home.resolve(".pyenv") : Path.of(root)).resolve("versions");
    record Installed(PythonVersion version, Path executable) {}
    List<Installed> found = new ArrayList<>();
    if (!Files.isDirectory(versions)) {
      return List.of();
    }
    try (DirectoryStream<Path> directories =
        Files.newDirectoryStream(versions, "[0-9]*.[0-9]*.[0-9]*")) {
      for (Path directory : directories) {
        Path executable = directory.resolve("bin").resolve("python");
        String name = directory.getFileName().toString();
        if (name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){2}")
            && folders.test(PythonVersion.parse(name))
            && Files.isExecutable(executable)) {
          found.add(new Installed(PythonVersion.parse(name), executable));
        }
      }
    } catch (IOException e) {
      return List.of(); // a folder that cannot be read offers no interpreter
    }
    found.sort(Comparator.comparing(Installed::version).reversed());
    return found.stream().map(Installed::executable).toList();
  }
}
