package io.github.rq4j.interop.matrix;

import io.github.rq4j.testservers.PythonFixtures;
import io.github.rq4j.testservers.RedisServer;
import io.github.rq4j.testservers.RedisServers;
import io.github.rq4j.testservers.RqCell;
import io.github.rq4j.testservers.RqMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where the results of the matrix, and those on other servers, lie. */
final class MatrixResults {
  private static final Path PROJECT = PythonFixtures.directory().resolveSibling("interop-tests");
  private static final Path RECORDED = PROJECT.resolve("src/test/resources/matrix");
  private static final Path RUN = PROJECT.resolve("target/matrix");
  private static final String CELLS = "results.tsv";
  private static final String SERVERS = "servers.tsv";

  private MatrixResults() {}

  /** What the page in docs tells of, of each cell. */
  static List<MatrixRow> recorded() throws IOException {
    return read(RECORDED.resolve(CELLS));
  }

  /** What the page in docs tells of, of each server. */
  static List<MatrixRow> recordedOnServers() throws IOException {
    return read(RECORDED.resolve(SERVERS));
  }

  /** What the last run in this folder gave; none if there was none. */
  static List<MatrixRow> ofLastRun() throws IOException {
    return read(RUN.resolve(CELLS));
  }

  /** The same, on servers. */
  static List<MatrixRow> ofLastRunOnServers() throws IOException {
    return read(RUN.resolve(SERVERS));
  }

  static Path page() {
    return PROJECT.resolveSibling("docs").resolve("compatibility.md");
  }

  static Path readme() {
    return PROJECT.resolveSibling("README.md");
  }

  /**
   * Writes tables and page of a run below target; where they are to be recorded, its rows replace
   * those of the same cells and servers in the sources, and the page is written anew from all.
   */
  static void write(List<MatrixRow> rows, List<MatrixRow> onServers, boolean record)
      throws IOException {
    Files.createDirectories(RUN);
    writeTable(RUN.resolve(CELLS), rows);
    writeTable(RUN.resolve(SERVERS), onServers);
    Files.writeString(RUN.resolve("index.html"), CompatibilityHtml.page(rows, onServers));
    if (record) {
      List<MatrixRow> cells = merged(recorded(), rows);
      List<MatrixRow> servers = mergedOnServers(recordedOnServers(), onServers);
      Files.createDirectories(RECORDED);
      writeTable(RECORDED.resolve(CELLS), cells);
      writeTable(RECORDED.resolve(SERVERS), servers);
      Files.writeString(page(), CompatibilityPage.markdown(cells, servers));
      String readme = Files.readString(readme());
      Files.writeString(readme(), CompatibilityPage.inReadme(readme, cells, servers));
    }
  }

  /** In the order of the matrix; what it does not have any more goes. */
  private static List<MatrixRow> merged(List<MatrixRow> before, List<MatrixRow> after) {
    List<MatrixRow> all = new ArrayList<>();
    for (RqCell cell : RqMatrix.ofThisProject().cells()) {
      addNewest(all, before, after, row -> row.isFor(cell));
    }
    return all;
  }

  private static List<MatrixRow> mergedOnServers(List<MatrixRow> before, List<MatrixRow> after) {
    List<MatrixRow> all = new ArrayList<>();
    for (RedisServer server : RedisServers.ofThisProject()) {
      addNewest(all, before, after, row -> row.redis().equals(server.name()));
    }
    return all;
  }

  private static void addNewest(
      List<MatrixRow> all,
      List<MatrixRow> before,
      List<MatrixRow> after,
      Predicate<MatrixRow> wanted) {
    for (Direction direction : Direction.values()) {
      Stream.concat(after.stream(), before.stream())
          .filter(wanted)
          .filter(row -> row.direction() == direction)
          .findFirst()
          .ifPresent(all::add);
    }
  }

  private static List<MatrixRow> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String> lines = Files.readAllLines(file);
    return lines.stream().skip(1).map(line -> MatrixRow.parse(lines.get(0), line)).toList();
  }

  private static void writeTable(Path file, List<MatrixRow> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of(MatrixRow.header()));
    rows.forEach(row -> lines.add(row.line()));
    Files.writeString(file, String.join("\n", lines) + "\n");
  }
}
