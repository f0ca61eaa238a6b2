package io.github.rq4j.testservers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tools around RQ that the suite runs, read from {@code tools.toml}. Immutable. */
public final class RqTools {

  private final List<RqTool> all;

  private RqTools(List<RqTool> all) {
    this.all = all;
  }

  /**
   * The tools of this project.
   *
   * @throws IllegalStateException if the file is missing or malformed
   */
  public static RqTools ofThisProject() {
    return read(PythonFixtures.directory().resolve("tools.toml"));
  }

  static RqTools read(Path file) {
    try {
      List<RqTool> tools = new ArrayList<>();
      for (JsonNode tool : new TomlMapper().readTree(file.toFile()).path("tool")) {
        List<String> requirements = new ArrayList<>();
        tool.path("requirements").forEach(requirement -> requirements.add(requirement.asText()));
        tools.add(
            new RqTool(
                text(tool, "name"),
                text(tool, "version"),
                text(tool, "rq"),
                text(tool, "python"),
                requirements));
      }
      return new RqTools(List.copyOf(tools));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode tool, String field) {
    String text = tool.path(field).asText();
    if (text.isEmpty()) {
      throw new IllegalStateException("a [[tool]] lacks \"" + field + "\"");
    }
    return text;
  }

  /** All tools, in the order of the file. */
  public List<RqTool> all() {
    return all;
  }

  /**
   * The tool of that name.
   *
   * @throws IllegalArgumentException if there is none; names those that there are
   */
  public RqTool named(String name) {
    return all.stream()
        .filter(tool -> tool.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("tools.toml has no " + name + ", only " + all));
  }
}
