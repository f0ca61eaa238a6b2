package io.github.rq4j.testservers;

import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.local.RedisSource;
import io.github.rq4j.local.RedisUnavailableException;

/** A server process for each test class: starting one takes less than most tests. */
final class LocalRedisSupply implements RedisSupply {

  private final RedisSource source;
  private final String description;

  private LocalRedisSupply(RedisSource source, String description) {
    this.source = source;
    this.description = description;
  }

  static RedisSupply onPath() {
    return of(RedisSource.PATH);
  }

  static RedisSupply embedded() {
    return of(RedisSource.BUNDLED);
  }

  private static RedisSupply of(RedisSource source) {
    try (LocalRedis trial = LocalRedis.builder().sources(source).start()) {
      return new LocalRedisSupply(source, trial.describe() + ", one for each test class");
    } catch (RedisUnavailableException e) {
      throw RedisNotAvailableException.tryNext(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public RedisLease lease() {
    LocalRedis server = LocalRedis.builder().sources(source).start();
    return new RedisLease(new TestRedis(server.uri(), server.describe()), server::close);
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public void close() {
    // Each server goes with its lease.
  }
}
