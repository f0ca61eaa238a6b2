package io.github.rq4j.interop.golden;

import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.testservers.PythonFixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a release of RQ left in Redis.
 *
 * @param name the release and its Python, such as {@code 0.4.6-2.7}
 * @param keys what each key holds
 */
record Capture(String name, Map<?, ?> keys) {
  private static final String FILE = "capture.json";

  static Path file(String name) {
    return directory().resolve(name).resolve(FILE);
  }

  private static Path directory() {
    return PythonFixtures.directory()
        .resolveSibling("interop-tests")
        .resolve("src/test/resources/golden");
  }

  static Stream<Capture> all() throws IOException {
    try (Stream<Path> directories = Files.list(directory())) {
      return directories.map(path -> path.getFileName().toString()).sorted().toList().stream()
          .map(Capture::read);
    }
  }

  private static Capture read(String name) {
    try {
      Object keys = JsonSerializer.defaults().deserialize(Files.readAllBytes(file(name)));
      return new Capture(name, (Map<?, ?>) Objects.requireNonNull(keys));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file(name), e);
    }
  }

  private @Nullable Object content(String key) {
    return keys.get(key) instanceof Map<?, ?> found ? found.get("content") : null;
  }

  StoredJob job(String id) {
    return new StoredJob(id, bytes((Map<?, ?>) Objects.requireNonNull(content("rq:job:" + id))));
  }

  /** The fields of the last entry of a job's results; empty where there is none. */
  Map<String, byte[]> lastResult(String id) {
    return content("rq:results:" + id) instanceof List<?> entries && !entries.isEmpty()
        ? bytes((Map<?, ?>) Objects.requireNonNull(entries.get(entries.size() - 1)))
        : Map.of();
  }

  Map<String, byte[]> hash(String key) {
    return content(key) instanceof Map<?, ?> fields ? bytes(fields) : Map.of();
  }

  private static Map<String, byte[]> bytes(Map<?, ?> fields) {
    Map<String, byte[]> found = new LinkedHashMap<>();
    fields.forEach((field, value) -> found.put(String.valueOf(field), bytes(value)));
    return found;
  }

  private static byte[] bytes(@Nullable Object value) {
    return value instanceof Map<?, ?> encoded
        ? Base64.getDecoder().decode(String.valueOf(encoded.get("base64")))
        : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
  }

  /** The members of a list or set, or those of a sorted set. */
  List<String> members(String key) {
    Object content = content(key);
    if (content instanceof Map<?, ?> scores) {
      return scores.keySet().stream().map(String::valueOf).toList();
    }
    return content instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** Whether RQ is older than a release of the series before 1.0. */
  boolean isBefore0(int minor) {
    String[] version = name.split("[.-]", -1);
    return version[0].equals("0") && Integer.parseInt(version[1]) < minor;
  }

  @Override
  public String toString() {
    return name;
  }
}
