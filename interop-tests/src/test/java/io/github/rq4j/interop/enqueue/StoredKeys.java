package io.github.rq4j.interop.enqueue;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisUrl;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.testservers.TestRedis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * All that a database holds, byte for byte, with points in time made equal: as text in hashes, as
 * scores and as expiry, where both are told apart if they lie more than a few seconds apart.
 *
 * @param places what stands where, such as {@code queued} at {@code rq:job:a status}
 */
record StoredKeys(Map<String, String> places) {
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
  private static final String SECONDS = "seconds from now: ";
  private static final long TOLERANCE = 3;

  static StoredKeys of(TestRedis redis) {
    Map<String, String> places = new TreeMap<>();
    long now = System.currentTimeMillis() / 1_000;
    try (RedisServer server = new RedisServer(RedisUrl.parse(redis.uri().toString()));
        RedisConnection connection = server.borrow()) {
      for (String key : connection.call(Command.of("KEYS", "*")).asTexts()) {
        read(connection, key, now, places);
      }
    }
    return new StoredKeys(places);
  }

  private static void read(
      RedisConnection redis, String key, long now, Map<String, String> places) {
    String type = Objects.requireNonNull(redis.call(Command.of("TYPE", key)).asText());
    long ttl = redis.call(Command.of("TTL", key)).asLong();
    places.put(key + " (type)", type);
    places.put(key + " (expiry)", ttl < 0 ? "none" : SECONDS + ttl);
    switch (type) {
      case "hash" ->
          redis
              .call(Command.of("HGETALL", key))
              .asHash()
              .forEach((field, value) -> places.put(key + " " + field, text(value)));
      case "list" ->
          places.put(key, redis.call(Command.of("LRANGE", key, "0", "-1")).asTexts().toString());
      case "set" ->
          places.put(
              key, new TreeSet<>(redis.call(Command.of("SMEMBERS", key)).asTexts()).toString());
      case "zset" -> readScores(redis, key, now, places);
      case "stream" -> readStream(redis, key, places);
      default -> throw new AssertionError(key + " is a " + type);
    }
  }

  private static void readScores(
      RedisConnection redis, String key, long now, Map<String, String> places) {
    List<String> flat = redis.call(Command.of("ZRANGE", key, "0", "-1", "WITHSCORES")).asTexts();
    for (int i = 0; i < flat.size(); i += 2) {
      String score = flat.get(i + 1);
      boolean time = score.length() == 10;
      places.put(key + " " + flat.get(i), time ? SECONDS + (Long.parseLong(score) - now) : score);
    }
  }

  private static void readStream(RedisConnection redis, String key, Map<String, String> places) {
    int number = 0;
    for (Reply entry : redis.call(Command.of("XRANGE", key, "-", "+")).asList()) {
      String place = key + " #" + number++ + " ";
      entry
          .asList()
          .get(1)
          .asHash()
          .forEach((field, value) -> places.put(place + field, text(value)));
    }
  }

  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return TIME.matcher(text).matches() ? "(time)" : text;
  }

  /** Where these keys and others differ. */
  List<String> differences(StoredKeys others) {
    TreeSet<String> all = new TreeSet<>(places.keySet());
    all.addAll(others.places.keySet());
    List<String> differences = new ArrayList<>();
    for (String place : all) {
      String one = places.getOrDefault(place, "<absent>");
      String other = others.places.getOrDefault(place, "<absent>");
      if (!agree(one, other)) {
        differences.add(place + ": RQ leaves " + one + ", we leave " + other);
      }
    }
    return differences;
  }

  private static boolean agree(String one, String other) {
    if (one.startsWith(SECONDS) && other.startsWith(SECONDS)) {
      long apart =
          Long.parseLong(one.substring(SECONDS.length()))
              - Long.parseLong(other.substring(SECONDS.length()));
      return Math.abs(apart) <= TOLERANCE;
    }
    return one.equals(other);
  }
}
