package io.github.rq4j.client.redis;

import io.github.rq4j.client.RedisClusterException;
import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.RqException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A Redis server with a pool of connections for short calls. Safe for use by many threads. Connects
 * when first used.
 */
public final class RedisServer implements AutoCloseable {
  private final RedisSettings settings;
  private final ConnectionSource source;

  /** Prepares the pool; nothing is sent yet. */
  public RedisServer(RedisSettings settings) {
    this.settings = settings;
    ConnectionSource existing = settings.existing();
    this.source = existing == null ? new OwnConnections(settings) : existing;
  }

  /** Where the server is; prints itself without the password. */
  public RedisSettings settings() {
    return settings;
  }

  /**
   * Runs something on a connection of the pool.
   *
   * @throws RedisUnavailableException if the server cannot be reached
   * @throws RedisCommandException if it refuses the login
   * @throws RedisClusterException if it belongs to a cluster
   */
  public <T extends @Nullable Object> T with(Function<RedisConnection, T> action) {
    try (RedisConnection connection = borrow()) {
      return action.apply(connection);
    }
  }

  /**
   * Takes a connection out of the pool; {@code close} gives it back.
   *
   * @throws RedisUnavailableException if the server cannot be reached
   * @throws RedisCommandException if it refuses the login
   * @throws RedisClusterException if it belongs to a cluster
   */
  public RedisConnection borrow() {
    return connection(source::borrow);
  }

  /**
   * Opens a connection outside the pool, for long waits; {@code close} ends it.
   *
   * @throws RedisUnavailableException if the server cannot be reached
   * @throws RedisCommandException if it refuses the login
   * @throws RedisClusterException if it belongs to a cluster
   */
  public RedisConnection open() {
    return connection(source::open);
  }

  private RedisConnection connection(Supplier<Connection> opening) {
    try {
      return new RedisConnection(opening.get(), settings.toString(), source::forgetIdle);
    } catch (JedisException e) {
      throw unreachable(e);
    }
  }

  /**
   * Opens a connection outside the pool that receives what is published on channels, and waits
   * until the server has confirmed them.
   *
   * @param channels at least one
   * @param silence how long the server may say nothing before the connection counts as lost
   * @throws RedisUnavailableException if the server cannot be reached
   * @throws RedisCommandException if it refuses the login or the subscription
   * @throws RedisClusterException if it belongs to a cluster
   */
  public RedisSubscription subscribe(List<String> channels, Duration silence) {
    try {
      return RedisSubscription.open(source.open(), settings.toString(), channels, silence);
    } catch (JedisException e) {
      throw unreachable(e);
    }
  }

  private RuntimeException unreachable(JedisException e) {
    Throwable deepest = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      deepest = cause;
      if (cause instanceof RqException refused) {
        return refused;
      }
      if (cause instanceof JedisDataException refused) {
        return new RedisCommandException(String.valueOf(refused.getMessage()));
      }
    }
    return RedisUnavailableException.notSent(
        "cannot reach Redis at " + settings + ": " + deepest.getMessage(), e);
  }

  @Override
  public void close() {
    source.close();
  }
}
