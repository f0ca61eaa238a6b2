package io.github.rq4j.testservers;

import java.util.Locale;

/** The ways to come by a Redis server for tests, in the order in which they are tried. */
enum RedisMode {
  URL,
  DOCKER,
  PATH,
  EMBEDDED;

  /** The name in settings. */
  String setting() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RedisMode ofSetting(String text) {
    for (RedisMode mode : values()) {
      if (mode.setting().equals(text)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "rq4j.test.redis must be url, docker, path or embedded, not: " + text);
  }
}
