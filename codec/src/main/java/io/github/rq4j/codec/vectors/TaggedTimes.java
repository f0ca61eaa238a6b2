package io.github.rq4j.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rq4j.codec.python.PythonDateTime;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTime;
import io.github.rq4j.codec.python.PythonTimeZone;
import io.github.rq4j.codec.python.PythonTuple;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares times and zones, which take the simplest of several forms, with their descriptions. */
final class TaggedTimes {
  /** Compares a part. */
  interface PartComparison {
    boolean matches(JsonNode node, @Nullable Object value);
  }

  private TaggedTimes() {}

  static boolean matches(JsonNode node, @Nullable Object value, PartComparison parts) {
    return switch (TaggedNode.kind(node)) {
      case "time" -> matchesTime(node, value, parts);
      case "datetime" -> matchesDateTime(node, value, parts);
      case "timezone" -> matchesTimeZone(node, value, parts);
      default -> matchesZoneInfo(node, value, parts);
    };
  }

  private static boolean matchesTime(JsonNode node, @Nullable Object value, PartComparison parts) {
    LocalTime local = TaggedLeaves.localTime(node);
    if (value instanceof LocalTime) {
      return local.equals(value) && matchesZone(node, false, null, parts);
    }
    return value instanceof PythonTime time
        && local.equals(time.toLocalTime())
        && matchesZone(node, time.fold(), time.zone(), parts);
  }

  private static boolean matchesDateTime(
      JsonNode node, @Nullable Object value, PartComparison parts) {
    LocalDateTime local = TaggedLeaves.localDateTime(node);
    if (value instanceof LocalDateTime) {
      return local.equals(value) && matchesZone(node, false, null, parts);
    }
    if (value instanceof OffsetDateTime time) {
      return local.equals(time.toLocalDateTime())
          && matchesZone(node, false, time.getOffset(), parts);
    }
    if (value instanceof ZonedDateTime time) {
      return local.equals(time.toLocalDateTime())
          && matchesZone(node, false, time.getZone(), parts);
    }
    return value instanceof PythonDateTime time
        && local.equals(time.toLocalDateTime())
        && matchesZone(node, time.fold(), time.zone(), parts);
  }

  private static boolean matchesZone(
      JsonNode node, boolean fold, @Nullable Object zone, PartComparison parts) {
    return TaggedNode.isSet(node, "fold") == fold
        && node.has("tz") == (zone != null)
        && (zone == null || parts.matches(node.get("tz"), zone));
  }

  private static boolean matchesTimeZone(
      JsonNode node, @Nullable Object value, PartComparison parts) {
    JsonNode offset = TaggedNode.required(node, "offset");
    if (value instanceof ZoneOffset zone) {
      return !node.has("name") && parts.matches(offset, Duration.ofSeconds(zone.getTotalSeconds()));
    }
    return value instanceof PythonTimeZone zone
        && parts.matches(offset, zone.offset())
        && node.has("name") == (zone.explicitName() != null)
        && (!node.has("name") || parts.matches(node.get("name"), zone.explicitName()));
  }

  private static boolean matchesZoneInfo(
      JsonNode node, @Nullable Object value, PartComparison parts) {
    JsonNode key = TaggedNode.required(node, "key");
    boolean isCached = TaggedNode.isSet(node, "cached");
    if (value instanceof ZoneId zone) {
      return isCached && parts.matches(key, zone.getId());
    }
    PythonTuple args =
        value instanceof PythonObject object ? ObjectContent.zoneArguments(object) : null;
    return args != null
        && parts.matches(key, args.get(0))
        && Objects.equals(args.get(1), isCached ? 1L : 0L);
  }
}
