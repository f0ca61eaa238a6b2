package io.github.rq4j.interop.reliability;

import io.github.rq4j.client.JobRegistry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.testservers.TestRedis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks at every job after a {@link Chaos} and counts what became of them. */
final class ChaosAudit {
  /** What can have become of a job, the good things first. */
  enum Verdict {
    FINISHED,
    FAILED_BY_ITSELF,
    ABANDONED,
    STUCK,
    /** In no list and no registry, or in one that nothing leads out of. */
    LOST,
    /** In two registries, or in one that its status contradicts. */
    CONTRADICTORY,
    /** Begun more often than its retries allow, or again although no process had died. */
    RUN_TOO_OFTEN,
    /** Another number of retries than its settings and its failures demand. */
    WRONGLY_RETRIED
  }

  private static final int BATCH = 500;

  private final Chaos.Outcome outcome;
  private final RqClient client;
  private final TestRedis redis;
  private final RedisServer server;
  private final RedisServer ledger;
  private final Map<String, Set<String>> registries = new HashMap<>();
  private final Map<Verdict, List<String>> verdicts = new TreeMap<>();

  private ChaosAudit(Chaos.Outcome outcome, Scene scene) {
    this.outcome = outcome;
    this.client = scene.client;
    this.redis = scene.redis;
    this.server = new RedisServer(RedisSettings.parse(redis.uri().toString()));
    this.ledger = new RedisServer(RedisSettings.parse(scene.ledgerUri().toString()));
  }

  /** The ids of the jobs by what became of them. */
  static Map<Verdict, List<String>> of(Chaos.Outcome outcome, Scene scene) {
    ChaosAudit audit = new ChaosAudit(outcome, scene);
    try {
      audit.readRegistries();
      for (int i = 0; i < outcome.jobs().size(); i += BATCH) {
        audit.judge(outcome.jobs().subList(i, Math.min(i + BATCH, outcome.jobs().size())));
      }
    } finally {
      audit.server.close();
      audit.ledger.close();
    }
    return audit.verdicts;
  }

  /** Keys that are neither of a job, its results, a registry nor a worker, and would stay. */
  static Set<String> leftKeys(Scene scene) {
    Set<String> left = new TreeSet<>();
    for (String key : scene.keys("*")) {
      boolean lasting = Long.valueOf(-1).equals(scene.redis.command("TTL", key));
      boolean expected =
          key.equals("rq:queues") || key.startsWith("rq:finished:") || key.startsWith("rq:failed:");
      if (lasting && !expected) {
        left.add(key);
      }
    }
    return left;
  }

  private void readRegistries() {
    for (String queue : outcome.queues()) {
      for (JobRegistry.Kind kind : JobRegistry.Kind.values()) {
        add(kind.name(), client.queue(queue).registry(kind).jobIds(0, Integer.MAX_VALUE));
      }
      add("QUEUED", client.queue(queue).jobIds());
      List<?> taken =
          (List<?>)
              Objects.requireNonNull(
                  redis.command("LRANGE", "rq:queue:" + queue + ":intermediate", "0", "-1"));
      add("TAKEN", taken.stream().map(Object::toString).toList());
    }
  }

  private void add(String place, List<String> ids) {
    registries.computeIfAbsent(place, unused -> new HashSet<>()).addAll(ids);
  }

  private void judge(List<String> ids) {
    List<Command> states = new ArrayList<>();
    List<Command> records = new ArrayList<>();
    for (String id : ids) {
      states.add(Command.of("HMGET", "rq:job:" + id, "status", "retries_left"));
      records.add(Command.of("LRANGE", Ledger.key(id), "0", "-1"));
    }
    List<Reply> stateReplies = server.with(connection -> connection.pipeline(states));
    List<Reply> recordReplies = ledger.with(connection -> connection.pipeline(records));
    for (int i = 0; i < ids.size(); i++) {
      List<Reply> state = stateReplies.get(i).asList();
      Verdict verdict =
          verdict(
              ids.get(i),
              String.valueOf(state.get(0).asText()),
              state.get(1).asText() == null ? "0" : String.valueOf(state.get(1).asText()),
              recordReplies.get(i).asTexts());
      verdicts.computeIfAbsent(verdict, unused -> new ArrayList<>()).add(ids.get(i));
    }
  }

  private Verdict verdict(String id, String status, String retriesLeft, List<String> entries) {
    ChaosKind kind = ChaosKind.of(id);
    List<String> places =
        registries.entrySet().stream()
            .filter(entry -> entry.getValue().contains(id))
            .map(Map.Entry::getKey)
            .toList();
    if (places.isEmpty() || !Set.of("FINISHED", "FAILED").containsAll(places)) {
      return places.size() > 1 ? Verdict.CONTRADICTORY : Verdict.LOST;
    }
    if (places.size() > 1 || !places.get(0).equalsIgnoreCase(status)) {
      return Verdict.CONTRADICTORY;
    }
    long used = kind.retries() - Long.parseLong(retriesLeft);
    List<String> starts = entries.stream().filter(entry -> entry.startsWith("start ")).toList();
    if (starts.size() > used + 1 || isRepeatedWithoutCrash(kind, starts)) {
      return Verdict.RUN_TOO_OFTEN;
    }
    if (status.equals("finished")) {
      return kind.succeeds() && !starts.isEmpty() ? Verdict.FINISHED : Verdict.CONTRADICTORY;
    }
    return used == kind.retries() ? failure(id, kind) : Verdict.WRONGLY_RETRIED;
  }

  /** A run of a job that succeeds is only followed by another where its process was killed. */
  private boolean isRepeatedWithoutCrash(ChaosKind kind, List<String> starts) {
    return kind.succeeds()
        && starts.stream()
            .limit(Math.max(0, starts.size() - 1))
            .map(start -> start.substring("start ".length()).replaceAll("-\\d+$", ""))
            .anyMatch(name -> !outcome.dead().contains(name));
  }

  private Verdict failure(String id, ChaosKind kind) {
    String text =
        client.job(id).latestResult().map(result -> String.valueOf(result.excString())).orElse("");
    if (text.startsWith("Moved to FailedJobRegistry, due to AbandonedJobError, at ")) {
      return Verdict.ABANDONED;
    }
    if (text.equals("Job was stuck in intermediate queue.")) {
      return Verdict.STUCK;
    }
    return !kind.succeeds() && text.contains("boom")
        ? Verdict.FAILED_BY_ITSELF
        : Verdict.CONTRADICTORY;
  }
}
