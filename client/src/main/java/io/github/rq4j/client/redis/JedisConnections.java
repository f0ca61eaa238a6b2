package io.github.rq4j.client.redis;

import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.util.Pool;

/**
 * Lets rq4j use the connections of a Jedis client that the application has already. The only class
 * with types of Jedis in its signatures; they follow the version of Jedis that rq4j is built with.
 *
 * <p>The client must speak RESP 2 and stay open longer than what uses it; closing that does not
 * close it. Long waits take connections out of its pool: one for the asynchronous results of a
 * client, and for a worker two and one per queue.
 */
public final class JedisConnections {
  private JedisConnections() {}

  /** Settings that lead to the client's server. */
  public static RedisSettings of(RedisClient client) {
    return of(client.getPool());
  }

  /** Settings that lead to the pool's server. */
  public static RedisSettings of(Pool<Connection> pool) {
    return RedisSettings.existing(new Borrowed(pool));
  }

  private record Borrowed(Pool<Connection> pool) implements ConnectionSource {
    @Override
    public Connection borrow() {
      Connection connection = pool.getResource();
      if (connection.getRedisProtocol() == RedisProtocol.RESP3) {
        connection.close();
        throw new IllegalStateException(
            "the application's Jedis client speaks RESP 3; build it with"
                + " DefaultJedisClientConfig.builder().resp2()");
      }
      return connection;
    }

    @Override
    public Connection open() {
      return borrow();
    }

    @Override
    public void forgetIdle() {
      // The application's pool is the application's.
    }

    @Override
    public void close() {
      // The same.
    }
  }
}
