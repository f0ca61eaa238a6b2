package io.github.rq4j.client.redis;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A Redis server with a pool of connections for short calls. Safe for use by many threads. Connects
 * when first used.
 */
public final class RedisServer implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAXIMUM_POOLED_CONNECTIONS = 64;

  private final RedisUrl url;
  private final ConnectionPool pool;

  /** Prepares the pool; nothing is sent yet. */
  public RedisServer(RedisUrl url) {
    this.url = url;
    ConnectionPoolConfig poolConfig = new ConnectionPoolConfig();
    poolConfig.setMaxTotal(MAXIMUM_POOLED_CONNECTIONS);
    poolConfig.setMaxWait(TIMEOUT);
    this.pool = new ConnectionPool(address(), config(), poolConfig);
  }

  private HostAndPort address() {
    return new HostAndPort(url.host(), url.port());
  }

  private JedisClientConfig config() {
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            // No HELLO, which servers before 6.0 do not know: they all begin with RESP2.
            .serverDefaultProtocol()
            .connectionTimeoutMillis((int) TIMEOUT.toMillis())
            .socketTimeoutMillis((int) TIMEOUT.toMillis())
            .database(url.database())
            // Saves two commands per connection and works under access lists without CLIENT.
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    if (url.user() != null) {
      config.user(url.user());
    }
    if (url.password() != null) {
      config.password(url.password());
    }
    if (url.tls()) {
      config.sslOptions(SslOptions.defaults());
    }
    return config.build();
  }

  /** Where the server is; prints itself without the password. */
  public RedisUrl url() {
    return url;
  }

  /**
   * Runs something on a connection of the pool.
   *
   * @throws RedisUnavailableException if the server cannot be reached
   * @throws RedisCommandException if it refuses the login
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
   */
  public RedisConnection borrow() {
    try {
      return new RedisConnection(pool.getResource(), url.toString());
    } catch (JedisException e) {
      throw unreachable(e);
    }
  }

  /**
   * Opens a connection outside the pool, for long waits; {@code close} ends it.
   *
   * @throws RedisUnavailableException if the server cannot be reached
   * @throws RedisCommandException if it refuses the login
   */
  public RedisConnection open() {
    try {
      Connection connection = new Connection(address(), config());
      return new RedisConnection(connection, url.toString());
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
   */
  public RedisSubscription subscribe(List<String> channels, Duration silence) {
    try {
      return RedisSubscription.open(address(), config(), url.toString(), channels, silence);
    } catch (JedisException e) {
      throw unreachable(e);
    }
  }

  private RuntimeException unreachable(JedisException e) {
    Throwable deepest = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      deepest = cause;
      if (cause instanceof JedisDataException refused) {
        return new RedisCommandException(String.valueOf(refused.getMessage()));
      }
    }
    return new RedisUnavailableException(
        "cannot reach Redis at " + url + ": " + deepest.getMessage(), e);
  }

  @Override
  public void close() {
    pool.close();
  }
}
