package io.github.rq4j.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directories in which a shell would look for a program. */
final class SearchPath {

  private final String directories;

  private SearchPath(String directories) {
    this.directories = directories;
  }

  static SearchPath of(@Nullable String directories) {
    return new SearchPath(directories == null ? "" : directories);
  }

  static SearchPath ofThisProcess() {
    return of(System.getenv("PATH"));
  }

  /** The first executable file of that name. */
  Optional<Path> find(String program) {
    return Stream.of(directories.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .flatMap(directory -> candidates(directory, program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Stream<Path> candidates(String directory, String program) {
    try {
      return Stream.of(Path.of(directory, program), Path.of(directory, program + ".exe"));
    } catch (InvalidPathException e) {
      return Stream.empty(); // a broken entry of PATH is the shell's to report
    }
  }

  static boolean onWindows() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  }
}
