package io.github.rq4j.client;

import io.github.rq4j.client.wire.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hash that tells of a worker or scheduler. What is absent, empty or unreadable is null: these
 * are for looking at, and one odd field must not hide the others.
 */
record StoredHash(Map<String, byte[]> fields) {

  boolean isEmpty() {
    return fields.isEmpty();
  }

  byte @Nullable [] bytes(String field) {
    byte[] value = fields.get(field);
    return value == null || value.length == 0 ? null : value;
  }

  @Nullable String text(String field) {
    byte[] value = bytes(field);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  @Nullable Long number(String field) {
    String value = text(field);
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  long count(String field) {
    Long value = number(field);
    return value == null ? 0 : value;
  }

  double seconds(String field) {
    String value = text(field);
    try {
      double seconds = value == null ? 0 : Double.parseDouble(value);
      return Double.isFinite(seconds) && seconds > 0 ? seconds : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Nullable Instant instant(String field) {
    String value = text(field);
    try {
      return value == null ? null : Timestamps.parse(value);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Names joined by commas. */
  List<String> names(String field) {
    String value = text(field);
    return value == null ? List.of() : List.of(value.split(","));
  }
}
