package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.worker.JobExchange.Claim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims that were sent and whose replies did not come: the server is asked whether they took
 * place. A job that was claimed so is run where its slot is free, else put back. For one thread.
 */
final class UnansweredClaims {
  private static final Logger log = LoggerFactory.getLogger(UnansweredClaims.class);

  private final WorkerConfig config;
  private final EndingScripts scripts;
  // By the execution id that was chosen beforehand.
  private final Map<String, Slot> claims = new LinkedHashMap<>();

  UnansweredClaims(WorkerConfig config, EndingScripts scripts) {
    this.config = config;
    this.scripts = scripts;
  }

  boolean isEmpty() {
    return claims.isEmpty();
  }

  /** Takes note of claims that are about to be sent. */
  void sent(Map<String, Slot> asked) {
    claims.putAll(asked);
  }

  /** The execution ids under which the claims were made. */
  Set<String> executionIds() {
    return Set.copyOf(claims.keySet());
  }

  /** The replies to these have come, and what {@link #recover} returned of them is being run. */
  void answered(Set<String> executionIds) {
    claims.keySet().removeAll(executionIds);
  }

  /**
   * Finds the jobs that were claimed for slots that are free, and puts back those of others. Until
   * {@link #answered} is called, the next call finds them again.
   */
  List<Claim> recover(RedisConnection redis, Collection<Slot> free) {
    List<Claim> recovered = new ArrayList<>();
    for (Map.Entry<String, Slot> claim : claims.entrySet()) {
      Slot slot = claim.getValue();
      String suffix = ":" + claim.getKey();
      Command members = Command.of("SMEMBERS", Keys.workerExecutions(slot.name()));
      Reply reply = redis.pipeline(List.of(members)).get(0);
      if (reply.value() instanceof RedisCommandException e && e.hasCode("WRONGTYPE")) {
        continue; // such a slot cannot claim
      }
      for (String member : reply.asTexts()) {
        if (member.endsWith(suffix)) {
          String id = member.substring(0, member.length() - suffix.length());
          ClaimedJob job = claimed(redis, id, claim.getKey());
          if (free.contains(slot)) {
            recovered.add(new Claim(slot, job));
          } else {
            putBack(redis, slot, job);
          }
        }
      }
    }
    return recovered;
  }

  /** Puts back what was claimed: nobody is going to run it. */
  void giveBack(RedisConnection redis) {
    List<Claim> unused = recover(redis, List.of());
    claims.clear();
  }

  private void putBack(RedisConnection redis, Slot slot, ClaimedJob job) {
    if (redis.call(scripts.giveBack(slot.name(), job, config.clock().instant())).asLong() == 1) {
      log.info("Worker {}: job {} was claimed in vain and is queued again", slot.name(), job.id());
    }
  }

  private ClaimedJob claimed(RedisConnection redis, String id, String executionId) {
    Map<String, byte[]> hash = redis.call(Command.of("HGETALL", Keys.job(id))).asHash();
    // Nobody knows what the claim has overwritten.
    EndingScripts.CLAIMED_FIELDS.forEach(hash::remove);
    StoredJob job = new StoredJob(id, hash);
    String origin = job.text(JobFields.ORIGIN);
    String queue = origin == null ? queueOf(redis, id + ":" + executionId) : origin;
    return new ClaimedJob(job, queue, executionId, config.clock().instant());
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
}
