package io.github.rq4j.interop.keyspace;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.testservers.TestRedis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that a database holds, taken apart into places such as {@code rq:job:a status} and their
 * contents as text, with everything that differs from run to run made equal: random ids, points in
 * time, durations, and what identifies a machine or process.
 *
 * @param places what each place holds
 */
public record Keyspace(Map<String, String> places) {
  private static final String ABSENT = "<absent>";

  /** Reads the database. */
  public static Keyspace of(TestRedis redis) {
    RedisSettings settings = RedisSettings.parse(redis.uri().toString());
    try (RedisServer server = new RedisServer(settings);
        RedisConnection connection = server.borrow()) {
      Instant now = Instant.now();
      Map<String, String> places = new TreeMap<>();
      for (String key : connection.call(Command.of("KEYS", "*")).asTexts()) {
        new KeyReader(connection, now, places).read(key);
      }
      return new Keyspace(places);
    }
  }

  /**
   * Where this keyspace and another one differ, in the order of the places. Points in time that are
   * a few seconds apart count as equal.
   *
   * @param ours what our run left, this keyspace being what RQ's left
   */
  public List<Difference> differences(Keyspace ours) {
    TreeSet<String> all = new TreeSet<>(places.keySet());
    all.addAll(ours.places.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String place : all) {
      String their = places.getOrDefault(place, ABSENT);
      String our = ours.places.getOrDefault(place, ABSENT);
      if (!Moments.agree(their, our)) {
        differences.add(new Difference(place, their, our));
      }
    }
    return differences;
  }
}
