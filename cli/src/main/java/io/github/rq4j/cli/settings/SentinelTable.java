package io.github.rq4j.cli.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.TlsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table {@code SENTINEL} of a settings file. */
final class SentinelTable {
  private static final String NAME = "SENTINEL";
  private static final Set<String> SETTINGS =
      Set.of(
          "INSTANCES",
          "MASTER_NAME",
          "DB",
          "USERNAME",
          "PASSWORD",
          "SOCKET_TIMEOUT",
          "SSL",
          "SENTINEL_KWARGS");
  private static final Set<String> LOGIN = Set.of("username", "password");

  private final SettingsFile file;
  private final JsonNode table;

  SentinelTable(SettingsFile file) {
    this.file = file;
    this.table = file.table(file.root(), NAME, SETTINGS);
  }

  boolean isPresent() {
    return !table.isMissingNode();
  }

  /**
   * The primary that it leads to.
   *
   * @throws CommandFailure if a setting has not the form that RQ wants
   */
  RedisSettings settings() {
    String primary = file.text(table, "MASTER_NAME");
    try {
      RedisSettings.Builder settings =
          RedisSettings.sentinel(
              primary == null ? "mymaster" : primary, instances().toArray(new String[0]));
      settings.database((int) number("DB", 0));
      double timeout = number("SOCKET_TIMEOUT", 0);
      if (timeout > 0) {
        Duration limit = Duration.ofMillis(Math.round(timeout * 1_000));
        settings.timeout(limit).connectTimeout(limit);
      }
      String password = file.text(table, "PASSWORD");
      if (password != null) {
        settings.login(file.text(table, "USERNAME"), password);
      }
      if (table.path("SSL").asBoolean()) {
        settings.tls(TlsSettings.defaults());
      }
      JsonNode login = file.table(table, "SENTINEL_KWARGS", LOGIN);
      @Nullable String secret = file.text(login, "password");
      if (secret != null) {
        settings.sentinelLogin(file.text(login, "username"), secret);
      }
      return settings.build();
    } catch (IllegalArgumentException e) {
      throw file.failure(NAME + ": " + e.getMessage());
    }
  }

  private double number(String name, double otherwise) {
    JsonNode value = table.path(name);
    if (!value.isMissingNode() && !value.isNumber()) {
      throw file.failure(NAME + ": " + name + " must be a number");
    }
    return value.isMissingNode() ? otherwise : value.doubleValue();
  }

  private List<String> instances() {
    JsonNode instances = table.path("INSTANCES");
    if (instances.isMissingNode()) {
      return List.of("localhost");
    }
    List<String> servers = new ArrayList<>();
    for (JsonNode server : instances) {
      boolean isPair =
          server.size() == 2 && server.get(0).isTextual() && server.get(1).isIntegralNumber();
      if (!isPair) {
        throw file.failure(NAME + ": INSTANCES must be an array of pairs [\"host\", port]");
      }
      servers.add(server.get(0).textValue() + ":" + server.get(1).intValue());
    }
    return servers;
  }
}
