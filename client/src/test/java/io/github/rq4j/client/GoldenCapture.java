package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.codec.json.JsonSerializer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a release of RQ left in Redis, recorded.
 *
 * @param name the release and its Python, such as {@code 0.4.6-2.7}
 * @param keys what each key holds
 */
record GoldenCapture(String name, Map<?, ?> keys) {
  // What names the machine, or how long something took, was not recorded.
  private static final String LEFT_OUT = "...";

  static Stream<GoldenCapture> all() throws IOException, URISyntaxException {
    URL directory = Objects.requireNonNull(GoldenCapture.class.getResource("/golden"));
    try (Stream<Path> releases = Files.list(Path.of(directory.toURI()))) {
      return releases.sorted().toList().stream().map(GoldenCapture::read);
    }
  }

  private static GoldenCapture read(Path release) {
    try {
      byte[] json = Files.readAllBytes(release.resolve("capture.json"));
      Object keys = Objects.requireNonNull(JsonSerializer.defaults().deserialize(json));
      return new GoldenCapture(release.getFileName().toString(), (Map<?, ?>) keys);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + release, e);
    }
  }

  /** Whether RQ is older than a release of the series before 1.0. */
  boolean isBefore0(int minor) {
    String[] version = name.split("[.-]", -1);
    return version[0].equals("0") && Integer.parseInt(version[1]) < minor;
  }

  boolean isBefore1() {
    return name.startsWith("0.");
  }

  /** Puts all of it back into a database. */
  void restore(RqClient client) {
    keys.forEach(
        (key, value) -> {
          Map<?, ?> stored = (Map<?, ?>) Objects.requireNonNull(value);
          Object content = Objects.requireNonNull(stored.get("content"));
          restore(client, String.valueOf(key), String.valueOf(stored.get("type")), content);
        });
  }

  private static void restore(RqClient client, String key, String type, Object content) {
    switch (type) {
      case "hash" -> client.call(addFields(Command.of("HSET", key), (Map<?, ?>) content));
      case "list" -> client.call(addItems(Command.of("RPUSH", key), (List<?>) content));
      case "set" -> client.call(addItems(Command.of("SADD", key), (List<?>) content));
      case "zset" ->
          ((Map<?, ?>) content)
              .forEach((member, score) -> client.call(scored(key, score).add(text(member))));
      case "stream" ->
          ((List<?>) content)
              .forEach(
                  entry -> client.call(addFields(Command.of("XADD", key).add("*"), fields(entry))));
      case "string" -> client.call(Command.of("SET", key).add(bytes(content)));
      default -> throw new IllegalStateException(key + " is of the unknown type " + type);
    }
  }

  private static Map<?, ?> fields(@Nullable Object entry) {
    return (Map<?, ?>) Objects.requireNonNull(entry);
  }

  private static Command addItems(Command command, List<?> items) {
    items.forEach(item -> command.add(bytes(item)));
    return command;
  }

  private static Command addFields(Command command, Map<?, ?> fields) {
    fields.forEach(
        (field, value) -> {
          if (!LEFT_OUT.equals(value)) {
            command.add(text(field)).add(bytes(value));
          }
        });
    return command;
  }

  /** A score is a number, "inf", or told from the moment of recording: "now+500". */
  private static Command scored(String key, @Nullable Object recorded) {
    String score = text(recorded);
    return Command.of("ZADD", key).add(score.startsWith("now+") ? "4000000000" : score);
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  private static byte[] bytes(@Nullable Object value) {
    return value instanceof Map<?, ?> encoded
        ? Base64.getDecoder().decode(text(encoded.get("base64")))
        : text(value).getBytes(StandardCharsets.UTF_8);
  }
}
