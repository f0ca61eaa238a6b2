package io.github.rq4j.worker;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.redis.Script;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.Timestamps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does at Redis what functions ask for. Safe for use by many threads. */
final class RunningJobsAtRedis implements RunningJobs {
  private static final Script SAVE_META = Script.load(RunningJobsAtRedis.class, "meta.lua");
  private static final Script EXTEND = Script.load(RunningJobsAtRedis.class, "extend.lua");

  private final RedisServer server;
  private final Clock clock;

  RunningJobsAtRedis(RedisServer server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  @Override
  public byte @Nullable [] readMeta(String id) {
    Command read = Command.of("HGET", Keys.job(id), JobFields.META);
    byte[] bytes = call(read).asBytes();
    return bytes == null || bytes.length == 0 ? null : bytes;
  }

  @Override
  public boolean writeMeta(String id, byte[] meta) {
    return call(SAVE_META.call(List.of(Keys.job(id))).add(meta)).asLong() == 1;
  }

  @Override
  public boolean extend(RunId run, Duration ttl) {
    Instant now = clock.instant();
    Command command =
        EXTEND
            .call(List.of(Keys.job(run.jobId())))
            .add(run.jobId())
            .add(run.executionId())
            .add(run.origin())
            .add(Timestamps.text(now))
            .add(now.getEpochSecond())
            .add(Timestamps.epochSeconds(now))
            .add(ttl.toSeconds());
    return call(command).asLong() == 1;
  }

  private Reply call(Command command) {
    return server.with(redis -> redis.call(command));
  }
}
