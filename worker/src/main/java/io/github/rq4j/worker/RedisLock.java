package io.github.rq4j.worker;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Script;
import java.time.Duration;
import java.util.List;

/** A lock in Redis that expires unless its owner extends it. Immutable. */
record RedisLock(String key, String owner, Duration ttl) {
  private static final Script LOCK = Script.load(RedisLock.class, "lock.lua");
  private static final Script UNLOCK = Script.load(RedisLock.class, "unlock.lua");

  /** What came of the wish to have the lock. */
  enum Outcome {
    TAKEN_BY_ANOTHER,
    ACQUIRED,
    EXTENDED
  }

  /** Takes the lock or extends it; the reply is for {@link #outcome}. */
  Command acquireOrExtend() {
    return LOCK.call(List.of(key)).add(owner).add(ttl.toSeconds());
  }

  static Outcome outcome(long reply) {
    return switch ((int) reply) {
      case 1 -> Outcome.ACQUIRED;
      case 2 -> Outcome.EXTENDED;
      default -> Outcome.TAKEN_BY_ANOTHER;
    };
  }

  /** Tells whether the lock is ours from now on. */
  boolean isOurs(RedisConnection redis) {
    return outcome(redis.call(acquireOrExtend()).asLong()) != Outcome.TAKEN_BY_ANOTHER;
  }

  /** Releases the lock where it is still ours. */
  Command release() {
    return UNLOCK.call(List.of(key)).add(owner);
  }
}
