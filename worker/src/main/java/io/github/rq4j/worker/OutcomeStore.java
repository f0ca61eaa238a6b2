package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.worker.EndingScripts.Then;
import io.github.rq4j.worker.JobExchange.Ended;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores outcomes, and sees to it that none gets lost: what Redis refuses for a while is sent
 * again, what it refuses for good becomes a failure that says so. For one thread at a time.
 */
final class OutcomeStore {
  private static final Logger log = LoggerFactory.getLogger(OutcomeStore.class);
  // What Redis answers while it is full, loading, failing over or busy with a script.
  private static final List<String> PASSING_ERRORS =
      List.of(
          "OOM", "LOADING", "READONLY", "MASTERDOWN", "NOREPLICAS", "BUSY", "MISCONF", "NOAUTH");
  // Redis cuts the connection over which it is sent more than it takes; its least limit is 1 MiB.
  private static final int MAY_BE_TOO_LARGE = 1 << 19;
  private static final int MOST_CUTS = 3;

  private final EndingScripts scripts;
  private final Webhooks webhooks;
  // How often the connection broke over a large outcome.
  private final IdentityHashMap<Ended, Integer> cuts = new IdentityHashMap<>();

  OutcomeStore(EndingScripts scripts, Webhooks webhooks) {
    this.scripts = scripts;
    this.webhooks = webhooks;
  }

  /**
   * One command per run.
   *
   * @param claimants the slots that are to claim a job behind it, in the same round trip
   */
  List<Command> commands(List<Ended> runs, Collection<Slot> claimants, Instant now) {
    List<Command> commands = new ArrayList<>();
    for (Ended run : runs) {
      Then then = claimants.contains(run.slot()) ? Then.CLAIMS_AGAIN : Then.IDLE;
      commands.add(scripts.end(storable(run), then, now));
    }
    return commands;
  }

  private Ended storable(Ended run) {
    if (cuts.getOrDefault(run, 0) < MOST_CUTS) {
      return run;
    }
    long size = run.outcome().outcome().size();
    return refused(
        run,
        "Redis cut the connection each time that it was sent, "
            + size
            + " bytes; see proto-max-bulk-len and client-query-buffer-limit in its configuration");
  }

  private static Ended refused(Ended run, String why) {
    Outcome.Refused outcome =
        new Outcome.Refused("The outcome of the job could not be stored: " + why + "\n");
    Outcome.Timed timed = new Outcome.Timed(outcome, run.outcome().took());
    return new Ended(run.slot(), run.job(), timed, run.worked());
  }

  /** Takes note that the connection broke before the replies came. */
  void connectionBroke(List<Ended> runs) {
    for (Ended run : runs) {
      if (run.outcome().outcome().size() >= MAY_BE_TOO_LARGE) {
        cuts.merge(run, 1, Integer::sum);
      }
    }
  }

  /**
   * Reads the replies to the commands.
   *
   * @return what was stored; the rest is no longer this worker's to store
   * @throws RedisCommandException if Redis refuses what it may take later: all is to be sent again
   * @throws RedisUnavailableException likewise
   */
  List<Ended> settle(RedisConnection redis, List<Ended> runs, List<Reply> replies, Instant now) {
    List<Ended> stored = new ArrayList<>();
    RedisCommandException passing = null;
    for (int i = 0; i < runs.size(); i++) {
      Ended run = storable(runs.get(i));
      RedisCommandException refusal = refusal(replies.get(i));
      if (refusal != null && PASSING_ERRORS.stream().anyMatch(refusal::hasCode)) {
        passing = refusal;
        continue;
      }
      Ended last = refusal == null ? run : refused(run, "Redis says " + refusal.getMessage());
      if (refusal == null ? isStored(run, replies.get(i)) : storeRefusal(redis, last, now)) {
        stored.add(last);
        webhooks.stored(run.slot().name(), run.job(), last.outcome().outcome(), now);
      }
      cuts.remove(runs.get(i));
    }
    if (passing != null) {
      throw passing;
    }
    return stored;
  }

  private static @Nullable RedisCommandException refusal(Reply reply) {
    return reply.value() instanceof RedisCommandException error ? error : null;
  }

  private static boolean isStored(Ended run, Reply reply) {
    String id = run.job().id();
    if (run.outcome().outcome() instanceof Outcome.Refused refused) {
      log.error("Job {} has failed: {}", id, refused.text().strip());
    }
    if (reply.value() instanceof byte[] trouble) {
      log.error(
          "Job {} has ended, but not all that follows from that could be done: {}",
          id,
          new String(trouble, StandardCharsets.UTF_8));
      return true;
    }
    if (reply.asLong() == 0) {
      log.warn(
          "Job {} was canceled, deleted or declared abandoned while it ran, or its outcome had"
              + " already been stored: nothing more is written",
          id);
      return false;
    }
    return true;
  }

  /** Stores the failure that stands for an outcome which was refused. */
  private boolean storeRefusal(RedisConnection redis, Ended refused, Instant now) {
    try {
      return isStored(refused, redis.call(scripts.end(refused, Then.HAS_ANOTHER_JOB, now)));
    } catch (RedisCommandException e) {
      log.error(
          "Job {}: neither its outcome nor that this was refused can be stored; it is left in the"
              + " started registry, from where it will be declared abandoned: {}",
          refused.job().id(),
          e.getMessage());
      return false;
    }
  }
}
