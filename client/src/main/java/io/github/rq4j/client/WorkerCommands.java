package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.codec.json.JsonSerializer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends commands to workers over their channels, with RQ's payloads. */
final class WorkerCommands {
  private final RqClient client;

  WorkerCommands(RqClient client) {
    this.client = client;
  }

  boolean shutdown(String worker) {
    return send(worker, "shutdown", Map.of());
  }

  boolean killHorse(String worker) {
    return send(worker, "kill-horse", Map.of());
  }

  boolean stopJob(String jobId) {
    JobSnapshot job = client.job(jobId).snapshot();
    String worker = job.workerName();
    if (worker == null) {
      throw new InvalidJobOperationException(jobId, "is not currently executing");
    }
    return send(worker, "stop-job", Map.of("job_id", jobId));
  }

  boolean stopExecution(String jobId, String executionId) {
    String worker =
        client
            .call(Command.of("HGET", Keys.execution(jobId, executionId), JobFields.WORKER_NAME))
            .asText();
    if (worker == null || worker.isEmpty()) {
      throw new InvalidJobOperationException(
          jobId, "execution " + executionId + " is not running, or its worker's RQ is too old");
    }
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("job_id", jobId);
    arguments.put("execution_id", executionId);
    return send(worker, "stop-execution", arguments);
  }

  private boolean send(String worker, String command, Map<String, String> arguments) {
    Map<String, String> payload = new LinkedHashMap<>();
    payload.put("command", command);
    payload.putAll(arguments);
    byte[] json = JsonSerializer.defaults().serialize(payload);
    return client.call(Command.of("PUBLISH", Keys.commands(worker)).add(json)).asLong() > 0;
  }
}
