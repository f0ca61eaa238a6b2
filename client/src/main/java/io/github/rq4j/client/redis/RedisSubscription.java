package io.github.rq4j.client.redis;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A connection that receives what is published on channels. One thread reads; {@link #ping} and
 * {@link #close} are for any thread.
 *
 * <p>Silence is not told from a dead connection unless somebody pings: whoever reads gives up after
 * the time that {@link #open} was given, within which a pong has to come.
 */
public final class RedisSubscription implements AutoCloseable {
  /**
   * What was published.
   *
   * @param channel where
   * @param payload its bytes
   */
  public record Message(String channel, byte[] payload) {}

  private final Connection connection;
  private final String server;
  private boolean closed;

  private RedisSubscription(Connection connection, String server) {
    this.connection = connection;
    this.server = server;
  }

  /** Subscribes; the server has confirmed every channel when this returns. */
  static RedisSubscription open(
      Connection connection, String server, List<String> channels, Duration silence) {
    RedisSubscription subscription = new RedisSubscription(connection, server);
    try {
      subscription.send(Protocol.Command.SUBSCRIBE, channels.toArray(new String[0]));
      int confirmed = 0;
      while (confirmed < channels.size()) {
        confirmed += kind(subscription.read()).equals("subscribe") ? 1 : 0;
      }
      subscription.connection.setSoTimeout(Math.toIntExact(silence.toMillis()));
      return subscription;
    } catch (RuntimeException e) {
      subscription.close();
      throw e;
    }
  }

  /**
   * Waits for the next thing that the server says.
   *
   * @return empty where that was no message but a pong
   * @throws RedisUnavailableException if the connection is lost, closed or silent for too long
   * @throws RedisCommandException if Redis answers with an error
   */
  public Optional<Message> next() {
    List<?> said = read();
    if (!"message".equals(kind(said)) || said.size() != 3) {
      return Optional.empty();
    }
    return said.get(2) instanceof byte[] payload
        ? Optional.of(new Message(text(said.get(1)), payload))
        : Optional.empty();
  }

  /** Asks the server for a sign of life, which the reader receives. Never throws. */
  public synchronized void ping() {
    try {
      send(Protocol.Command.PING);
    } catch (JedisException e) {
      // The reader meets the same trouble and tells it.
      connection.setBroken();
    }
  }

  private List<?> read() {
    try {
      Object said = connection.getUnflushedObject();
      return said instanceof List<?> parts ? parts : List.of();
    } catch (JedisDataException e) {
      throw new RedisCommandException(String.valueOf(e.getMessage()));
    } catch (JedisException e) {
      throw lost(e);
    }
  }

  private static String kind(List<?> said) {
    return said.isEmpty() ? "" : text(said.get(0));
  }

  private static String text(@Nullable Object part) {
    return part instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }

  private RedisUnavailableException lost(JedisException e) {
    return new RedisUnavailableException(
        "lost the subscription at Redis at " + server + ": " + e.getMessage(), e);
  }

  private void send(Protocol.Command command, String... arguments) {
    connection.sendCommand(command, arguments);
    // No reply is read; this only lets go of what was written.
    connection.getMany(0);
  }

  /** Cuts the connection, which ends a wait. */
  @Override
  public void close() {
    connection.setBroken();
    RedisConnection.quietly(connection::disconnect);
    synchronized (this) {
      if (!closed) {
        closed = true;
        // Tells the pool, if it comes out of one, that it does not come back.
        RedisConnection.quietly(connection::close);
      }
    }
  }
}
