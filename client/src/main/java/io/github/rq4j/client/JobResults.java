package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a job's outcome where workers of any RQ leave it: in the result stream (1.12 on), else in
 * the job's hash.
 */
final class JobResults {
  // Long enough to cost nothing, short enough to notice a worker that writes no stream.
  private static final Duration SLICE = Duration.ofMillis(500);

  private final RqClient client;
  private final String id;

  JobResults(RqClient client, String id) {
    this.client = client;
    this.id = id;
  }

  Optional<Result> latest(RedisConnection connection) {
    return latestEntry(connection).map(ResultEntry::result);
  }

  List<Result> all(RedisConnection connection) {
    return connection.call(Command.of("XREVRANGE", Keys.results(id), "+", "-")).asList().stream()
        .map(entry -> ResultEntry.read(client, id, entry).result())
        .toList();
  }

  static Command latestQuestion(String id) {
    return Command.of("XREVRANGE", Keys.results(id), "+", "-", "COUNT", "1");
  }

  private Optional<ResultEntry> latestEntry(RedisConnection connection) {
    return connection.call(latestQuestion(id)).asList().stream()
        .findFirst()
        .map(entry -> ResultEntry.read(client, id, entry));
  }

  @Nullable Object await(Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    try (RedisConnection connection = client.server().borrow()) {
      while (true) {
        Optional<ResultEntry> latest = latestEntry(connection);
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
        String after = latest.map(ResultEntry::id).orElse("0-0");
        awaitEntryAfter(after, connection, Duration.ofNanos(left));
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
    return storedOutcome(connection).value(result);
  }

  private @Nullable Object valueOf(StoredOutcome stored, RedisConnection connection) {
    // The stream entry is written with the status or after it: look once more before the hash.
    Optional<ResultEntry> latest = latestEntry(connection);
    if (latest.isPresent() && latest.get().isLast()) {
      return stored.value(latest.get().result());
    }
    return stored.value(client);
  }

  private StoredOutcome storedOutcome(RedisConnection connection) {
    return StoredOutcome.read(id, connection.call(StoredOutcome.question(id)));
  }
}
