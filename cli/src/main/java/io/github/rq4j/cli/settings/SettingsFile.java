package io.github.rq4j.cli.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.github.rq4j.cli.console.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings in TOML under the names that RQ looks for in its Python module. As there, names that
 * mean nothing to RQ are left alone, except those that begin as if they were about Redis.
 */
final class SettingsFile {
  private static final Set<String> ABOUT_REDIS =
      Set.of(
          "REDIS_URL",
          "REDIS_HOST",
          "REDIS_PORT",
          "REDIS_DB",
          "REDIS_PASSWORD",
          "REDIS_SSL",
          "REDIS_SSL_CA_CERTS",
          "REDIS_SSL_CERT_REQS",
          "REDIS_SSL_CA_DATA",
          "REDIS_SSL_KEYFILE",
          "REDIS_SSL_CERTFILE");

  private final Path path;
  private final JsonNode root;

  private SettingsFile(Path path, JsonNode root) {
    this.path = path;
    this.root = root;
  }

  /**
   * Reads a file.
   *
   * @throws CommandFailure if it cannot be read, is no TOML, or has a misspelt name
   */
  static SettingsFile read(Path path) {
    SettingsFile file = new SettingsFile(path, parse(path));
    for (Map.Entry<String, JsonNode> entry : file.root.properties()) {
      String name = entry.getKey();
      if (name.startsWith("REDIS_") && !ABOUT_REDIS.contains(name)) {
        throw file.failure("there is no setting " + name);
      }
    }
    return file;
  }

  private static JsonNode parse(Path path) {
    try {
      return new TomlMapper().readTree(Files.readString(path));
    } catch (JsonProcessingException e) {
      throw CommandFailure.misuse(
          "%s: line %d: %s"
              .formatted(path, e.getLocation().getLineNr(), e.getOriginalMessage().strip()),
          e);
    } catch (IOException e) {
      throw CommandFailure.misuse(
          path + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** Whether it says where Redis is. */
  boolean namesRedis() {
    return root.has("SENTINEL") || ABOUT_REDIS.stream().anyMatch(root::has);
  }

  /**
   * A text, a number or a truth value as text; null if it is not there.
   *
   * @throws CommandFailure if it is an array or a table
   */
  @Nullable String text(String name) {
    return text(root, name);
  }

  @Nullable String text(JsonNode table, String name) {
    JsonNode value = table.path(name);
    if (value.isContainerNode()) {
      throw failure(name + " must be a single value");
    }
    return value.isMissingNode() ? null : value.asText();
  }

  /**
   * An array of texts; null if it is not there.
   *
   * @throws CommandFailure if it is something else, or empty
   */
  @Nullable List<String> texts(String name) {
    JsonNode array = root.path(name);
    if (array.isMissingNode()) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      texts.add(element.isTextual() ? element.textValue() : "");
    }
    if (!array.isArray() || texts.isEmpty() || texts.contains("")) {
      throw failure(name + " must be an array of texts, with one at least");
    }
    return texts;
  }

  /**
   * A table; missing if it is not there.
   *
   * @throws CommandFailure if it is something else, or has a name that is not among those known
   */
  JsonNode table(JsonNode parent, String name, Set<String> known) {
    JsonNode table = parent.path(name);
    if (table.isMissingNode()) {
      return MissingNode.getInstance();
    }
    if (!table.isObject()) {
      throw failure(name + " must be a table");
    }
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      if (!known.contains(entry.getKey())) {
        throw failure("there is no setting " + entry.getKey() + " in " + name);
      }
    }
    return table;
  }

  JsonNode root() {
    return root;
  }

  CommandFailure failure(String why) {
    return CommandFailure.misuse(path + ": " + why);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
