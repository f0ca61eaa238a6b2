package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.PendingReplies;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores outcomes and claims jobs in one round trip, over a connection of its own. Claims are made
 * under execution ids chosen beforehand, so that after a broken connection the server can be asked
 * whether they took place. For one thread at a time.
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
  private final JobFinders finders;
  private final EndingScripts endings;
  private final OutcomeStore outcomeStore;
  private final UnansweredClaims unanswered;
  private @Nullable RedisConnection connection;
  private boolean suspended;
  private int underWay;
  // Until when the hashes of slots live at least, in Unix seconds.
  private final Map<Slot, Long> aliveUntil = new HashMap<>();
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
    this.finders = new JobFinders(config, scripts, shared);
    this.endings = new EndingScripts(config);
    this.outcomeStore = new OutcomeStore(endings, webhooks);
    this.unanswered = new UnansweredClaims(config, endings);
  }

  /**
   * What was sent.
   *
   * @param recovered jobs of which it turned out that an earlier claim had taken them
   * @param asked the slots for which jobs are claimed, by the execution ids to use
   * @param settles the execution ids of all claims of which the replies bring certainty
   * @param named the only jobs to claim; null where all may be
   */
  record Sent(
      List<Ended> outcomes,
      List<Claim> recovered,
      Map<String, Slot> asked,
      Set<String> settles,
      @Nullable List<JobFinder.Found> named,
      Instant now,
      PendingReplies replies) {}

  /** Whether a second exchange may be sent before the replies to the first were received. */
  boolean mayOverlap() {
    // What to claim then depends on what was claimed before.
    return finders.isEmpty() && config.dequeueStrategy() == DequeueStrategy.DEFAULT;
  }

  /**
   * Has the outcomes stored, and a job claimed for each free slot. What was sent is to be received
   * in the same order.
   *
   * @throws RedisUnavailableException if the connection broke: the same outcomes and slots are to
   *     be given again, and those of all that was not received
   * @throws RedisCommandException if Redis refused: likewise
   */
  Sent send(List<Ended> outcomes, List<Slot> free) {
    RedisConnection redis = connection();
    List<Slot> claimants = new ArrayList<>(free);
    Set<String> settles = new HashSet<>();
    List<Claim> recovered = List.of();
    if (underWay == 0) {
      settles.addAll(unanswered.executionIds());
      recovered = unanswered.recover(redis, free);
      recovered.forEach(claim -> claimants.remove(claim.slot()));
    }
    Instant now = config.clock().instant();
    Map<String, Slot> asked = new LinkedHashMap<>();
    claimants.forEach(slot -> asked.put(config.executionIds().get(), slot));
    settles.addAll(asked.keySet());
    List<JobFinder.Found> named =
        asked.isEmpty() ? null : finders.find(redis, order.queues(), asked.size());
    List<Command> commands = outcomeStore.commands(outcomes, claimants, now);
    if (!asked.isEmpty()) {
      commands.add(scripts.claim(freeSlots(asked, outcomes), order.queues(), named, now));
      unanswered.sent(asked);
    }
    try {
      PendingReplies replies = redis.send(commands);
      underWay++;
      return new Sent(outcomes, recovered, asked, settles, named, now, replies);
    } catch (RedisUnavailableException e) {
      outcomeStore.connectionBroke(outcomes);
      throw e;
    }
  }

  /**
   * Waits for the replies.
   *
   * @throws RedisUnavailableException if the connection broke: the same outcomes and slots are to
   *     be given again
   * @throws RedisCommandException if Redis refused: likewise
   */
  Claims receive(Sent sent) {
    underWay--;
    RedisConnection redis = connection();
    List<Reply> replies = replies(sent);
    List<Ended> stored = outcomeStore.settle(redis, sent.outcomes(), replies, sent.now());
    Claims claims =
        sent.asked().isEmpty()
            ? new Claims(State.MORE, List.of(), stored)
            : claims(replies.get(replies.size() - 1), sent, stored);
    if (!sent.asked().isEmpty()) {
      showSuspension(redis, claims, sent.asked().values());
    }
    unanswered.answered(sent.settles());
    List<Claim> all = new ArrayList<>(sent.recovered());
    all.addAll(claims.claims());
    return new Claims(claims.state(), all, stored);
  }

  private List<Reply> replies(Sent sent) {
    try {
      return sent.replies().await();
    } catch (RedisUnavailableException e) {
      outcomeStore.connectionBroke(sent.outcomes());
      throw e;
    }
  }

  private List<WorkerScripts.FreeSlot> freeSlots(Map<String, Slot> asked, List<Ended> outcomes) {
    Map<Slot, Duration> worked = new HashMap<>();
    outcomes.forEach(run -> worked.put(run.slot(), run.worked()));
    List<WorkerScripts.FreeSlot> slots = new ArrayList<>();
    asked.forEach(
        (id, slot) -> {
          Duration before = worked.get(slot);
          long alive = before == null ? 0 : aliveUntil.getOrDefault(slot, 0L);
          slots.add(new WorkerScripts.FreeSlot(slot.name(), id, before, alive));
        });
    return slots;
  }

  private Claims claims(Reply reply, Sent sent, List<Ended> stored) {
    List<Reply> parts = reply.asList();
    List<String> queues = order.queues();
    List<Map.Entry<String, Slot>> slots = new ArrayList<>(sent.asked().entrySet());
    List<Claim> claims = new ArrayList<>();
    for (Reply part : parts.subList(1, parts.size())) {
      List<Reply> entry = part.asList();
      switch (String.valueOf(entry.get(0).asText())) {
        case "claimed" -> {
          Map.Entry<String, Slot> slot = slots.get((int) entry.get(1).asLong());
          String queue = queues.get((int) entry.get(2).asLong());
          StoredJob job =
              new StoredJob(String.valueOf(entry.get(3).asText()), entry.get(4).asHash());
          claims.add(
              new Claim(slot.getValue(), new ClaimedJob(job, queue, slot.getKey(), sent.now())));
          order.served(queue);
          aliveUntil.put(slot.getValue(), sent.now().getEpochSecond() + entry.get(5).asLong());
        }
        case "blocked" -> reportBlockade(String.valueOf(entry.get(1).asText()));
        default -> reportPoison(entry, queues);
      }
    }
    State state = state(parts.get(0));
    if (state == State.DRAINED) {
      blockades.clear();
    }
    return new Claims(finders.settle(state, sent.named()), claims, stored);
  }

  private static State state(Reply reply) {
    return switch (String.valueOf(reply.asText())) {
      case "suspended" -> State.SUSPENDED;
      case "blocked" -> State.BLOCKED;
      case "drained" -> State.DRAINED;
      default -> State.MORE;
    };
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
  private void showSuspension(RedisConnection redis, Claims claims, Collection<Slot> claimants) {
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
    underWay = 0;
    if (present != null) {
      present.close();
    }
  }
}
