package io.github.rq4j.testservers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the first way to a Redis server that works, or the one that is asked for. */
final class RedisResolution {

  private static final Logger log = LoggerFactory.getLogger(RedisResolution.class);

  private final Map<RedisMode, Supplier<RedisSupply>> ways;
  private final Consumer<String> announcement;

  /**
   * @param ways how to come by each supply; they throw {@link RedisNotAvailableException}
   * @param announcement is told which way was taken, and why those before it were not
   */
  RedisResolution(Map<RedisMode, Supplier<RedisSupply>> ways, Consumer<String> announcement) {
    this.ways = ways;
    this.announcement = announcement;
  }

  static RedisResolution ofThisProcess() {
    RedisSettings settings = RedisSettings.ofThisProcess();
    return new RedisResolution(
        Map.of(
            RedisMode.URL,
            () -> UrlRedis.connect(settings.url()),
            RedisMode.DOCKER,
            () -> DockerRedis.start(settings.image()),
            RedisMode.PATH,
            LocalRedisSupply::onPath,
            RedisMode.EMBEDDED,
            LocalRedisSupply::embedded),
        log::info);
  }

  /**
   * @param forced the only way to try, or null for the first that works
   * @throws IllegalStateException if there is none; says why for each
   */
  RedisSupply resolve(@Nullable RedisMode forced) {
    List<String> failures = new ArrayList<>();
    List<RedisMode> order = forced == null ? List.of(RedisMode.values()) : List.of(forced);
    for (RedisMode mode : order) {
      try {
        RedisSupply supply = way(mode).get();
        announcement.accept("Redis for tests: " + supply.describe() + passedOver(failures));
        return supply;
      } catch (RedisNotAvailableException e) {
        failures.add(mode.setting() + ": " + e.getMessage());
        if (e.isFinal()) {
          break;
        }
      }
    }
    throw new IllegalStateException(
        "no Redis for tests"
            + (forced == null ? "" : ", which rq4j.test.redis=" + forced.setting() + " demands")
            + ". "
            + String.join("; ", failures)
            + ". Install redis-server, start Docker, or set RQ4J_TEST_REDIS_URL");
  }

  private Supplier<RedisSupply> way(RedisMode mode) {
    Supplier<RedisSupply> way = ways.get(mode);
    if (way == null) {
      throw new IllegalStateException("no way to " + mode + " is known");
    }
    return way;
  }

  private static String passedOver(List<String> failures) {
    return failures.isEmpty() ? "" : " (not taken: " + String.join("; ", failures) + ")";
  }
}
