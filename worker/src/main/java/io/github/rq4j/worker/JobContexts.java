package io.github.rq4j.worker;

import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.redis.Script;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.client.wire.Timestamps;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonDict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the contexts of jobs and does for them what needs Redis or the serializer. */
final class JobContexts {
  private static final Script SAVE_META = Script.load(JobContexts.class, "meta.lua");
  private static final Script EXTEND = Script.load(JobContexts.class, "extend.lua");

  /** RQ's key for what it cannot read. */
  private static final String UNREADABLE = "unserialized";

  private final WorkerConfig config;
  private final RedisServer server;
  private final JobDataFormat format;

  JobContexts(WorkerConfig config, RedisServer server) {
    this.config = config;
    this.server = server;
    this.format = new JobDataFormat(config.serializer(), config.limits());
  }

  JobContext of(String worker, Execution execution) {
    return new JobContext(this, worker, execution);
  }

  String functionName(StoredJob job) {
    return format
        .decode(Objects.requireNonNullElse(job.bytes(JobFields.DATA), new byte[0]))
        .functionName();
  }

  static List<String> dependencyIds(StoredJob job) {
    byte[] json = job.bytes(JobFields.DEPENDENCY_IDS);
    if (json == null) {
      String only = job.text(JobFields.DEPENDENCY_ID);
      return only == null ? List.of() : List.of(only);
    }
    List<String> ids = new ArrayList<>();
    try {
      if (JsonSerializer.defaults().deserialize(json) instanceof List<?> elements) {
        elements.forEach(element -> ids.add(String.valueOf(element)));
        return List.copyOf(ids);
      }
    } catch (CodecException e) {
      // Told below.
    }
    throw new UnreadableJobException(job.id(), JobFields.DEPENDENCY_IDS, "a JSON array");
  }

  PythonDict decodeMeta(byte @Nullable [] bytes) {
    if (bytes == null) {
      return new PythonDict();
    }
    try {
      if (config.serializer().deserialize(bytes) instanceof Map<?, ?> entries) {
        return new PythonDict(entries);
      }
      return unreadable(bytes);
    } catch (CodecException e) {
      return unreadable(bytes);
    }
  }

  private static PythonDict unreadable(byte[] bytes) {
    PythonDict placeholder = new PythonDict();
    placeholder.put(UNREADABLE, PythonBytes.fromArray(bytes));
    return placeholder;
  }

  byte[] encodeMeta(Map<?, ?> entries, byte @Nullable [] before) {
    if (before != null && entries.equals(unreadable(before))) {
      return before;
    }
    return config.serializer().serialize(entries);
  }

  byte @Nullable [] readMeta(String id) {
    Command read = Command.of("HGET", Keys.job(id), JobFields.META);
    byte[] bytes = call(read).asBytes();
    return bytes == null || bytes.length == 0 ? null : bytes;
  }

  boolean writeMeta(String id, byte[] bytes) {
    return call(SAVE_META.call(List.of(Keys.job(id))).add(bytes)).asLong() == 1;
  }

  boolean extend(ClaimedJob claimed, Duration ttl) {
    Instant now = config.clock().instant();
    Command command =
        EXTEND
            .call(List.of(Keys.job(claimed.id())))
            .add(claimed.id())
            .add(claimed.executionId())
            .add(claimed.origin())
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
