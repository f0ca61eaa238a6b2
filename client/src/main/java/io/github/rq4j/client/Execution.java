package io.github.rq4j.client;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job that is under way, as RQ's {@code Execution} (2.0 on). Immutable.
 *
 * @param id RQ's id of the run, 32 hexadecimal digits
 * @param jobId the job that runs
 * @param workerName who runs it; null where the worker's RQ is older than 3.0
 * @param createdAt when the run began
 * @param lastHeartbeat when the worker last said that it goes on
 */
public record Execution(
    String id,
    String jobId,
    @Nullable String workerName,
    @Nullable Instant createdAt,
    @Nullable Instant lastHeartbeat) {

  static Execution of(String id, String jobId, Map<String, byte[]> fields) {
    StoredHash hash = new StoredHash(fields);
    return new Execution(
        id,
        jobId,
        hash.text("worker_name"),
        Scores.instant(hash.text("created_at")),
        Scores.instant(hash.text("last_heartbeat")));
  }
}
