package io.github.rq4j.cli.worker;

import io.github.rq4j.cli.console.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The jars and directories that hold an application's functions, in the notation of {@code java}.
 */
public final class HandlerClassPath implements AutoCloseable {
  private static final String ALL_JARS = "*";

  private final URLClassLoader loader;

  private HandlerClassPath(URLClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Opens a class path.
   *
   * @param text entries between the platform's path separators; {@code dir/*} stands for all jars
   *     of a directory; may be empty
   * @throws CommandFailure if an entry does not exist
   */
  public static HandlerClassPath of(String text) throws IOException {
    List<URL> entries = new ArrayList<>();
    for (String entry : text.split(Pattern.quote(File.pathSeparator), -1)) {
      if (!entry.isEmpty()) {
        entries.addAll(urls(entry));
      }
    }
    return new HandlerClassPath(
        new URLClassLoader(
            "handlers", entries.toArray(new URL[0]), HandlerClassPath.class.getClassLoader()));
  }

  private static List<URL> urls(String entry) throws IOException {
    try {
      if (entry.equals(ALL_JARS) || entry.endsWith("/*") || entry.endsWith(File.separator + "*")) {
        return jarsOf(Path.of(entry.substring(0, entry.length() - 1)), entry);
      }
      Path path = Path.of(entry);
      if (!Files.exists(path)) {
        throw missing(entry);
      }
      return List.of(url(path));
    } catch (InvalidPathException e) {
      throw CommandFailure.misuse("--classpath: '" + entry + "' is not a path", e);
    }
  }

  private static List<URL> jarsOf(Path directory, String entry) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw missing(entry);
    }
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(HandlerClassPath::isJar).sorted().toList()) {
        jars.add(url(file));
      }
    }
    return jars;
  }

  private static boolean isJar(Path file) {
    String name = file.toString();
    return name.endsWith(".jar") || name.endsWith(".JAR");
  }

  private static URL url(Path path) throws MalformedURLException {
    return path.toUri().toURL();
  }

  private static CommandFailure missing(String entry) {
    return CommandFailure.misuse("--classpath: there is no " + entry);
  }

  /** Loads from this class path what the command itself does not have. */
  public ClassLoader loader() {
    return loader;
  }

  /** Closes the jars; classes that were not loaded yet cannot be loaded any more. */
  @Override
  public void close() throws IOException {
    loader.close();
  }
}
