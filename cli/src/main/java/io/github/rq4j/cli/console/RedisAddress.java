package io.github.rq4j.cli.console;

import io.github.rq4j.client.redis.RedisSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a command finds Redis: {@code --url}, else what RQ reads from the environment in the same
 * order: {@code RQ_REDIS_URL}, {@code REDIS_URL}, {@code REDIS_HOST} and its relatives. An empty
 * variable counts as absent.
 */
public final class RedisAddress {
  private static final Set<String> TRUE = Set.of("y", "yes", "t", "true");
  private static final Set<String> FALSE = Set.of("n", "no", "f", "false");

  private RedisAddress() {}

  /**
   * Finds the URL.
   *
   * @param option the value of {@code --url}; null if it was not given
   * @param environment the environment variables
   * @throws CommandFailure if what was found is not a URL; the text says where it was found, and
   *     never holds the password
   */
  public static String find(@Nullable String option, Map<String, String> environment) {
    if (option != null) {
      return checked(option, "--url");
    }
    for (String variable : new String[] {"RQ_REDIS_URL", "REDIS_URL"}) {
      String url = environment.getOrDefault(variable, "");
      if (!url.isEmpty()) {
        return checked(url, variable);
      }
    }
    return checked(fromParts(environment), "REDIS_HOST, REDIS_PORT, REDIS_DB");
  }

  private static String fromParts(Map<String, String> environment) {
    String password = environment.getOrDefault("REDIS_PASSWORD", "");
    String login =
        password.isEmpty()
            ? ""
            : ":" + URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20") + "@";
    return (tls(environment) ? "rediss://" : "redis://")
        + login
        + orElse(environment, "REDIS_HOST", "localhost")
        + ":"
        + orElse(environment, "REDIS_PORT", "6379")
        + "/"
        + orElse(environment, "REDIS_DB", "0");
  }

  private static String orElse(Map<String, String> environment, String variable, String other) {
    String value = environment.getOrDefault(variable, "");
    return value.isEmpty() ? other : value;
  }

  private static boolean tls(Map<String, String> environment) {
    String value = orElse(environment, "REDIS_SSL", "no").toLowerCase(Locale.ROOT);
    if (!TRUE.contains(value) && !FALSE.contains(value)) {
      throw CommandFailure.misuse("REDIS_SSL must be true or false, not '" + value + "'");
    }
    return TRUE.contains(value);
  }

  private static String checked(String url, String source) {
    try {
      RedisSettings.parse(url);
      return url;
    } catch (IllegalArgumentException e) {
      throw CommandFailure.misuse(source + ": " + e.getMessage(), e);
    }
  }
}
