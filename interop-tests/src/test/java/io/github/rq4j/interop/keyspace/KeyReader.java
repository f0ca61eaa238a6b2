package io.github.rq4j.interop.keyspace;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.CompressedText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reads one key after the other into places, see {@link Keyspace}. */
final class KeyReader {
  private static final String HEXADECIMAL = "0x";
  private static final Pattern RANDOM_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
  private static final Pattern EPOCH_SECONDS = Pattern.compile("\\d{10}(\\.\\d+)?");
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
      case "string" -> put(name + " value", neutral(textOf(key)));
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

  private String textOf(String key) {
    byte[] value = redis.call(Command.of("GET", key)).asBytes();
    return value == null ? "nil" : text(value);
  }

  /** Bytes as text where they are printable ASCII, else in hexadecimal. */
  private static String text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return printable ? text : HEXADECIMAL + HexFormat.of().formatHex(bytes);
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

  private String fieldText(String field, byte[] value) {
    return switch (field) {
      case "exc_info" ->
          value.length == 0 ? "" : lastLine(CompressedText.expand(value, CodecLimits.defaults()));
      case "total_working_time", "current_job_working_time" ->
          Double.parseDouble(text(value)) > 0 ? "<duration>" : "0";
      case "pid", "ip_address", "python_version", "hostname" -> "<" + field + ">";
      default -> neutral(text(value));
    };
  }

  private void readSet(String key, String name) {
    List<String> members = redis.call(Command.of("SMEMBERS", key)).asTexts();
    put(name + " members", members.stream().map(this::neutral).sorted().toList().toString());
  }

  private void readSortedSet(String key, String name) {
    List<String> flat = redis.call(range("ZRANGE", key).add("WITHSCORES")).asTexts();
    for (int i = 0; i < flat.size(); i += 2) {
      String score = Moments.score(flat.get(i + 1), now);
      // Since when a job has waited tells how long the worker took to do all the rest.
      boolean waits = key.startsWith("rq:deferred:") && score.matches("now-\\d+s|now\\+0s");
      put(name + " " + neutral(flat.get(i)), waits ? "<before now>" : score);
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

  private String entryText(Map.Entry<String, byte[]> field) {
    if (field.getKey().equals("exc_string")) {
      byte[] compressed = Base64.getDecoder().decode(field.getValue());
      return lastLine(CompressedText.expand(compressed, CodecLimits.defaults()));
    }
    return neutral(text(field.getValue()));
  }

  /** Of a traceback only the last line must agree: type and message. */
  private static String lastLine(String traceback) {
    List<String> lines = traceback.stripTrailing().lines().toList();
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    return ABANDONED_AT.matcher(last).replaceAll("at <time>");
  }

  private String neutral(String text) {
    if (text.startsWith(HEXADECIMAL)) {
      return text;
    }
    String neutral = RANDOM_ID.matcher(text).replaceAll("<id>");
    neutral = TIMESTAMP.matcher(neutral).replaceAll("<time>");
    return EPOCH_SECONDS.matcher(neutral).matches() ? Moments.score(neutral, now) : neutral;
  }
}
