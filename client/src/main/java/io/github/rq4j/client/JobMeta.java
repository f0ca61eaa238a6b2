package io.github.rq4j.client;

import io.github.rq4j.codec.MalformedPayloadException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job's {@code meta}: a dictionary that only its application knows. */
final class JobMeta {
  private JobMeta() {}

  static Map<String, @Nullable Object> read(
      RqClient client, String id, byte @Nullable [] serialized) {
    if (serialized == null || serialized.length == 0) {
      return Map.of();
    }
    Object value = client.serializer().deserialize(serialized);
    if (!(value instanceof Map<?, ?> map)) {
      throw malformed(id, "is no dictionary");
    }
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    map.forEach(
        (key, content) -> {
          if (!(key instanceof String text)) {
            throw malformed(id, "has a key that is no text");
          }
          meta.put(text, content);
        });
    return Collections.unmodifiableMap(meta);
  }

  private static MalformedPayloadException malformed(String id, String what) {
    return new MalformedPayloadException("meta of job " + id + " " + what, null);
  }
}
