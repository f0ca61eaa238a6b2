package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores outcomes and claims jobs in one round trip, over a connection of its own. Claims are made
 * under execution ids chosen beforehand, so that after a broken connection the server can be asked
 * whether they took place. For one thread.
 */
final class JobExchange implements AutoCloseable {
  /** What a claim found. */
  enum State {
    /** There may be more jobs. */
    MORE,
    /** There were fewer jobs than free slots. */
    DRAINED,
    /** Somebody ran {@code rq suspend}. */
    SUSPENDED
  }

  /** A run that ended and is to be stored. */
  record Ended(Slot slot, ClaimedJob job, Outcome.Timed outcome) {}

  /** A job that a slot is to run. */
  record Claim(Slot slot, ClaimedJob job) {}

  /** What a round trip brought. */
  record Claims(State state, List<Claim> claims) {}

  private static final Logger log = LoggerFactory.getLogger(JobExchange.class);
  // What Redis answers while it is full, loading, failing over or busy with a script.
  private static final List<String> PASSING_ERRORS =
      List.of(
          "OOM", "LOADING", "READONLY", "MASTERDOWN", "NOREPLICAS", "BUSY", "MISCONF", "NOAUTH");

  private final WorkerConfig config;
  private final RedisServer server;
  private final WorkerScripts scripts;
  private final Registration registration;
  // Claims that were sent and not answered: execution id to slot.
  private final Map<String, Slot> unanswered = new LinkedHashMap<>();
  private @Nullable RedisConnection connection;
  private boolean suspended;

  JobExchange(
      WorkerConfig config, RedisServer server, WorkerScripts scripts, Registration registration) {
    this.config = config;
    this.server = server;
    this.scripts = scripts;
    this.registration = registration;
  }

  /**
   * Stores the outcomes, and claims a job for each free slot.
   *
   * @throws RedisUnavailableException if the connection broke: the same outcomes and slots are to
   *     be given again
   * @throws RedisCommandException if Redis refused: likewise
   */
  Claims exchange(List<Ended> outcomes, List<Slot> free) {
    RedisConnection redis = connection();
    List<Claim> recovered = recoverUnanswered(redis, free);
    List<Slot> claimants = new ArrayList<>(free);
    recovered.forEach(claim -> claimants.remove(claim.slot()));
    Instant now = config.clock().instant();
    List<Command> commands = new ArrayList<>();
    for (Ended ended : outcomes) {
      commands.add(scripts.end(ended.slot().name(), ended.job(), ended.outcome(), now));
    }
    Map<String, Slot> asked = new LinkedHashMap<>();
    claimants.forEach(slot -> asked.put(config.executionIds().get(), slot));
    if (!asked.isEmpty()) {
      commands.add(scripts.claim(freeSlots(asked), now));
      unanswered.putAll(asked);
    }
    List<Reply> replies = commands.isEmpty() ? List.of() : redis.pipeline(commands);
    for (int i = 0; i < outcomes.size(); i++) {
      checkStored(outcomes.get(i), replies.get(i));
    }
    Claims claims =
        asked.isEmpty()
            ? new Claims(State.MORE, List.of())
            : claims(replies.get(replies.size() - 1), asked, now);
    asked.keySet().forEach(unanswered::remove);
    if (!asked.isEmpty()) {
      showSuspension(redis, claims, claimants);
    }
    List<Claim> all = new ArrayList<>(recovered);
    all.addAll(claims.claims());
    return new Claims(claims.state(), all);
  }

  private static List<WorkerScripts.FreeSlot> freeSlots(Map<String, Slot> asked) {
    List<WorkerScripts.FreeSlot> slots = new ArrayList<>();
    asked.forEach((id, slot) -> slots.add(new WorkerScripts.FreeSlot(slot.name(), id)));
    return slots;
  }

  /**
   * Throws what may pass by itself, so that the outcome is sent again; lets nothing else stop us.
   */
  private static void checkStored(Ended ended, Reply reply) {
    String id = ended.job().id();
    try {
      if (reply.asLong() == 0) {
        log.warn(
            "Job {} was canceled, deleted or declared abandoned while it ran, or its outcome had"
                + " already been stored: nothing more is written",
            id);
      }
    } catch (RedisCommandException e) {
      if (PASSING_ERRORS.stream().anyMatch(e::hasCode)) {
        throw e;
      }
      log.error("The outcome of job {} cannot be stored: {}", id, e.getMessage());
    }
  }

  private Claims claims(Reply reply, Map<String, Slot> asked, Instant now) {
    List<Reply> parts = reply.asList();
    List<Map.Entry<String, Slot>> slots = new ArrayList<>(asked.entrySet());
    List<Claim> claims = new ArrayList<>();
    for (Reply part : parts.subList(1, parts.size())) {
      List<Reply> claim = part.asList();
      Map.Entry<String, Slot> slot = slots.get((int) claim.get(0).asLong());
      String queue = config.queues().get((int) claim.get(1).asLong());
      StoredJob job = new StoredJob(String.valueOf(claim.get(2).asText()), claim.get(3).asHash());
      claims.add(new Claim(slot.getValue(), new ClaimedJob(job, queue, slot.getKey(), now)));
    }
    String state = String.valueOf(parts.get(0).asText());
    return new Claims(
        switch (state) {
          case "suspended" -> State.SUSPENDED;
          case "drained" -> State.DRAINED;
          default -> State.MORE;
        },
        claims);
  }

  /** Lets {@code rq info} show that the free slots pause, and later that they no longer do. */
  private void showSuspension(RedisConnection redis, Claims claims, List<Slot> claimants) {
    boolean nowSuspended = claims.state() == State.SUSPENDED;
    if (nowSuspended == suspended) {
      return;
    }
    List<Slot> unused = new ArrayList<>(claimants);
    claims.claims().forEach(claim -> unused.remove(claim.slot()));
    registration.setState(
        redis, unused.stream().map(Slot::name).toList(), nowSuspended ? "suspended" : "idle");
    suspended = nowSuspended;
  }

  /** Finds the jobs that were claimed by calls whose replies were lost. */
  private List<Claim> recoverUnanswered(RedisConnection redis, List<Slot> free) {
    List<Claim> recovered = new ArrayList<>();
    for (Map.Entry<String, Slot> claim : List.copyOf(unanswered.entrySet())) {
      Slot slot = claim.getValue();
      Command members = Command.of("SMEMBERS", Keys.workerExecutions(slot.name()));
      for (String member : redis.call(members).asTexts()) {
        String suffix = ":" + claim.getKey();
        if (member.endsWith(suffix) && free.contains(slot)) {
          String jobId = member.substring(0, member.length() - suffix.length());
          StoredJob job =
              new StoredJob(jobId, redis.call(Command.of("HGETALL", Keys.job(jobId))).asHash());
          ClaimedJob claimed =
              new ClaimedJob(job, queueOf(redis, member), claim.getKey(), config.clock().instant());
          recovered.add(new Claim(slot, claimed));
        }
      }
      unanswered.remove(claim.getKey());
    }
    return recovered;
  }

  /** The queue under which a claim was filed; the first where that has been taken away again. */
  private String queueOf(RedisConnection redis, String member) {
    for (String queue : config.queues()) {
      if (!redis.call(Command.of("ZSCORE", Keys.started(queue), member)).isNil()) {
        return queue;
      }
    }
    return config.queues().get(0);
  }

  private RedisConnection connection() {
    RedisConnection present = connection;
    if (present == null) {
      present = server.open();
      connection = present;
      // Outcomes are to be stored before the claim behind them, also on a server just started.
      present.pipeline(scripts.load());
    }
    return present;
  }

  /** Drops the connection; the next exchange opens another. */
  void reconnect() {
    close();
  }

  @Override
  public void close() {
    RedisConnection present = connection;
    connection = null;
    if (present != null) {
      present.close();
    }
  }
}
