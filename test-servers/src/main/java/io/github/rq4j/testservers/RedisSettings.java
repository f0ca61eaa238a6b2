package io.github.rq4j.testservers;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the developer has said about Redis for tests. Each setting is a system property, or else an
 * environment variable.
 */
final class RedisSettings {

  private static final String DEFAULT_IMAGE = "redis:7.4-alpine";

  private final Properties properties;
  private final Map<String, String> environment;

  RedisSettings(Properties properties, Map<String, String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  static RedisSettings ofThisProcess() {
    return new RedisSettings(System.getProperties(), System.getenv());
  }

  /** The way to go, from {@code rq4j.test.redis}; null for the first that is open. */
  @Nullable RedisMode mode() {
    String mode = value("rq4j.test.redis", "RQ4J_TEST_REDIS");
    return mode == null ? null : RedisMode.ofSetting(mode);
  }

  /** The server to use, from {@code rq4j.test.redis.url}; null if none is named. */
  @Nullable String url() {
    return value("rq4j.test.redis.url", "RQ4J_TEST_REDIS_URL");
  }

  /** The container image, from {@code rq4j.test.redis.image}. */
  String image() {
    String image = value("rq4j.test.redis.image", "RQ4J_TEST_REDIS_IMAGE");
    return image == null ? DEFAULT_IMAGE : image;
  }

  private @Nullable String value(String property, String variable) {
    String value = properties.getProperty(property, environment.getOrDefault(variable, ""));
    return value.isBlank() ? null : value.strip();
  }
}
