package io.github.rq4j.testservers;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * A Redis database that one test class has for itself. Thread-safe.
 *
 * <p>Other databases of the server may be in use by other tests: leave them alone, and start a
 * {@link io.github.rq4j.local.LocalRedis} for what concerns a whole server, such as stopping it.
 */
public final class TestRedis {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final URI uri;
  private final String description;

  TestRedis(URI uri, String description) {
    this.uri = uri;
    this.description = description;
  }

  /** The commands of this class for a server that a test has started itself. */
  public static TestRedis at(URI uri) {
    return new TestRedis(uri, uri.toString());
  }

  /** The address for clients, with the number of the database. */
  public URI uri() {
    return uri;
  }

  /** What serves it, for people. */
  public String describe() {
    return description;
  }

  /** Removes all keys of this database. */
  public void flush() {
    command("FLUSHDB");
  }

  /**
   * Cuts the connections to this database, as a failing network would, and those to others not.
   *
   * @param type {@code normal} or {@code pubsub}
   */
  public void cutConnections(String type) {
    String path = uri.getPath();
    String database = " db=" + (path.length() > 1 ? path.substring(1) : "0") + " ";
    String clients = String.valueOf(command("CLIENT", "LIST", "TYPE", type));
    for (String client : clients.lines().toList()) {
      if (client.contains(database) && !client.contains(" cmd=client")) {
        command("CLIENT", "KILL", "ID", client.substring("id=".length(), client.indexOf(' ')));
      }
    }
  }

  /**
   * Sends a command as it is and returns the answer: a text (bytes taken as UTF-8), a {@link Long},
   * a list of such, or null.
   *
   * @throws RuntimeException if the server answers with an error or cannot be reached
   */
  public @Nullable Object command(String name, String... arguments) {
    return decode(send(name, arguments));
  }

  /**
   * Sends a command whose answer is a text, and returns its bytes; null if there is none.
   *
   * @throws RuntimeException if the server answers with an error or something else
   */
  public byte @Nullable [] bytes(String name, String... arguments) {
    return (byte[]) send(name, arguments);
  }

  private @Nullable Object send(String name, String... arguments) {
    JedisClientConfig config =
        DefaultJedisClientConfig.builder(uri)
            .serverDefaultProtocol() // RESP2, also of servers that do not know HELLO
            .timeoutMillis(TIMEOUT_MILLIS)
            .build();
    byte[] raw = name.getBytes(StandardCharsets.UTF_8);
    ProtocolCommand named = () -> raw;
    CommandArguments command = new CommandArguments(named);
    for (String argument : arguments) {
      command.add(argument);
    }
    try (Connection connection = new Connection(JedisURIHelper.getHostAndPort(uri), config)) {
      return connection.executeCommand(command);
    }
  }

  private static @Nullable Object decode(@Nullable Object answer) {
    if (answer instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (answer instanceof List<?> items) {
      List<@Nullable Object> decoded = new ArrayList<>();
      for (Object item : items) {
        decoded.add(decode(item));
      }
      return decoded;
    }
    return answer;
  }

  @Override
  public String toString() {
    return description;
  }
}
