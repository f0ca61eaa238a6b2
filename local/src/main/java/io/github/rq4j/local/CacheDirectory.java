package io.github.rq4j.local;

import java.nio.file.Path;
import java.util.Map;

/** Where programs made or unpacked once are kept for the next run. */
final class CacheDirectory {

  private CacheDirectory() {}

  static Path ofThisUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  /** {@code RQ4J_CACHE}, else {@code rq4j} below {@code XDG_CACHE_HOME}, else below ~/.cache. */
  static Path of(Map<String, String> environment, Path home) {
    String own = environment.getOrDefault("RQ4J_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own).toAbsolutePath();
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
    return base.resolve("rq4j").toAbsolutePath();
  }
}
