package io.github.rq4j.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker tells of itself, at one moment. What it does not tell, because its RQ is older or
 * has not come to it yet, is null. Immutable.
 *
 * @param name its name
 * @param queues the queues it works on, the most important first
 * @param state what it does
 * @param hostname the machine
 * @param ipAddress address and port of its connection, or {@code unknown}
 * @param pid its process
 * @param version its RQ's version
 * @param pythonVersion its Python's, or what else runs it
 * @param birth when it started
 * @param lastHeartbeat when it was last heard of
 * @param shutdownRequested when it was asked to shut down, if it was
 * @param death when it ended, if it did
 * @param successfulJobCount how many of its runs succeeded
 * @param failedJobCount how many failed
 * @param totalWorkingTime how long they took together
 * @param currentJobId the job it runs, one of them if it runs many
 * @param currentExecutions what it runs; empty where its RQ is older than 3.0
 * @param readAt when this was read
 */
public record WorkerSnapshot(
    String name,
    List<String> queues,
    WorkerState state,
    @Nullable String hostname,
    @Nullable String ipAddress,
    @Nullable Long pid,
    @Nullable String version,
    @Nullable String pythonVersion,
    @Nullable Instant birth,
    @Nullable Instant lastHeartbeat,
    @Nullable Instant shutdownRequested,
    @Nullable Instant death,
    long successfulJobCount,
    long failedJobCount,
    Duration totalWorkingTime,
    @Nullable String currentJobId,
    List<Execution> currentExecutions,
    Instant readAt) {

  /** How long ago it was last heard of; null if never. */
  public @Nullable Duration heartbeatAge() {
    return lastHeartbeat == null ? null : Duration.between(lastHeartbeat, readAt);
  }

  static WorkerSnapshot of(
      String name, StoredHash hash, List<Execution> executions, Instant readAt) {
    String currentJob = hash.text("current_job");
    if (currentJob == null && !executions.isEmpty()) {
      currentJob = executions.get(0).jobId();
    }
    return new WorkerSnapshot(
        name,
        hash.names("queues"),
        WorkerState.of(hash.text("state")),
        hash.text("hostname"),
        hash.text("ip_address"),
        hash.number("pid"),
        hash.text("version"),
        hash.text("python_version"),
        hash.instant("birth"),
        hash.instant("last_heartbeat"),
        hash.instant("shutdown_requested_date"),
        hash.instant("death"),
        hash.count("successful_job_count"),
        hash.count("failed_job_count"),
        Duration.ofNanos(Math.round(hash.seconds("total_working_time") * 1e9)),
        currentJob,
        executions,
        readAt);
  }
}
