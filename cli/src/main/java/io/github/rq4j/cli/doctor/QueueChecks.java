package io.github.rq4j.cli.doctor;

import io.github.rq4j.cli.inspect.SerializerDetection;
import io.github.rq4j.client.JobRegistry.Kind;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RegistryEntry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.codec.CodecException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at one queue and its registries; at so many jobs of it at most. */
final class QueueChecks {
  private static final Duration LATE = Duration.ofSeconds(60);

  private final RqClient client;
  private final RedisServer server;
  private final SerializerDetection detection;
  private final int sample;
  private final Instant now;
  private final List<Finding> findings = new ArrayList<>();

  QueueChecks(
      RqClient client, RedisServer server, SerializerDetection detection, int sample, Instant now) {
    this.client = client;
    this.server = server;
    this.detection = detection;
    this.sample = sample;
    this.now = now;
  }

  List<Finding> run(Queue queue) {
    findings.clear();
    String check = "queue " + queue.name();
    long waiting = queue.size();
    if (waiting > 0 && client.workers().onQueue(queue.name()).isEmpty()) {
      findings.add(
          Finding.warning(
              check,
              waiting + " jobs wait, and no worker works on it",
              "start one for this queue"));
    }
    jobs(queue, check);
    intermediate(queue, check);
    scheduled(queue, check);
    started(queue, check);
    if (findings.isEmpty()) {
      findings.add(Finding.ok(check, waiting + " jobs wait"));
    }
    return List.copyOf(findings);
  }

  /** Ids without a job, jobs that nobody can read. */
  private void jobs(Queue queue, String check) {
    List<String> ids = queue.jobIds(0, sample);
    List<Command> questions =
        ids.stream().map(id -> Command.of("HMGET", Keys.job(id), JobFields.DATA)).toList();
    List<Command> existence = ids.stream().map(id -> Command.of("EXISTS", Keys.job(id))).toList();
    List<Reply> data = server.with(connection -> connection.pipeline(questions));
    List<Reply> exists = server.with(connection -> connection.pipeline(existence));
    List<String> orphans = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      if (exists.get(i).asLong() == 0) {
        orphans.add(ids.get(i));
      } else {
        String problem = problem(data.get(i).asList().get(0).asBytes());
        if (!problem.isEmpty()) {
          unreadable.add(ids.get(i) + " (" + problem + ")");
        }
      }
    }
    if (!orphans.isEmpty()) {
      findings.add(
          Finding.note(
              check,
              orphans.size() + " ids whose job is gone: " + WorkerChecks.named(orphans),
              "workers skip them; Queue.compact() of RQ and rq4j takes them off"));
    }
    if (!unreadable.isEmpty()) {
      findings.add(
          Finding.warning(
              check,
              unreadable.size() + " jobs cannot be read: " + WorkerChecks.named(unreadable),
              "producer and worker must use the same serializer; rq4j inspect shows such a job"));
    }
  }

  private String problem(byte @Nullable [] data) {
    if (data == null || data.length == 0) {
      return "no data";
    }
    try {
      detection.read(data);
      return "";
    } catch (CodecException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void intermediate(Queue queue, String check) {
    Command range = Command.of("LRANGE", Keys.intermediate(queue.name()), "0").add(sample - 1);
    List<String> stuck = server.with(connection -> connection.call(range)).asTexts();
    if (!stuck.isEmpty()) {
      findings.add(
          Finding.warning(
              check,
              stuck.size() + " jobs were taken but not started: " + WorkerChecks.named(stuck),
              "normal for a moment; else their worker died, and maintenance of a worker of RQ 1.16"
                  + " on, or of rq4j, fails them after a minute"));
    }
  }

  private void scheduled(Queue queue, String check) {
    List<RegistryEntry> first = queue.registry(Kind.SCHEDULED).entries(0, 1);
    if (first.isEmpty() || !isOver(first.get(0), LATE)) {
      return;
    }
    String scheduler = queue.schedulerName().orElse("");
    findings.add(
        Finding.warning(
            check,
            "a job was due at " + first.get(0).time() + " and is still scheduled",
            scheduler.isEmpty()
                ? "no scheduler looks after the queue: start a worker with --with-scheduler"
                : "its scheduler is " + scheduler + "; see whether that still runs"));
  }

  private void started(Queue queue, String check) {
    List<RegistryEntry> first = queue.registry(Kind.STARTED).entries(0, sample);
    List<String> lost =
        first.stream().filter(entry -> isOver(entry, LATE)).map(RegistryEntry::jobId).toList();
    if (!lost.isEmpty()) {
      findings.add(
          Finding.warning(
              check,
              lost.size() + " jobs run that nobody was heard of: " + WorkerChecks.named(lost),
              "their worker died; maintenance of a worker on this queue fails or retries them"));
    }
  }

  private boolean isOver(RegistryEntry entry, Duration tolerance) {
    Instant time = entry.time();
    return time != null && time.plus(tolerance).isBefore(now);
  }
}
