package io.github.rq4j.interop.keyspace;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.testservers.TestRedis;
import java.time.Duration;
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
 * @param age how long before the reading its oldest content may have been written
 */
public record Keyspace(Map<String, String> places, Duration age) {
  private static final String ABSENT = "<absent>";
  // What a Python process takes to start, do one thing and end.
  private static final Duration ONE_COMMAND = Duration.ofSeconds(2);
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  /** Reads what one operation left that has just ended. */
  public static Keyspace of(TestRedis redis) {
    return of(redis, Instant.now().minus(ONE_COMMAND));
  }

  /**
   * Reads what was left since a moment: on a busy machine that may take any time, of which nobody
   * knows how much lies before and how much behind what is compared.
   */
  public static Keyspace of(TestRedis redis, Instant begun) {
    RedisSettings settings = RedisSettings.parse(redis.uri().toString());
    try (RedisServer server = new RedisServer(settings);
        RedisConnection connection = server.borrow()) {
      Instant now = Instant.now();
      Map<String, String> places = new TreeMap<>();
      for (String key : connection.call(Command.of("KEYS", "*")).asTexts()) {
        new KeyReader(connection, now, places).read(key);
      }
      return new Keyspace(places, Duration.between(begun, now));
    }
  }

  /**
   * Where this keyspace and another one differ, in the order of the places. Points in time count as
   * equal that are no further apart than the older of the two is old, and a second.
   *
   * @param ours what our run left, this keyspace being what RQ's left
   */
  public List<Difference> differences(Keyspace ours) {
    TreeSet<String> all = new TreeSet<>(places.keySet());
    all.addAll(ours.places.keySet());
    List<Difference> differences = new ArrayList<>();
    Duration tolerance = ROUNDING.plus(age.compareTo(ours.age) > 0 ? age : ours.age);
    for (String place : all) {
      String their = places.getOrDefault(place, ABSENT);
      String our = ours.places.getOrDefault(place, ABSENT);
      if (!Moments.agree(their, our, tolerance)) {
        differences.add(new Difference(place, their, our));
      }
    }
    return differences;
  }
}
