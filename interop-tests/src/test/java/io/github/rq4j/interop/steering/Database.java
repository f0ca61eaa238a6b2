package io.github.rq4j.interop.steering;

import io.github.rq4j.testservers.TestRedis;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All that a database holds as text, place by place, points in time made relative to now. */
record Database(Map<String, String> places) {
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d\\.\\d{1,6}(Z|\\+00:00)");
  private static final Pattern EPOCH = Pattern.compile("\\d{10}(\\.\\d+)?");
  private static final Pattern RANDOM_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern RELATIVE = Pattern.compile("now([+-]\\d+)");
  private static final long TOLERANCE_SECONDS = 3;

  static Database read(TestRedis redis) {
    Map<String, String> places = new TreeMap<>();
    long now = Instant.now().getEpochSecond();
    for (String key : texts(redis.command("KEYS", "*"))) {
      if (RANDOM_ID.matcher(key).find()) {
        // A worker that has ended; no operation here concerns it.
        continue;
      }
      String type = String.valueOf(redis.command("TYPE", key));
      Object ttl = redis.command("TTL", key);
      places.put(key + " ttl", Long.valueOf(-1).equals(ttl) ? "none" : "now+" + ttl);
      switch (type) {
        case "hash" -> hash(redis, key, now, places);
        case "list" -> places.put(key, texts(redis.command("LRANGE", key, "0", "-1")).toString());
        case "set" ->
            places.put(key, texts(redis.command("SMEMBERS", key)).stream().sorted().toList() + "");
        case "zset" -> {
          List<String> flat = texts(redis.command("ZRANGE", key, "0", "-1", "WITHSCORES"));
          for (int i = 0; i < flat.size(); i += 2) {
            places.put(key + " " + flat.get(i), moment(flat.get(i + 1), now));
          }
        }
        case "stream" -> places.put(key, stream(redis, key));
        default -> places.put(key, moment(String.valueOf(redis.command("GET", key)), now));
      }
    }
    return new Database(places);
  }

  private static void hash(TestRedis redis, String key, long now, Map<String, String> places) {
    for (String field : texts(redis.command("HKEYS", key))) {
      byte[] value = redis.bytes("HGET", key, field);
      String text = value == null ? "" : new String(value, StandardCharsets.ISO_8859_1);
      places.put(key + " " + field, moment(text, now));
    }
  }

  private static String stream(TestRedis redis, String key) {
    List<String> entries = new ArrayList<>();
    if (redis.command("XRANGE", key, "-", "+") instanceof List<?> all) {
      for (Object entry : all) {
        List<String> fields = texts(((List<?>) entry).get(1));
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.size(); i += 2) {
          boolean varies = fields.get(i).matches("exc_string|execution_.*");
          pairs.add(fields.get(i) + "=" + (varies ? "..." : neutral(fields.get(i + 1))));
        }
        pairs.sort(Comparator.naturalOrder());
        entries.add(pairs.toString());
      }
    }
    return entries.toString();
  }

  private static String neutral(String text) {
    return RANDOM_ID.matcher(text).replaceAll("<id>");
  }

  private static String moment(String text, long now) {
    if (TIME.matcher(text).find()) {
      return TIME.matcher(text).replaceAll("<time>");
    }
    return EPOCH.matcher(text).matches()
        ? String.format("now%+d", Math.round(Double.parseDouble(text)) - now)
        : neutral(text);
  }

  private static List<String> texts(@Nullable Object reply) {
    List<String> texts = new ArrayList<>();
    if (reply instanceof List<?> elements) {
      elements.forEach(element -> texts.add(String.valueOf(element)));
    }
    return texts;
  }

  /** The places where the other differs, with both contents, but for a few seconds. */
  List<String> differences(Database other) {
    Map<String, String> all = new TreeMap<>(places);
    other.places.forEach(all::putIfAbsent);
    List<String> differences = new ArrayList<>();
    for (String place : all.keySet()) {
      String theirs = places.getOrDefault(place, "<absent>");
      String ours = other.places.getOrDefault(place, "<absent>");
      if (!agree(theirs, ours)) {
        differences.add(place + ": RQ " + theirs + ", rq4j " + ours);
      }
    }
    return differences;
  }

  private static boolean agree(String one, String other) {
    Matcher left = RELATIVE.matcher(one);
    Matcher right = RELATIVE.matcher(other);
    if (left.matches() && right.matches()) {
      long apart = Long.parseLong(left.group(1)) - Long.parseLong(right.group(1));
      return Math.abs(apart) <= TOLERANCE_SECONDS;
    }
    return one.equals(other);
  }
}
