package io.github.rq4j.testservers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Redis servers that the scenarios of the matrix also run on, read from a file in TOML. */
public final class RedisServers {

  private RedisServers() {}

  /**
   * Those of this project, from {@code servers.toml}, oldest first.
   *
   * @throws IllegalStateException if the file is missing or malformed
   */
  public static List<RedisServer> ofThisProject() {
    return read(PythonFixtures.directory().resolve("servers.toml"));
  }

  static List<RedisServer> read(Path file) {
    try {
      List<RedisServer> servers = new ArrayList<>();
      for (JsonNode server : new TomlMapper().readTree(file.toFile()).path("server")) {
        servers.add(
            new RedisServer(
                text(server, "name"),
                text(server, "python"),
                texts(server.path("requirements")),
                text(server, "program"),
                server.path("libraries").asText(),
                text(server, "image"),
                server.path("redis-py").asText(),
                server.path("everyday").asBoolean()));
      }
      return List.copyOf(servers);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static String text(JsonNode server, String field) {
    String text = server.path(field).asText();
    if (text.isEmpty()) {
      throw new IllegalStateException("a [[server]] lacks \"" + field + "\"");
    }
    return text;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
