package io.github.rq4j.testservers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Python RQ's own client read of a job at one moment. Immutable. */
public final class PythonJob {

  private final JsonNode fields;

  PythonJob(JsonNode fields) {
    this.fields = fields;
  }

  /** The job's id. */
  public String id() {
    return fields.path("id").asText();
  }

  /** RQ's status: {@code queued}, {@code finished}, ...; null if the job has none. */
  public @Nullable String status() {
    return text("status");
  }

  /** What {@code job.return_value()} gives. */
  public PythonValue returnValue() {
    return value(fields.path("return_value"));
  }

  /** The job's meta. */
  public PythonValue meta() {
    return value(fields.path("meta"));
  }

  /** What {@code job.exc_info} gives; null if the job has not failed. */
  public @Nullable String excInfo() {
    return text("exc_info");
  }

  /** The name of the worker that runs or ran the job; null if none did. */
  public @Nullable String workerName() {
    return text("worker_name");
  }

  /** What {@code job.latest_result()} gives. */
  public Optional<LatestResult> latestResult() {
    JsonNode result = fields.path("latest_result");
    return result.isObject() ? Optional.of(new LatestResult(result)) : Optional.empty();
  }

  /**
   * Any plain attribute of RQ's job by its name there ({@code origin}, {@code timeout}, {@code
   * result_ttl}, ...), numbers as decimal text; null if it is None or not known.
   */
  public @Nullable String attribute(String name) {
    return text(name);
  }

  /**
   * A time of the job: {@code created_at}, {@code enqueued_at}, {@code started_at}, {@code
   * ended_at} or {@code last_heartbeat}; null if it has none yet.
   */
  public @Nullable Instant time(String name) {
    String text = text(name);
    return text == null ? null : Instant.parse(text);
  }

  /** The ids of the jobs that this one waits for. */
  public List<String> dependencyIds() {
    List<String> ids = new ArrayList<>();
    fields.path("dependency_ids").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  /** Redis' TTL of the job's hash in seconds: -1 for none, -2 if it is gone. */
  public long secondsToLive() {
    return fields.path("seconds_to_live").path("job").asLong();
  }

  /** Redis' TTL of the job's result stream in seconds: -1 for none, -2 if it does not exist. */
  public long resultsSecondsToLive() {
    return fields.path("seconds_to_live").path("results").asLong();
  }

  private @Nullable String text(String name) {
    JsonNode field = fields.path(name);
    return field.isValueNode() && !field.isNull() ? field.asText() : null;
  }

  private static PythonValue value(JsonNode node) {
    return new PythonValue(node.path("repr").asText(), node.path("type").asText());
  }

  @Override
  public String toString() {
    return fields.toPrettyString();
  }

  /** The newest entry of a job's result stream. Immutable. */
  public static final class LatestResult {

    private final JsonNode fields;

    private LatestResult(JsonNode fields) {
      this.fields = fields;
    }

    /** The name of RQ's result type: {@code SUCCESSFUL}, {@code FAILED}, ... */
    public String type() {
      return fields.path("type").asText();
    }

    /** The returned value; None for a failure. */
    public PythonValue returnValue() {
      return value(fields.path("return_value"));
    }

    /** The traceback text; null for a success. */
    public @Nullable String excString() {
      JsonNode text = fields.path("exc_string");
      return text.isTextual() ? text.asText() : null;
    }

    /** The worker's name; null where the RQ that reads or wrote it does not know one. */
    public @Nullable String workerName() {
      JsonNode text = fields.path("worker_name");
      return text.isTextual() ? text.asText() : null;
    }

    @Override
    public String toString() {
      return fields.toPrettyString();
    }
  }
}
