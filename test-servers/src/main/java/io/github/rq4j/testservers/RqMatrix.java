package io.github.rq4j.testservers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The releases of RQ that the suite runs against, read from {@code matrix.toml}. Immutable. */
public final class RqMatrix {

  private final List<RqRelease> releases;
  private final List<RqCell> cells;
  private final List<String> ruff;

  private RqMatrix(List<RqRelease> releases, List<RqCell> cells, List<String> ruff) {
    this.releases = releases;
    this.cells = cells;
    this.ruff = ruff;
  }

  /**
   * The matrix of this project.
   *
   * @throws IllegalStateException if it is missing or malformed
   */
  public static RqMatrix ofThisProject() {
    return read(PythonFixtures.directory().resolve("matrix.toml"));
  }

  static RqMatrix read(Path file) {
    try {
      JsonNode root = new TomlMapper().readTree(file.toFile());
      List<RqRelease> releases = new ArrayList<>();
      for (JsonNode release : root.path("release")) {
        releases.add(
            new RqRelease(
                text(release, "rq"), text(release, "python"), texts(release.path("requirements"))));
      }
      if (releases.isEmpty()) {
        throw new IllegalStateException(file + " names no [[release]]");
      }
      List<RqCell> cells = new ArrayList<>();
      for (JsonNode cell : root.path("cell")) {
        cells.add(
            new RqCell(
                text(cell, "rq"),
                text(cell, "python"),
                texts(cell.path("requirements")),
                cell.path("everyday").asBoolean()));
      }
      return new RqMatrix(
          List.copyOf(releases), List.copyOf(cells), texts(root.path("ruff").path("requirements")));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode node, String field) {
    String text = node.path(field).asText();
    if (text.isEmpty()) {
      throw new IllegalStateException("a [[release]] or [[cell]] lacks \"" + field + "\"");
    }
    return text;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return List.copyOf(texts);
  }

  /** All releases, newest first. */
  public List<RqRelease> releases() {
    return releases;
  }

  /** Releases on exact versions of Python, newest first. */
  public List<RqCell> cells() {
    return cells;
  }

  /** The newest release. */
  public RqRelease newest() {
    return releases.get(0);
  }

  /**
   * The release of that version.
   *
   * @throws IllegalArgumentException if the matrix has none; names those that it has
   */
  public RqRelease release(String version) {
    return releases.stream()
        .filter(release -> release.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "matrix.toml has no RQ " + version + ", only " + releases));
  }

  /** The requirements of the linter for the Python sources, in pip's notation. */
  public List<String> ruff() {
    return ruff;
  }
}
