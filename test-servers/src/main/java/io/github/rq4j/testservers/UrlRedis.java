package io.github.rq4j.testservers;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A server that the developer names by its URL. Only databases that are empty are used. */
final class UrlRedis implements RedisSupply {

  private final DatabasePool databases;
  private final String description;

  private UrlRedis(DatabasePool databases, String description) {
    this.databases = databases;
    this.description = description;
  }

  /** With a database in the URL only that one is used, otherwise any of the server's. */
  static RedisSupply connect(@Nullable String url) {
    if (url == null) {
      throw RedisNotAvailableException.tryNext("RQ4J_TEST_REDIS_URL is not set", null);
    }
    URI uri = parse(url);
    try {
      String description = "the server at " + uri.getHost() + ":" + uri.getPort();
      TestRedis redis = new TestRedis(uri, description);
      redis.command("PING");
      return new UrlRedis(new DatabasePool(uri, description, numbers(uri, redis)), description);
    } catch (RuntimeException e) {
      throw RedisNotAvailableException.giveUp(
          "RQ4J_TEST_REDIS_URL names a server that cannot be used: " + e.getMessage(), e);
    }
  }

  /** The parser's own message would quote the URL, which may hold a password. */
  private static URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw RedisNotAvailableException.giveUp("RQ4J_TEST_REDIS_URL is no URL", null);
    }
  }

  private static List<Integer> numbers(URI uri, TestRedis redis) {
    String path = uri.getPath();
    if (path != null && path.length() > 1) {
      return List.of(Integer.parseInt(path.substring(1)));
    }
    return IntStream.range(0, databases(redis)).boxed().toList();
  }

  /** Hosted servers refuse CONFIG; the first database is always there. */
  private static int databases(TestRedis redis) {
    try {
      Object answer = redis.command("CONFIG", "GET", "databases");
      return answer instanceof List<?> pair && pair.size() == 2
          ? Integer.parseInt(String.valueOf(pair.get(1)))
          : 1;
    } catch (RuntimeException e) {
      return 1;
    }
  }

  @Override
  public RedisLease lease() {
    return databases.lease();
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public void close() {
    // The server is not ours to stop.
  }
}
