package io.github.rq4j.interop.matrix;

import io.github.rq4j.testservers.PythonFixtures;
import io.github.rq4j.testservers.RqCell;
import io.github.rq4j.testservers.RqMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the results of the matrix lie. */
final class MatrixResults {
  private static final Path PROJECT = PythonFixtures.directory().resolveSibling("interop-tests");
  private static final Path RECORDED = PROJECT.resolve("src/test/resources/matrix/results.tsv");
  private static final Path RUN = PROJECT.resolve("target/matrix");

  private MatrixResults() {}

  /** What the page in docs tells of. */
  static List<MatrixRow> recorded() throws IOException {
    return Files.exists(RECORDED) ? read(RECORDED) : List.of();
  }

  /** What the last run in this folder gave; none if there was none. */
  static List<MatrixRow> ofLastRun() throws IOException {
    Path file = RUN.resolve("results.tsv");
    return Files.exists(file) ? read(file) : List.of();
  }

  static Path page() {
    return PROJECT.resolveSibling("docs").resolve("compatibility.md");
  }

  static Path readme() {
    return PROJECT.resolveSibling("README.md");
  }

  /**
   * Writes table and page of a run below target; where they are to be recorded, its rows replace
   * those of the same cells in the sources, and the page is written anew from all of them.
   */
  static void write(List<MatrixRow> rows, boolean record) throws IOException {
    Files.createDirectories(RUN);
    writeTable(RUN.resolve("results.tsv"), rows);
    Files.writeString(RUN.resolve("compatibility.md"), CompatibilityPage.markdown(rows));
    Files.writeString(RUN.resolve("index.html"), CompatibilityHtml.page(rows));
    if (record) {
      List<MatrixRow> all = merged(recorded(), rows);
      Files.createDirectories(RECORDED.getParent());
      writeTable(RECORDED, all);
      Files.writeString(page(), CompatibilityPage.markdown(all));
      Files.writeString(readme(), CompatibilityPage.inReadme(Files.readString(readme()), all));
    }
  }

  /** In the order of the matrix; what it does not have any more goes. */
  private static List<MatrixRow> merged(List<MatrixRow> before, List<MatrixRow> after) {
    List<MatrixRow> all = new ArrayList<>();
    for (RqCell cell : RqMatrix.ofThisProject().cells()) {
      for (Direction direction : Direction.values()) {
        Stream.concat(after.stream(), before.stream())
            .filter(row -> row.isFor(cell, direction))
            .findFirst()
            .ifPresent(all::add);
      }
    }
    return all;
  }

  private static List<MatrixRow> read(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(MatrixRow::parse).toList();
  }

  private static void writeTable(Path file, List<MatrixRow> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of(MatrixRow.header()));
    rows.forEach(row -> lines.add(row.line()));
    Files.writeString(file, String.join("\n", lines) + "\n");
  }
}
