package io.github.rq4j.cli.inspect;

import io.github.rq4j.cli.inspect.SerializerDetection.Detected;
import io.github.rq4j.client.Execution;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.Result;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.CompressedText;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonTuple;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that Redis holds of a job, as maps and lists of texts and numbers. What cannot be read says
 * so in its place and hides nothing else.
 */
final class JobReport {
  /** Shown decoded, in places of their own. */
  private static final Set<String> DECODED =
      Set.of(JobFields.DATA, JobFields.META, JobFields.EXC_INFO, JobFields.RESULT);

  private final RedisSettings settings;
  private final RedisServer server;
  private final SerializerDetection detection;

  JobReport(RedisSettings settings, RedisServer server, SerializerDetection detection) {
    this.settings = settings;
    this.server = server;
    this.detection = detection;
  }

  /** The report; null if there is no such job. */
  @Nullable Map<String, @Nullable Object> of(String id) {
    Command all = Command.of("HGETALL", Keys.job(id));
    Map<String, byte[]> fields = server.with(connection -> connection.call(all)).asHash();
    if (fields.isEmpty()) {
      return null;
    }
    StoredJob stored = new StoredJob(id, fields);
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    report.put("id", id);
    report.put("status", stored.text(JobFields.STATUS));
    Serializer serializer = putCall(stored, report);
    try (RqClient client = RqClient.builder(settings).serializer(serializer).build()) {
      String origin = stored.text(JobFields.ORIGIN);
      String limit = stored.text(JobFields.RATE_LIMIT_KEY);
      JobPlaces places = new JobPlaces(client, server, id);
      report.put("places", places.find(origin == null ? "" : origin, limit));
      report.put("meta", meta(stored, serializer));
      report.put("fields", plain(fields));
      putTraceback(stored, report);
      putRelated(client.job(id), report);
    }
    return report;
  }

  /** What reads the rest of the job, too. */
  private Serializer putCall(StoredJob stored, Map<String, @Nullable Object> report) {
    byte[] bytes = stored.bytes(JobFields.DATA);
    try {
      if (bytes == null) {
        report.put("data_problem", "there is none");
        return PickleSerializer.defaults();
      }
      Detected detected = detection.read(bytes);
      JobData data = detected.data();
      report.put("serializer", detected.name());
      report.put("function", data.functionName());
      if (data.instance() != null) {
        report.put("instance", ShownValue.of(data.instance()));
      }
      report.put("args", ShownValue.of(PythonTuple.copyOf(data.args())));
      report.put("kwargs", ShownValue.of(new PythonDict(data.kwargs())));
      return detected.serializer();
    } catch (CodecException e) {
      report.put("data_problem", e.getMessage());
      return PickleSerializer.defaults();
    }
  }

  private static @Nullable Object meta(StoredJob stored, Serializer serializer) {
    byte[] bytes = stored.bytes(JobFields.META);
    return bytes == null ? null : orProblem(() -> ShownValue.of(serializer.deserialize(bytes)));
  }

  private static Map<String, Object> plain(Map<String, byte[]> fields) {
    Map<String, Object> plain = new TreeMap<>();
    for (String name : fields.keySet()) {
      String text = new StoredJob("", fields).text(name);
      if (text != null && !DECODED.contains(name)) {
        plain.put(name, text);
      }
    }
    return plain;
  }

  private static void putTraceback(StoredJob stored, Map<String, @Nullable Object> report) {
    byte[] bytes = stored.bytes(JobFields.EXC_INFO);
    if (bytes != null) {
      Object text = orProblem(() -> CompressedText.expand(bytes, CodecLimits.defaults()));
      if (!"".equals(text)) {
        report.put("exc_info", text);
      }
    }
  }

  private static void putRelated(Job job, Map<String, @Nullable Object> report) {
    report.put("results", orProblem(() -> job.results().stream().map(JobReport::result).toList()));
    report.put(
        "executions",
        orProblem(() -> job.executions().stream().map(JobReport::execution).toList()));
    report.put("waits_for", job.dependencyIds());
    report.put("waited_for_by", job.dependentIds());
    report.put("time_to_live", job.timeToLive().map(Duration::toSeconds).orElse(null));
  }

  private static Map<String, @Nullable Object> result(Result result) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("type", result.type().name());
    fields.put("created_at", result.createdAt().toString());
    fields.put("worker_name", result.workerName());
    fields.put("execution_id", result.executionId());
    fields.put("execution_started_at", text(result.executionStartedAt()));
    fields.put("execution_ended_at", text(result.executionEndedAt()));
    if (result.excString() == null) {
      fields.put("return_value", ShownValue.of(result.returnValue()));
    } else {
      fields.put("exc_string", result.excString());
    }
    fields.put("id", result.id());
    return fields;
  }

  private static Map<String, @Nullable Object> execution(Execution execution) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", execution.id());
    fields.put("worker_name", execution.workerName());
    fields.put("created_at", text(execution.createdAt()));
    fields.put("last_heartbeat", text(execution.lastHeartbeat()));
    return fields;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static Object orProblem(Supplier<Object> reading) {
    try {
      return reading.get();
    } catch (CodecException | RqException e) {
      return Map.of("problem", String.valueOf(e.getMessage()));
    }
  }
}
