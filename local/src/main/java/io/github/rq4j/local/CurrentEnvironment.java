package io.github.rq4j.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

/**
 * The pointer to the complete virtualenv among its drafts and predecessors: its directory's name,
 * and how many files of how many bytes it had when it was complete.
 */
final class CurrentEnvironment {

  private static final String POINTER = "current";

  private CurrentEnvironment() {}

  /** The complete environment in {@code home}; empty if there is none or it has been damaged. */
  static Optional<Path> of(Path home) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(home.resolve(POINTER));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.size() != 2) {
      return Optional.empty();
    }
    Path environment = home.resolve(lines.get(0));
    boolean intact =
        Files.isExecutable(EnvironmentCache.python(environment))
            && lines.get(1).equals(Inventory.of(environment));
    return intact ? Optional.of(environment) : Optional.empty();
  }

  /** Declares the environment complete. */
  static void set(Path home, Path environment) throws IOException {
    String content = environment.getFileName() + "\n" + Inventory.of(environment) + "\n";
    Path draft = Files.createTempFile(home, POINTER, ".tmp");
    try {
      Files.writeString(draft, content, StandardCharsets.UTF_8);
      Files.move(
          draft,
          home.resolve(POINTER),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Counts all files but the compiled ones, which Python adds and replaces as it runs. */
  private static final class Inventory extends SimpleFileVisitor<Path> {

    private long files;
    private long bytes;

    static String of(Path environment) throws IOException {
      Inventory inventory = new Inventory();
      Files.walkFileTree(environment, inventory);
      return inventory.files + " files, " + inventory.bytes + " bytes";
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.endsWith("__pycache__")
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!file.toString().endsWith(".pyc")) {
        files++;
        bytes += attributes.size();
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
