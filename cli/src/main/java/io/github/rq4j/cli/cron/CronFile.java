package io.github.rq4j.cli.cron;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.client.Webhook;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.worker.cron.CronJob;
import io.github.rq4j.worker.cron.CronScheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The jobs of a cron scheduler in a TOML file, by the names that {@code rq.cron.register} has. */
final class CronFile {
  private static final Set<String> SETTINGS = Set.of("job", "zone", "serializer");
  private static final Set<String> JOB_SETTINGS =
      Set.of(
          "func",
          "queue_name",
          "args",
          "kwargs",
          "interval",
          "cron",
          "job_timeout",
          "result_ttl",
          "ttl",
          "failure_ttl",
          "meta",
          "webhooks",
          "name");
  private static final Set<String> WEBHOOK_SETTINGS =
      Set.of("url", "job_status", "method", "headers", "timeout");

  private final Path file;

  private CronFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @param redis where the scheduler finds Redis
   * @param serializer in place of the one that the file names; null for that
   * @throws CommandFailure if the file cannot be read or says something that is not understood
   */
  static CronScheduler read(Path file, RedisSettings redis, @Nullable Serializer serializer) {
    return new CronFile(file).scheduler(redis, serializer);
  }

  private CronScheduler scheduler(RedisSettings redis, @Nullable Serializer named) {
    JsonNode root = parse();
    refuseUnknown(root, SETTINGS, "");
    CronScheduler.Builder builder = CronScheduler.builder(redis).configFile(file.toString());
    JsonNode jobs = root.path("job");
    if (!jobs.isArray() || jobs.isEmpty()) {
      throw failure("it has no [[job]]", null);
    }
    int number = 1;
    for (JsonNode job : jobs) {
      builder.register(job(job, "job " + number++ + ": "));
    }
    zone(root, builder);
    serializer(root, builder);
    if (named != null) {
      builder.serializer(named);
    }
    try {
      return builder.build();
    } catch (UnsupportedValueException e) {
      throw failure(String.valueOf(e.getMessage()), e);
    }
  }

  private JsonNode parse() {
    try {
      return new TomlMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw failure("line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw failure("it cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private void refuseUnknown(JsonNode table, Set<String> known, String where) {
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      if (!known.contains(entry.getKey())) {
        throw failure(where + "there is no setting '" + entry.getKey() + "'", null);
      }
    }
  }

  private void zone(JsonNode root, CronScheduler.Builder builder) {
    String zone = text(root, "zone", "");
    if (zone != null) {
      try {
        builder.zone(ZoneId.of(zone));
      } catch (DateTimeException e) {
        throw failure("there is no zone '" + zone + "'", e);
      }
    }
  }

  private void serializer(JsonNode root, CronScheduler.Builder builder) {
    String serializer = text(root, "serializer", "");
    if ("json".equals(serializer)) {
      builder.serializer(JsonSerializer.defaults());
    } else if (serializer != null && !serializer.equals("pickle")) {
      throw failure("serializer must be pickle or json, not '" + serializer + "'", null);
    }
  }

  private CronJob job(JsonNode table, String where) {
    refuseUnknown(table, JOB_SETTINGS, where);
    try {
      String function = text(table, "func", where);
      CronJob.Builder job = CronJob.builder(function == null ? "" : function);
      set(text(table, "queue_name", where), job::queue);
      set(text(table, "name", where), job::name);
      set(seconds(table, "interval", where), job::every);
      set(text(table, "cron", where), job::cron);
      set(seconds(table, "job_timeout", where), job::timeout);
      set(seconds(table, "result_ttl", where), job::resultTtl);
      set(seconds(table, "ttl", where), job::ttl);
      set(seconds(table, "failure_ttl", where), job::failureTtl);
      job.args(list(table, "args", where));
      table(table, "kwargs", where).forEach(job::kwarg);
      job.meta(table(table, "meta", where));
      job.webhooks(webhooks(table.path("webhooks"), where));
      return job.build();
    } catch (IllegalArgumentException e) {
      throw failure(where + e.getMessage(), e);
    }
  }

  private Webhook[] webhooks(JsonNode tables, String where) {
    if (!tables.isMissingNode() && !tables.isArray()) {
      throw failure(where + "webhooks must be an array", null);
    }
    List<Webhook> webhooks = new ArrayList<>();
    for (JsonNode table : tables) {
      webhooks.add(webhook(table, where + "webhook " + (webhooks.size() + 1) + ": "));
    }
    return webhooks.toArray(Webhook[]::new);
  }

  private Webhook webhook(JsonNode table, String where) {
    refuseUnknown(table, WEBHOOK_SETTINGS, where);
    String url = text(table, "url", where);
    String event = oneOf(text(table, "job_status", where), "finished, failed", where, "job_status");
    String given = text(table, "method", where);
    String method = oneOf(given == null ? "GET" : given, "GET, POST", where, "method");
    Duration timeout = seconds(table, "timeout", where);
    Map<String, String> headers = new LinkedHashMap<>();
    table(table, "headers", where).forEach((name, value) -> headers.put(name, "" + value));
    return new Webhook(
        url == null ? "" : url,
        Webhook.Event.valueOf(event.toUpperCase(Locale.ROOT)),
        Webhook.Method.valueOf(method),
        headers,
        timeout == null ? Webhook.DEFAULT_TIMEOUT : timeout);
  }

  private String oneOf(@Nullable String value, String known, String where, String setting) {
    if (value == null || !List.of(known.split(", ")).contains(value)) {
      throw failure(where + setting + " must be one of " + known + ", not '" + value + "'", null);
    }
    return value;
  }

  private static <T> void set(@Nullable T value, Consumer<T> setting) {
    if (value != null) {
      setting.accept(value);
    }
  }

  private @Nullable String text(JsonNode table, String setting, String where) {
    JsonNode value = table.path(setting);
    if (!value.isMissingNode() && !value.isTextual()) {
      throw failure(where + setting + " must be a text", null);
    }
    return value.isMissingNode() ? null : value.textValue();
  }

  private @Nullable Duration seconds(JsonNode table, String setting, String where) {
    JsonNode value = table.path(setting);
    if (!value.isMissingNode() && !(value.isIntegralNumber() && value.canConvertToLong())) {
      throw failure(where + setting + " must be whole seconds", null);
    }
    return value.isMissingNode() ? null : Duration.ofSeconds(value.longValue());
  }

  private @Nullable Object[] list(JsonNode table, String setting, String where) {
    JsonNode value = table.path(setting);
    if (!value.isMissingNode() && !value.isArray()) {
      throw failure(where + setting + " must be an array", null);
    }
    return elements(value).toArray();
  }

  private Map<String, @Nullable Object> table(JsonNode table, String setting, String where) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    JsonNode value = table.path(setting);
    if (!value.isMissingNode() && !value.isObject()) {
      throw failure(where + setting + " must be a table", null);
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      entries.put(entry.getKey(), plain(entry.getValue()));
    }
    return entries;
  }

  private static List<@Nullable Object> elements(JsonNode array) {
    List<@Nullable Object> elements = new ArrayList<>();
    array.forEach(element -> elements.add(plain(element)));
    return elements;
  }

  /** A value as Python would have it from JSON; dates and times as text. */
  private static Object plain(JsonNode value) {
    if (value.isArray()) {
      return elements(value);
    }
    if (value.isObject()) {
      Map<String, Object> entries = new LinkedHashMap<>();
      value.properties().forEach(entry -> entries.put(entry.getKey(), plain(entry.getValue())));
      return entries;
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isIntegralNumber()) {
      return value.bigIntegerValue();
    }
    return value.isNumber() ? value.doubleValue() : value.asText();
  }

  private CommandFailure failure(String why, @Nullable Throwable cause) {
    String message = file + ": " + why;
    return cause == null ? CommandFailure.misuse(message) : CommandFailure.misuse(message, cause);
  }
}
