package io.github.rq4j.cli.doctor;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.WorkerSnapshot;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks at the workers: whether they live, what they run, whether they may. */
final class WorkerChecks {
  /** RQ's worker_ttl, and the minute that it adds. */
  private static final Duration SILENCE = Duration.ofMinutes(8);

  private static final int MOST_NAMED = 5;

  private final RqClient client;
  private final RedisServer server;

  WorkerChecks(RqClient client, RedisServer server) {
    this.client = client;
    this.server = server;
  }

  List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    List<WorkerSnapshot> workers = client.workers().all();
    findings.add(versions(workers));
    silent(workers, findings);
    long gone = client.workers().count() - workers.size();
    if (gone > 0) {
      findings.add(
          Finding.note(
              "workers",
              gone + " registered without a hash",
              "they died without a word; the next worker's maintenance forgets them"));
    }
    findings.add(suspension());
    return findings;
  }

  private static Finding versions(List<WorkerSnapshot> workers) {
    if (workers.isEmpty()) {
      return Finding.note("workers", "none", "jobs wait until one is started");
    }
    Map<String, Integer> versions = new TreeMap<>();
    for (WorkerSnapshot worker : workers) {
      String version = worker.version();
      versions.merge(version == null ? "unknown" : version, 1, Integer::sum);
    }
    List<String> texts = new ArrayList<>();
    versions.forEach((version, count) -> texts.add(version + " (" + count + ")"));
    String text = workers.size() + ", of RQ " + String.join(", ", texts);
    return versions.size() == 1
        ? Finding.ok("workers", text)
        : Finding.note(
            "workers",
            text,
            "different releases share the queues; an older one cannot read a status that only a"
                + " newer one knows, such as rate_limited");
  }

  private static void silent(List<WorkerSnapshot> workers, List<Finding> findings) {
    List<String> silent =
        workers.stream()
            .filter(worker -> isSilent(worker.heartbeatAge()))
            .map(WorkerSnapshot::name)
            .toList();
    if (!silent.isEmpty()) {
      findings.add(
          Finding.warning(
              "workers",
              silent.size() + " not heard of for 8 minutes: " + named(silent),
              "if their process is gone, delete rq:worker:NAME; their jobs come back when their"
                  + " registry entry expires and a worker maintains the queue"));
    }
  }

  private static boolean isSilent(@Nullable Duration age) {
    return age != null && age.compareTo(SILENCE) > 0;
  }

  /** The first few of many names. */
  static String named(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
    return names.size() > MOST_NAMED
        ? first + " and " + (names.size() - MOST_NAMED) + " more"
        : first;
  }

  private Finding suspension() {
    long seconds =
        server.with(connection -> connection.call(Command.of("TTL", Keys.SUSPENDED))).asLong();
    if (seconds == -2) {
      return Finding.ok("suspension", "workers are not suspended");
    }
    String text = seconds < 0 ? "for ever" : "for " + seconds + " seconds more";
    return Finding.warning(
        "suspension", "workers are suspended " + text, "rq4j resume lets them go on");
  }
}
