package io.github.rq4j.interop.differential;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisUrl;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.testservers.TestRedis;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a database holds, taken apart into places such as {@code rq:job:a status} and their
 * contents as text, with everything that differs from run to run made equal: ids of executions,
 * points in time, durations, and what identifies a machine or process.
 *
 * @param places what each place holds
 */
record Keyspace(Map<String, String> places) {
  private static final String HEXADECIMAL = "0x";

  static Keyspace of(TestRedis redis) {
    try (RedisServer server = new RedisServer(RedisUrl.parse(redis.uri().toString()));
        RedisConnection connection = server.borrow()) {
      Instant now = Instant.now();
      Map<String, String> places = new TreeMap<>();
      for (String key : connection.call(Command.of("KEYS", "*")).asTexts()) {
        new KeyReader(connection, now, places).read(key);
      }
      return new Keyspace(places);
    }
  }

  /** Bytes as text where they are printable ASCII, else in hexadecimal. */
  static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    if (printable) {
      return text;
    }
    return HEXADECIMAL + HexFormat.of().formatHex(bytes);
  }

  static boolean isHexadecimal(String text) {
    return text.startsWith(HEXADECIMAL);
  }

  static String text(Reply reply) {
    byte[] bytes = reply.asBytes();
    return bytes == null ? "nil" : text(bytes);
  }
}
