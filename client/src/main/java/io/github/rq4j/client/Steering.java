package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Script;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.Timestamps;
import io.github.rq4j.codec.CompressedText;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Calls of the scripts that change what becomes of jobs. Immutable; safe for many threads. */
final class Steering {
  /** RQ keeps a failed job for a year unless the job says otherwise. */
  private static final long FAILURE_TTL_SECONDS = 31_536_000;

  private static final Script CANCEL = script("cancel.lua");
  private static final Script DELETE = script("delete.lua");
  private static final Script REQUEUE = script("requeue.lua");
  private static final Script ABANDONED = script("abandoned.lua");
  private static final Script EMPTY = script("empty.lua");
  private static final Script READY = Script.load(Steering.class, "enqueue.lua", "ready.lua");
  private static final Script LIMIT = Script.load(Steering.class, "enqueue.lua", "limit.lua");
  private static final Script COMPACT = Script.load(Steering.class, "compact.lua");
  private static final Script EXPIRE = Script.load(Steering.class, "expire.lua");
  private static final Script META = Script.load(Steering.class, "meta.lua");
  private static final byte[] EMPTY_TRACEBACK = CompressedText.compress("");

  private final Instant now;
  private final Dialect dialect;

  Steering(RqClient client) {
    this.now = client.clock().instant();
    this.dialect = client.dialect();
  }

  private static Script script(String name) {
    return Script.load(Steering.class, "enqueue.lua", "dependents.lua", "job.lua", name);
  }

  private Command call(Script script, String id) {
    return script
        .call(List.of(Keys.job(id)))
        .add(id)
        .add(now.getEpochSecond())
        .add(dialect.timestamp(now));
  }

  private static Command flag(Command command, boolean set) {
    return command.add(set ? "1" : "0");
  }

  Command cancel(String id, Set<CancelOption> options) {
    Command command = call(CANCEL, id);
    flag(command, options.contains(CancelOption.ENQUEUE_DEPENDENTS));
    return flag(command, options.contains(CancelOption.REMOVE_FROM_DEPENDENCIES));
  }

  Command delete(String id, boolean dependents) {
    return flag(call(DELETE, id), dependents);
  }

  /**
   * A call that takes a job out of a registry and enqueues it.
   *
   * @param registryQueue the queue whose registry it is; empty for the job's own
   */
  Command requeue(String id, JobRegistry.Kind registry, String registryQueue, boolean atFront) {
    Command command = call(REQUEUE, id).add(registry.key("")).add(registryQueue);
    return flag(command, atFront).add(EMPTY_TRACEBACK);
  }

  Command enqueueReady(String queue, int most) {
    return READY
        .call(List.of(Keys.ready(queue)))
        .add(queue)
        .add(dialect.timestamp(now))
        .add(now.getEpochSecond())
        .add(most);
  }

  Command abandoned(String id, String queue, String member) {
    String time = Timestamps.text(now).replace('T', ' ').replace("Z", "+00:00");
    String text = "Moved to FailedJobRegistry, due to AbandonedJobError, at " + time;
    byte[] compressed = CompressedText.compress(text);
    Command command =
        call(ABANDONED, id)
            .add(queue)
            .add(member)
            .add(Base64.getEncoder().encode(compressed))
            .add(compressed)
            .add(FAILURE_TTL_SECONDS)
            .add(Dialect.BEFORE_1_0.traceback(text));
    return flag(command, dialect.hasFailedQueue());
  }

  Command empty(String queue, int most) {
    return call(EMPTY, "").add(queue).add(most);
  }

  Command cleanRateLimit(String key, long needed, int most) {
    return LIMIT
        .call(
            List.of(
                Keys.rateLimitAllowed(key),
                Keys.rateLimitWaiting(key),
                Keys.rateLimit(key),
                Keys.RATE_LIMITS))
        .add(key)
        .add(dialect.timestamp(now))
        .add(now.getEpochSecond())
        .add(needed)
        .add(most);
  }

  static Command compact(String queue, long first, long last) {
    return COMPACT.call(List.of()).add(Keys.queue(queue)).add(first).add(last);
  }

  static Command expire(String registry, long epochSeconds, int most) {
    return EXPIRE.call(List.of(registry)).add(epochSeconds).add(most);
  }

  static Command saveMeta(String id, byte[] meta) {
    return META.call(List.of(Keys.job(id))).add(meta);
  }
}
