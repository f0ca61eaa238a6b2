package io.github.rq4j.cli.info;

import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.WorkerSnapshot;
import io.github.rq4j.client.WorkerState;
import io.github.rq4j.client.redis.RedisServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Queues and workers at one moment.
 *
 * @param queues the queues asked for, or all of them by name
 * @param workers the workers of these queues by name, each once
 * @param workersByQueue the same workers by queue
 * @param time when this was read
 */
record Overview(
    List<QueueFigures> queues,
    List<WorkerSnapshot> workers,
    Map<String, List<WorkerSnapshot>> workersByQueue,
    Instant time) {

  /**
   * Reads it.
   *
   * @param names the queues; all of them if empty
   */
  static Overview read(RqClient client, RedisServer server, List<String> names) {
    Instant now = Instant.now();
    List<String> queues =
        names.isEmpty() ? client.queues().stream().map(Queue::name).toList() : names;
    List<QueueFigures> figures = QueueFigures.read(server, queues, now);
    Map<String, List<WorkerSnapshot>> byQueue = new LinkedHashMap<>();
    Map<String, WorkerSnapshot> workers = new TreeMap<>();
    for (String queue : queues) {
      List<WorkerSnapshot> here = client.workers().onQueue(queue);
      byQueue.put(queue, here);
      here.forEach(worker -> workers.put(worker.name(), worker));
    }
    if (queues.isEmpty()) {
      client.workers().all().forEach(worker -> workers.put(worker.name(), worker));
    }
    return new Overview(figures, List.copyOf(workers.values()), byQueue, now);
  }

  /** The state as RQ names it; {@code ?} where the worker does not say. */
  static String state(WorkerSnapshot worker) {
    return worker.state() == WorkerState.UNKNOWN
        ? "?"
        : worker.state().name().toLowerCase(Locale.ROOT);
  }

  /** For JSON. */
  Map<String, Object> asMap(boolean showQueues, boolean showWorkers) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (showQueues) {
      all.put("queues", queues.stream().map(QueueFigures::asMap).toList());
    }
    if (showWorkers) {
      all.put("workers", workers.stream().map(Overview::fields).toList());
    }
    all.put("time", time.toString());
    return all;
  }

  private static Map<String, @Nullable Object> fields(WorkerSnapshot worker) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("name", worker.name());
    fields.put("state", state(worker));
    fields.put("queues", new ArrayList<>(worker.queues()));
    fields.put("hostname", worker.hostname());
    fields.put("ip_address", worker.ipAddress());
    fields.put("pid", worker.pid());
    fields.put("version", worker.version());
    fields.put("birth", text(worker.birth()));
    fields.put("last_heartbeat", text(worker.lastHeartbeat()));
    fields.put("successful_job_count", worker.successfulJobCount());
    fields.put("failed_job_count", worker.failedJobCount());
    fields.put("current_job", worker.currentJobId());
    return fields;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
