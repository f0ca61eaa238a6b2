package io.github.rq4j.client.redis;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** One connection to Redis. For one thread at a time, except {@link #abort}. */
public final class RedisConnection implements AutoCloseable {
  private final Connection connection;
  private final String server;
  private final Runnable onLost;
  private final Queue<PendingReplies> unread = new ArrayDeque<>();
  private boolean fromReplica;

  RedisConnection(Connection connection, String server, Runnable onLost) {
    this.connection = connection;
    this.server = server;
    this.onLost = onLost;
  }

  /**
   * Sends one command and waits for its reply.
   *
   * @throws RedisUnavailableException if the connection is lost
   * @throws RedisCommandException if Redis answers with an error
   */
  public Reply call(Command command) {
    return pipeline(List.of(command)).get(0).orThrow();
  }

  /**
   * Sends a command that may block on the server, and waits for its reply up to {@code wait} longer
   * than usual.
   *
   * @throws RedisUnavailableException if the connection is lost
   * @throws RedisCommandException if Redis answers with an error
   */
  public Reply callBlocking(Command command, Duration wait) {
    int usual = connection.getSoTimeout();
    try {
      connection.setSoTimeout(Math.toIntExact(usual + wait.toMillis()));
      return call(command);
    } catch (JedisConnectionException e) {
      throw lost(e);
    } finally {
      if (!connection.isBroken()) {
        connection.setSoTimeout(usual);
      }
    }
  }

  /**
   * Sends commands in one round trip. An error that Redis answers to one of them is that one's
   * reply; a script that the server did not know is sent again with its text, after the others.
   *
   * @return one reply per command, in order
   * @throws RedisUnavailableException if the connection is lost
   */
  public List<Reply> pipeline(List<Command> commands) {
    return send(commands).await();
  }

  /**
   * Sends commands in one round trip and gives each reply away as it comes, so that it is known
   * which ones came where the connection breaks on the way. No script is sent again.
   *
   * @param replies gets one reply per command, in order
   * @throws RedisUnavailableException if the connection is lost
   */
  public void pipeline(List<Command> commands, Consumer<Reply> replies) {
    send(commands).forEach(replies);
  }

  /**
   * Sends commands and does not wait: more can be sent, and carried out behind them, before their
   * replies are asked for.
   *
   * @throws RedisUnavailableException if the connection is lost
   */
  public PendingReplies send(List<Command> commands) {
    try {
      for (Command command : commands) {
        connection.sendCommand(command::name, command.arguments());
      }
      // Jedis flushes before it reads, be it nothing.
      List<Object> unused = connection.getMany(0);
      PendingReplies pending = new PendingReplies(this, commands);
      if (!commands.isEmpty()) {
        unread.add(pending);
      }
      return pending;
    } catch (JedisException e) {
      giveUp();
      throw lost(e);
    }
  }

  /** Reads one reply and gives it to those commands that are the first to wait for one. */
  void readNext() {
    try {
      PendingReplies first = unread.element();
      Reply reply = new Reply(converted(oneReply()));
      fromReplica |= isFromReplica(reply);
      if (first.take(reply)) {
        unread.remove();
      }
      if (fromReplica && unread.isEmpty()) {
        // A failover made the primary a replica: the next connection leads to the new one.
        giveUp();
      }
    } catch (JedisException e) {
      giveUp();
      throw lost(e);
    }
  }

  private @Nullable Object oneReply() {
    try {
      return connection.getOne();
    } catch (JedisDataException e) {
      return e;
    }
  }

  /**
   * Sends commands as one transaction in one round trip.
   *
   * @throws RedisUnavailableException if the connection is lost; the transaction was then carried
   *     out as a whole or not at all
   * @throws RedisCommandException if Redis refused the transaction or one of its commands
   */
  public void transaction(List<Command> commands) {
    List<Command> all = new ArrayList<>(commands.size() + 2);
    all.add(Command.of("MULTI"));
    all.addAll(commands);
    all.add(Command.of("EXEC"));
    List<Reply> replies = send(all).await();
    replies.forEach(Reply::orThrow);
    replies.get(replies.size() - 1).asList().forEach(Reply::orThrow);
  }

  private static @Nullable Object converted(@Nullable Object answer) {
    if (answer instanceof JedisDataException error) {
      return new RedisCommandException(String.valueOf(error.getMessage()));
    }
    if (answer instanceof List<?> elements) {
      return converted(elements);
    }
    return answer;
  }

  /** The same list where it holds no error, as nearly all do. */
  private static List<?> converted(List<?> elements) {
    List<@Nullable Object> converted = null;
    for (int i = 0; i < elements.size(); i++) {
      Object element = elements.get(i);
      Object present = converted(element);
      if (present != element && converted == null) {
        converted = new ArrayList<>(elements);
      }
      if (converted != null) {
        converted.set(i, present);
      }
    }
    return converted == null ? elements : converted;
  }

  private void giveUp() {
    connection.setBroken();
    onLost.run();
  }

  private static boolean isFromReplica(Reply reply) {
    return reply.value() instanceof RedisCommandException error && error.hasCode("READONLY");
  }

  private RedisUnavailableException lost(JedisException e) {
    return new RedisUnavailableException(
        "lost the connection to Redis at " + server + ": " + e.getMessage(), e);
  }

  /** Cuts the connection from another thread, which ends a wait for a reply. */
  public void abort() {
    connection.setBroken();
    quietly(connection::disconnect);
  }

  /**
   * Returns the connection to its pool, or closes one that was opened on its own. Never throws: a
   * connection that broke while it was written to cannot send the rest any more.
   */
  @Override
  public void close() {
    if (!unread.isEmpty()) {
      // Whoever gets it next would take these replies for his own.
      connection.setBroken();
    }
    quietly(connection::close);
  }

  static void quietly(Runnable closing) {
    try {
      closing.run();
    } catch (JedisException e) {
      // Jedis flushes before it closes, and closes the socket all the same.
    }
  }
}
