package io.github.rq4j.client.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.local.RedisSource;
import io.github.rq4j.local.RedisUnavailableException;

/** The bundled server knows neither TLS nor a mode in which it is a sentinel's program. */
final class RedisOnPath {
  private RedisOnPath() {}

  /** Skips the test where no redis-server is installed. */
  static void assume() {
    boolean isThere;
    try (LocalRedis trial = LocalRedis.builder().sources(RedisSource.PATH).start()) {
      isThere = trial.isRunning();
    } catch (RedisUnavailableException e) {
      isThere = false;
    }
    assumeTrue(isThere, "there is no redis-server on PATH");
  }
}
