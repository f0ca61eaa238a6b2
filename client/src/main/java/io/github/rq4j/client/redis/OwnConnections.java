package io.github.rq4j.client.redis;

import io.github.rq4j.client.RedisClusterException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.pool2.PooledObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Connections that are opened as settings say, with a pool for short calls. */
final class OwnConnections implements ConnectionSource {
  private final RedisSettings settings;
  private final Sockets sockets;
  private final ConnectionPool pool;
  private volatile boolean knownAsSingle;

  OwnConnections(RedisSettings settings) {
    this.settings = settings;
    this.sockets = new Sockets(settings);
    ConnectionPoolConfig config = new ConnectionPoolConfig();
    config.setMaxTotal(settings.maximumConnections());
    config.setMaxWait(settings.timeout());
    // Nobody is to manage it from outside, and Java's management takes its time to start.
    config.setJmxEnabled(false);
    this.pool = new ConnectionPool(new Factory(), config);
  }

  @Override
  public Connection borrow() {
    return pool.getResource();
  }

  @Override
  public Connection open() {
    try {
      return prepared(new Connection(sockets, ClientConfig.of(settings)));
    } catch (JedisConnectionException e) {
      throw sockets.explained(e);
    }
  }

  private Connection prepared(Connection connection) {
    try {
      prepare(connection);
      return connection;
    } catch (RuntimeException e) {
      end(connection, e);
      throw e;
    }
  }

  /** What is told is why the connection is of no use, not that it cannot be ended in order. */
  private static void end(Connection connection, RuntimeException reason) {
    try {
      connection.disconnect();
    } catch (JedisException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public void forgetIdle() {
    pool.clear();
  }

  @Override
  public void close() {
    pool.close();
  }

  private void prepare(Connection connection) {
    String name = settings.clientName();
    if (name != null) {
      tolerated(connection, "CLIENT", "SETNAME", name);
    }
    if (settings.endpoint() instanceof Endpoint.Sentinels) {
      refuseReplica(connection);
    }
    if (!knownAsSingle) {
      refuseCluster(connection);
      knownAsSingle = true;
    }
  }

  /** Right after a failover a sentinel may still name the server that was the primary. */
  private static void refuseReplica(Connection connection) {
    if (tolerated(connection, "ROLE") instanceof List<?> role
        && !role.isEmpty()
        && role.get(0) instanceof byte[] kind
        && !new String(kind, StandardCharsets.US_ASCII).equals("master")) {
      throw new JedisConnectionException("the server that the sentinel names is no primary (yet)");
    }
  }

  private void refuseCluster(Connection connection) {
    if (!info(connection, "INFO", "cluster").contains("cluster_enabled:1")) {
      return;
    }
    String size = "cluster_size:";
    long shards =
        info(connection, "CLUSTER", "INFO")
            .lines()
            .filter(line -> line.startsWith(size))
            .map(line -> line.substring(size.length()).strip())
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElse(1);
    throw new RedisClusterException(settings.toString(), shards);
  }

  private static String info(Connection connection, String command, String section) {
    return tolerated(connection, command, section) instanceof byte[] text
        ? new String(text, StandardCharsets.UTF_8)
        : "";
  }

  /** The answer, or an empty text where the server does not allow to ask. */
  private static Object tolerated(Connection connection, String command, String... arguments) {
    byte[] name = command.getBytes(StandardCharsets.US_ASCII);
    connection.sendCommand(() -> name, arguments);
    try {
      return connection.getOne();
    } catch (JedisDataException e) {
      return "";
    }
  }

  private final class Factory extends ConnectionFactory {
    Factory() {
      super(sockets, ClientConfig.of(settings));
    }

    @Override
    public PooledObject<Connection> makeObject() throws Exception {
      try {
        PooledObject<Connection> made = super.makeObject();
        Connection unused = prepared(made.getObject());
        return made;
      } catch (JedisConnectionException e) {
        throw sockets.explained(e);
      }
    }
  }
}
