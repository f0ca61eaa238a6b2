package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.codec.CompressedText;
import io.github.rq4j.codec.MalformedPayloadException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a job's outcome where workers of any RQ leave it: in the result stream (1.12 on), else in
 * the job's hash.
 */
final class JobResults {
  // Long enough to cost nothing, short enough to notice a worker that writes no stream.
  private static final Duration SLICE = Duration.ofMillis(500);
  private static final String TYPE = "type";
  private static final String RETURN_VALUE = "return_value";
  private static final String EXC_STRING = "exc_string";

  private final RqClient client;
  private final String id;

  JobResults(RqClient client, String id) {
    this.client = client;
    this.id = id;
  }

  Optional<Result> latest(RedisConnection connection) {
    return latestEntry(connection).map(Entry::result);
  }

  private Optional<Entry> latestEntry(RedisConnection connection) {
    Reply entries =
        connection.call(Command.of("XREVRANGE", Keys.results(id), "+", "-", "COUNT", "1"));
    List<Reply> list = entries.asList();
    return list.isEmpty() ? Optional.empty() : Optional.of(entry(list.get(0).asList()));
  }

  @Nullable Object await(Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    try (RedisConnection connection = client.server().borrow()) {
      while (true) {
        Optional<Entry> latest = latestEntry(connection);
        if (latest.isPresent() && latest.get().isLast()) {
          return valueOf(latest.get().result(), connection);
        }
        StoredOutcome stored = storedOutcome(connection);
        if (stored.status().isFinal()) {
          return valueOf(stored, connection);
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new ResultTimeoutException(id, wait, stored.status());
        }
        awaitEntryAfter(latest.map(Entry::id).orElse("0-0"), connection, Duration.ofNanos(left));
      }
    }
  }

  /** Blocks until the stream has an entry after the given one, or a slice of time is over. */
  private void awaitEntryAfter(String entryId, RedisConnection connection, Duration left) {
    Duration block = left.compareTo(SLICE) < 0 ? left : SLICE;
    long millis = Math.max(1, block.toMillis());
    connection.callBlocking(
        Command.of("XREAD", "COUNT", "1", "BLOCK", Long.toString(millis), "STREAMS")
            .add(Keys.results(id))
            .add(entryId),
        block);
  }

  private @Nullable Object valueOf(Result result, RedisConnection connection) {
    if (result.type() == Result.Type.SUCCESSFUL) {
      return result.returnValue();
    }
    String excString = result.excString();
    JobStatus status = storedOutcome(connection).status();
    throw new JobFailedException(
        id, status.isFinal() ? status : JobStatus.FAILED, excString == null ? "" : excString);
  }

  private @Nullable Object valueOf(StoredOutcome stored, RedisConnection connection) {
    // The stream entry is written with the status or after it: look once more before the hash.
    Optional<Entry> latest = latestEntry(connection);
    if (latest.isPresent() && latest.get().isLast()) {
      return valueOf(latest.get().result(), connection);
    }
    byte[] value = stored.result();
    if (stored.status() == JobStatus.FINISHED) {
      return value == null ? null : client.serializer().deserialize(value);
    }
    byte[] excInfo = stored.excInfo();
    String text = excInfo == null ? "" : CompressedText.expand(excInfo, client.limits());
    throw new JobFailedException(id, stored.status(), text);
  }

  private StoredOutcome storedOutcome(RedisConnection connection) {
    List<Reply> fields =
        connection
            .call(
                Command.of("HMGET", Keys.job(id), JobFields.STATUS, JobFields.RESULT)
                    .add(JobFields.EXC_INFO))
            .asList();
    String status = fields.get(0).asText();
    if (status == null) {
      throw new NoSuchJobException(id);
    }
    return new StoredOutcome(
        JobStatus.ofText(status)
            .orElseThrow(() -> new UnreadableJobException(id, JobFields.STATUS, "a status of RQ")),
        fields.get(1).asBytes(),
        fields.get(2).asBytes());
  }

  private Entry entry(List<Reply> entry) {
    String entryId = String.valueOf(entry.get(0).asText());
    Map<String, byte[]> fields = entry.get(1).asHash();
    byte[] type = fields.getOrDefault(TYPE, new byte[0]);
    byte[] value = fields.get(RETURN_VALUE);
    byte[] exc = fields.get(EXC_STRING);
    byte[] worker = fields.get(JobFields.WORKER_NAME);
    return new Entry(
        entryId,
        new Result(
            Result.Type.ofCode(new String(type, StandardCharsets.UTF_8))
                .orElseThrow(() -> malformed(TYPE, null)),
            value == null ? null : client.serializer().deserialize(base64(RETURN_VALUE, value)),
            exc == null ? null : CompressedText.expand(base64(EXC_STRING, exc), client.limits()),
            worker == null ? null : new String(worker, StandardCharsets.UTF_8),
            Instant.ofEpochMilli(Long.parseLong(entryId.substring(0, entryId.indexOf('-'))))));
  }

  private byte[] base64(String field, byte[] text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw malformed(field, e);
    }
  }

  private MalformedPayloadException malformed(String field, @Nullable Throwable cause) {
    return new MalformedPayloadException(
        "result of job " + id + ": field '" + field + "' is not of RQ's form", cause);
  }

  private record Entry(String id, Result result) {
    /** Whether the run that it tells of was the job's last: a returned Retry asks for another. */
    boolean isLast() {
      return result.type() != Result.Type.RETRIED;
    }
  }

  private record StoredOutcome(
      JobStatus status, byte @Nullable [] result, byte @Nullable [] excInfo) {}
}
