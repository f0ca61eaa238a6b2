package io.github.rq4j.interop.differential;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.CompressedText;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads one key after the other into places, see {@link Keyspace}. */
final class KeyReader {
  private static final Pattern EXECUTION = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
  private static final Pattern EPOCH_FLOAT = Pattern.compile("\\d{10}\\.\\d+");
  private static final Pattern ABANDONED_AT =
      Pattern.compile("at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00");

  private final RedisConnection redis;
  private final Instant now;
  private final Map<String, String> places;

  KeyReader(RedisConnection redis, Instant now, Map<String, String> places) {
    this.redis = redis;
    this.now = now;
    this.places = places;
  }

  void read(String key) {
    String name = neutral(key);
    String type = Objects.requireNonNull(redis.call(Command.of("TYPE", key)).asText());
    long ttl = redis.call(Command.of("TTL", key)).asLong();
    put(name + " type", type);
    put(name + " expiry", ttl < 0 ? "none" : Moments.secondsFromNow(ttl));
    switch (type) {
      case "hash" -> readHash(key, name);
      case "string" -> put(name + " value", neutral(text("GET", key)));
      case "list" -> put(name + " elements", redis.call(range("LRANGE", key)).asTexts().toString());
      case "set" -> readSet(key, name);
      case "zset" -> readSortedSet(key, name);
      case "stream" -> readStream(key, name);
      default -> throw new AssertionError("RQ has no keys of type " + type + ": " + key);
    }
  }

  private void put(String place, String content) {
    String before = places.put(place, content);
    if (before != null) {
      throw new AssertionError("two contents for " + place + ": " + before + ", " + content);
    }
  }

  private String text(String command, String key) {
    return Keyspace.text(redis.call(Command.of(command, key)));
  }

  private static Command range(String command, String key) {
    return Command.of(command, key, "0", "-1");
  }

  private void readHash(String key, String name) {
    redis
        .call(Command.of("HGETALL", key))
        .asHash()
        .forEach((field, value) -> put(name + " " + field, fieldText(field, value)));
  }

  private static String fieldText(String field, byte[] value) {
    return switch (field) {
      case "exc_info" ->
          value.length == 0 ? "" : lastLine(CompressedText.expand(value, CodecLimits.defaults()));
      case "total_working_time", "current_job_working_time" ->
          Double.parseDouble(Keyspace.text(value)) > 0 ? "<duration>" : "0";
      case "pid", "ip_address", "python_version", "hostname" -> "<" + field + ">";
      default -> neutral(Keyspace.text(value));
    };
  }

  private void readSet(String key, String name) {
    List<String> members = redis.call(Command.of("SMEMBERS", key)).asTexts();
    put(name + " members", members.stream().map(KeyReader::neutral).sorted().toList().toString());
  }

  private void readSortedSet(String key, String name) {
    List<String> flat = redis.call(range("ZRANGE", key).add("WITHSCORES")).asTexts();
    for (int i = 0; i < flat.size(); i += 2) {
      put(name + " " + neutral(flat.get(i)), Moments.score(flat.get(i + 1), now));
    }
  }

  private void readStream(String key, String name) {
    int number = 0;
    for (Reply entry : redis.call(Command.of("XRANGE", key, "-", "+")).asList()) {
      number++;
      Map<String, byte[]> fields = entry.asList().get(1).asHash();
      for (Map.Entry<String, byte[]> field : fields.entrySet()) {
        put(name + " #" + number + " " + field.getKey(), entryText(field));
      }
    }
  }

  private static String entryText(Map.Entry<String, byte[]> field) {
    if (field.getKey().equals("exc_string")) {
      byte[] compressed = Base64.getDecoder().decode(field.getValue());
      return lastLine(CompressedText.expand(compressed, CodecLimits.defaults()));
    }
    return neutral(Keyspace.text(field.getValue()));
  }

  /** Of a traceback only the last line must agree: type and message. */
  private static String lastLine(String traceback) {
    List<String> lines = traceback.stripTrailing().lines().toList();
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    return ABANDONED_AT.matcher(last).replaceAll("at <time>");
  }

  private static String neutral(String text) {
    if (Keyspace.isHexadecimal(text)) {
      return text;
    }
    String neutral = EXECUTION.matcher(text).replaceAll("<execution>");
    neutral = TIMESTAMP.matcher(neutral).replaceAll("<time>");
    return EPOCH_FLOAT.matcher(neutral).matches() ? "<seconds>" : neutral;
  }
}
