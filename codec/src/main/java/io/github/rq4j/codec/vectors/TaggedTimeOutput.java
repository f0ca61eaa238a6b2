package io.github.rq4j.codec.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rq4j.codec.python.PythonDateTime;
import io.github.rq4j.codec.python.PythonTime;
import io.github.rq4j.codec.python.PythonTimeZone;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Describes dates, times and zones in each of their Java forms. */
final class TaggedTimeOutput {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  private TaggedTimeOutput() {}

  /** Describes a time or zone; false if the value is none. */
  static boolean describe(ObjectNode node, @Nullable Object value, TaggedOutput parts) {
    if (value instanceof LocalDate) {
      node.put("t", "date").put("v", value.toString());
    } else if (value instanceof LocalTime time) {
      time(node, time, false, null, parts);
    } else if (value instanceof PythonTime time) {
      time(node, time.toLocalTime(), time.fold(), time.zone(), parts);
    } else if (value instanceof LocalDateTime time) {
      dateTime(node, time, false, null, parts);
    } else if (value instanceof OffsetDateTime time) {
      dateTime(node, time.toLocalDateTime(), false, time.getOffset(), parts);
    } else if (value instanceof ZonedDateTime time) {
      dateTime(node, time.toLocalDateTime(), false, time.getZone(), parts);
    } else if (value instanceof PythonDateTime time) {
      dateTime(node, time.toLocalDateTime(), time.fold(), time.zone(), parts);
    } else if (value instanceof ZoneOffset offset) {
      timeZone(node, Duration.ofSeconds(offset.getTotalSeconds()), null, parts);
    } else if (value instanceof PythonTimeZone zone) {
      timeZone(node, zone.offset(), zone.explicitName(), parts);
    } else if (value instanceof ZoneId zone) {
      node.put("t", "zoneinfo");
      node.set("key", parts.node(zone.getId()));
      node.put("cached", true);
    } else {
      return false;
    }
    return true;
  }

  private static void time(
      ObjectNode node, LocalTime time, boolean fold, @Nullable Object zone, TaggedOutput parts) {
    node.put("t", "time").put("v", TIME.format(time));
    foldAndZone(node, fold, zone, parts);
  }

  private static void dateTime(
      ObjectNode node,
      LocalDateTime time,
      boolean fold,
      @Nullable Object zone,
      TaggedOutput parts) {
    node.put("t", "datetime").put("v", DATE_TIME.format(time));
    foldAndZone(node, fold, zone, parts);
  }

  private static void foldAndZone(
      ObjectNode node, boolean fold, @Nullable Object zone, TaggedOutput parts) {
    if (fold) {
      node.put("fold", 1);
    }
    if (zone != null) {
      node.set("tz", parts.node(zone));
    }
  }

  private static void timeZone(
      ObjectNode node, Duration offset, @Nullable String name, TaggedOutput parts) {
    node.put("t", "timezone");
    node.set("offset", parts.node(offset));
    if (name != null) {
      node.set("name", parts.node(name));
    }
  }
}
