package io.github.rq4j.worker;

import io.github.rq4j.client.redis.RedisUrl;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.Serializer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The settings that a worker was built with, checked. Immutable. */
record WorkerConfig(
    RedisUrl url,
    List<String> queues,
    String name,
    int concurrency,
    boolean burst,
    OptionalLong maxJobs,
    Duration resultTtl,
    Duration workerTtl,
    Duration monitoringInterval,
    Duration timeoutGrace,
    Duration shutdownTimeout,
    Handlers handlers,
    Serializer serializer,
    CodecLimits limits,
    Clock clock,
    Supplier<String> executionIds) {

  /** RQ adds a minute to the TTL that a worker was given. */
  private static final long HASH_TTL_MARGIN = 60;

  /** The name under which a slot is registered as a worker of its own. */
  String slotName(int slot) {
    return concurrency == 1 ? name : name + "-" + (slot + 1);
  }

  /** Seconds until an idle worker's hash expires unless a heartbeat comes. */
  long hashTtl() {
    return workerTtl.toSeconds() + HASH_TTL_MARGIN;
  }
}
