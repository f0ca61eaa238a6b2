package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    SUSPENDED,
    /** A key that every job needs holds something else than RQ keeps there. */
    BLOCKED
  }

  /**
   * A run that ended and is to be stored.
   *
   * @param worked how long the slot has worked in all, this run included
   */
  record Ended(Slot slot, ClaimedJob job, Outcome.Timed outcome, Duration worked) {}

  /** A job that a slot is to run. */
  record Claim(Slot slot, ClaimedJob job) {}

  /**
   * What a round trip brought.
   *
   * @param stored the runs whose ends were stored, as they were stored
   */
  record Claims(State state, List<Claim> claims, List<Ended> stored) {}

  private static final Logger log = LoggerFactory.getLogger(JobExchange.class);

  private final WorkerConfig config;
  private final RedisServer server;
  private final WorkerScripts scripts;
  private final Registration registration;
  private final QueueOrder order;
  // By queue; empty where whatever comes first is taken.
  private final Map<String, JobFinder> finders = new LinkedHashMap<>();
  private final EndingScripts endings;
  private final OutcomeStore outcomeStore;
  private final UnansweredClaims unanswered;
  private @Nullable RedisConnection connection;
  private boolean suspended;
  private boolean allAsked;
  // What keeps jobs from being started and was logged.
  private final Set<String> blockades = new HashSet<>();

  /**
   * Prepares the exchange.
   *
   * @param shared the queues where only jobs for registered functions are taken
   */
  JobExchange(
      WorkerConfig config,
      RedisServer server,
      WorkerScripts scripts,
      Registration registration,
      Map<String, SharedQueue> shared,
      Webhooks webhooks) {
    this.config = config;
    this.server = server;
    this.scripts = scripts;
    this.registration = registration;
    this.order = new QueueOrder(config.queues(), config.dequeueStrategy(), config.random());
    shared.forEach(
        (queue, state) -> finders.put(queue, new JobFinder(config, scripts, queue, state)));
    this.endings = new EndingScripts(config);
    this.outcomeStore = new OutcomeStore(endings, webhooks);
    this.unanswered = new UnansweredClaims(config, endings);
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
    List<Claim> recovered = unanswered.recover(redis, free);
    List<Slot> claimants = new ArrayList<>(free);
    recovered.forEach(claim -> claimants.remove(claim.slot()));
    Instant now = config.clock().instant();
    Map<String, Slot> asked = new LinkedHashMap<>();
    claimants.forEach(slot -> asked.put(config.executionIds().get(), slot));
    List<JobFinder.Found> named = asked.isEmpty() ? null : find(redis, asked.size());
    List<Command> commands = outcomeStore.commands(outcomes, claimants, now);
    if (!asked.isEmpty()) {
      commands.add(scripts.claim(freeSlots(asked, outcomes), order.queues(), named, now));
      unanswered.sent(asked);
    }
    List<Reply> replies = send(redis, commands, outcomes);
    List<Ended> stored = outcomeStore.settle(redis, outcomes, replies, now);
    Claims claims =
        asked.isEmpty()
            ? new Claims(State.MORE, List.of(), stored)
            : claims(replies.get(replies.size() - 1), asked, named, now, stored);
    unanswered.answered();
    if (!asked.isEmpty()) {
      showSuspension(redis, claims, claimants);
    }
    List<Claim> all = new ArrayList<>(recovered);
    all.addAll(claims.claims());
    return new Claims(claims.state(), all, stored);
  }

  private List<Reply> send(RedisConnection redis, List<Command> commands, List<Ended> outcomes) {
    try {
      return commands.isEmpty() ? List.of() : redis.pipeline(commands);
    } catch (RedisUnavailableException e) {
      outcomeStore.connectionBroke(outcomes);
      throw e;
    }
  }

  /** The jobs that may be claimed; null where all may be. */
  private @Nullable List<JobFinder.Found> find(RedisConnection redis, int wanted) {
    if (finders.isEmpty()) {
      return null;
    }
    List<JobFinder.Found> found = new ArrayList<>();
    for (String queue : order.queues()) {
      if (found.size() < wanted) {
        found.addAll(finder(queue).next(redis, wanted - found.size()));
        allAsked = true;
      } else {
        allAsked = false;
      }
    }
    return found;
  }

  private JobFinder finder(String queue) {
    return Objects.requireNonNull(finders.get(queue), queue);
  }

  private static List<WorkerScripts.FreeSlot> freeSlots(
      Map<String, Slot> asked, List<Ended> outcomes) {
    Map<Slot, Duration> worked = new HashMap<>();
    outcomes.forEach(run -> worked.put(run.slot(), run.worked()));
    List<WorkerScripts.FreeSlot> slots = new ArrayList<>();
    asked.forEach(
        (id, slot) -> slots.add(new WorkerScripts.FreeSlot(slot.name(), id, worked.get(slot))));
    return slots;
  }

  private Claims claims(
      Reply reply,
      Map<String, Slot> asked,
      @Nullable List<JobFinder.Found> named,
      Instant now,
      List<Ended> stored) {
    List<Reply> parts = reply.asList();
    List<String> queues = order.queues();
    List<Map.Entry<String, Slot>> slots = new ArrayList<>(asked.entrySet());
    List<Claim> claims = new ArrayList<>();
    for (Reply part : parts.subList(1, parts.size())) {
      List<Reply> entry = part.asList();
      switch (String.valueOf(entry.get(0).asText())) {
        case "claimed" -> {
          Map.Entry<String, Slot> slot = slots.get((int) entry.get(1).asLong());
          String queue = queues.get((int) entry.get(2).asLong());
          StoredJob job =
              new StoredJob(String.valueOf(entry.get(3).asText()), entry.get(4).asHash());
          claims.add(new Claim(slot.getValue(), new ClaimedJob(job, queue, slot.getKey(), now)));
          order.served(queue);
        }
        case "blocked" -> reportBlockade(String.valueOf(entry.get(1).asText()));
        default -> reportPoison(entry, queues);
      }
    }
    State state = state(parts.get(0));
    if (state == State.DRAINED) {
      blockades.clear();
    }
    return new Claims(named == null ? state : settle(state, named), claims, stored);
  }

  private static State state(Reply reply) {
    return switch (String.valueOf(reply.asText())) {
      case "suspended" -> State.SUSPENDED;
      case "blocked" -> State.BLOCKED;
      case "drained" -> State.DRAINED;
      default -> State.MORE;
    };
  }

  /** There is more where not every queue was asked, or not all of one was looked at. */
  private State settle(State state, List<JobFinder.Found> named) {
    named.forEach(job -> finder(job.queue()).forget(job.id()));
    boolean exhausted = allAsked && finders.values().stream().allMatch(JobFinder::isExhausted);
    return state == State.DRAINED && !exhausted ? State.MORE : state;
  }

  private static void reportPoison(List<Reply> entry, List<String> queues) {
    boolean failed = "failed".equals(entry.get(0).asText());
    log.error(
        "Job {} in queue {} {}: {}",
        entry.get(2).asText(),
        queues.get((int) entry.get(1).asLong()),
        failed ? "can never be started and has failed" : "is no job and was dropped",
        entry.get(3).asText());
  }

  private void reportBlockade(String problem) {
    if (blockades.add(problem)) {
      log.error("No job can be started there until this is mended: {}", problem);
    }
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

  /** Whether a claim may have taken place of which nobody has heard. */
  boolean hasUnansweredClaims() {
    return !unanswered.isEmpty();
  }

  /**
   * Puts the jobs back that such claims have taken; their slots run nothing any more.
   *
   * @throws RedisUnavailableException if the connection broke
   * @throws RedisCommandException if Redis refused
   */
  void giveBackUnanswered() {
    unanswered.giveBack(connection());
  }

  private RedisConnection connection() {
    RedisConnection present = connection;
    if (present == null) {
      present = server.open();
      connection = present;
      // Outcomes are to be stored before the claim behind them, also on a server just started.
      List<Command> all = new ArrayList<>(scripts.load());
      all.addAll(endings.load());
      present.pipeline(all);
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
