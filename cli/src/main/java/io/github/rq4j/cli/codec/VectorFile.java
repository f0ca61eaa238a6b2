package io.github.rq4j.cli.codec;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.codec.vectors.VectorChecker;
import io.github.rq4j.codec.vectors.VectorReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A file of golden vectors, one JSON object a line.
 *
 * @param path where it lies; compressed with gzip if it ends so
 */
record VectorFile(Path path) {
  private static final String PLAIN = ".jsonl";
  private static final String COMPRESSED = ".jsonl.gz";

  /**
   * The files of a folder, by name; not those of folders in it.
   *
   * @throws CommandFailure if it is no folder, or has none
   */
  static List<VectorFile> allIn(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw CommandFailure.misuse("there is no folder " + directory);
    }
    try (Stream<Path> paths = Files.list(directory)) {
      List<VectorFile> files =
          paths
              .filter(path -> path.toString().endsWith(PLAIN) || isCompressed(path))
              .sorted()
              .map(VectorFile::new)
              .toList();
      if (files.isEmpty()) {
        throw CommandFailure.misuse(
            directory + " has no vectors: no file ends in " + PLAIN + " or " + COMPRESSED);
      }
      return files;
    } catch (IOException e) {
      throw CommandFailure.misuse(directory + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isCompressed(Path path) {
    return path.toString().endsWith(COMPRESSED);
  }

  /** The name without folder. */
  String name() {
    return String.valueOf(path.getFileName());
  }

  VectorReport check(VectorChecker checker) throws IOException {
    try (InputStream file = Files.newInputStream(path);
        InputStream content = isCompressed(path) ? new GZIPInputStream(file) : file;
        Reader lines = new InputStreamReader(content, StandardCharsets.UTF_8)) {
      return checker.check(lines);
    }
  }
}
