package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ends of many jobs over one connection.
 *
 * <p>RQ tells of a result by appending to the job's stream and in no other way. A round therefore
 * reads all streams in batches, and blocks on one batch: with up to a thousand jobs that is all of
 * them, and a result is there at once; with more, the pause grows with the time that a round takes,
 * so that the server spends a small part of its time on it. Hashes are looked at in turn, so many
 * in half a second, for workers that write no stream and for jobs that are gone.
 *
 * <p>Only for the watching thread.
 */
final class ResultReader {
  private static final int BATCH = 1_000;
  private static final int HASHES_PER_LOOK = 500;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration SHORTEST_BLOCK = Duration.ofMillis(100);
  private static final Duration LONGEST_BLOCK = Duration.ofSeconds(1);
  private static final int PAUSE_PER_ROUND = 5;

  private final ResultWaker waker;
  // In the order in which the hashes were last looked at.
  private final Map<String, ResultWatch> watches = new LinkedHashMap<>();
  private long nextLook = System.nanoTime();

  ResultReader(ResultWaker waker) {
    this.waker = waker;
  }

  boolean isIdle() {
    return watches.isEmpty();
  }

  void add(ResultWatch arrival) {
    ResultWatch present = watches.putIfAbsent(arrival.jobId(), arrival);
    if (present != null) {
      present.join(arrival);
    }
  }

  /** Ends the waits that have taken too long. */
  void dropEnded(@Nullable RedisUnavailableException lost) {
    long now = System.nanoTime();
    watches.values().removeIf(watch -> !watch.dropEnded(now, lost));
  }

  void failAll(RuntimeException failure) {
    List<ResultWatch> all = List.copyOf(watches.values());
    watches.clear();
    all.forEach(watch -> watch.fail(failure));
  }

  /** Reads all streams, and waits for new entries. */
  void readStreams(RedisConnection redis) {
    List<List<ResultWatch>> batches = Paging.chunks(watches.values(), BATCH);
    long start = System.nanoTime();
    for (List<ResultWatch> batch : batches.subList(1, batches.size())) {
      take(redis, redis.call(read(batch, null)));
    }
    List<ResultWatch> first = batches.get(0);
    Duration block;
    if (batches.size() == 1) {
      block = waker.begin(SHORTEST_BLOCK, first.size());
    } else {
      Duration pause = Duration.ofNanos((System.nanoTime() - start) * PAUSE_PER_ROUND);
      block = pause.compareTo(SHORTEST_BLOCK) < 0 ? SHORTEST_BLOCK : pause;
      block = block.compareTo(LONGEST_BLOCK) > 0 ? LONGEST_BLOCK : block;
    }
    Reply streams;
    try {
      streams = redis.callBlocking(read(first, block), block);
    } finally {
      waker.end();
    }
    take(redis, streams);
  }

  private static Command read(Collection<ResultWatch> batch, @Nullable Duration block) {
    Command command = Command.of("XREAD");
    if (block != null) {
      command.add("BLOCK").add(block.toMillis());
    }
    command.add("STREAMS");
    batch.forEach(watch -> command.add(Keys.results(watch.jobId())));
    batch.forEach(watch -> command.add(watch.after()));
    return command;
  }

  private void take(RedisConnection redis, Reply streams) {
    int prefix = Keys.results("").length();
    for (Reply stream : streams.asList()) {
      List<Reply> parts = stream.asList();
      String jobId = String.valueOf(parts.get(0).asText()).substring(prefix);
      ResultWatch watch = watches.get(jobId);
      List<Reply> entries = parts.get(1).asList();
      if (watch != null && !entries.isEmpty()) {
        takeEntry(redis, watch, entries.get(entries.size() - 1));
      }
    }
  }

  private void takeEntry(RedisConnection redis, ResultWatch watch, Reply latest) {
    try {
      ResultEntry entry = ResultEntry.read(watch.reader(), watch.jobId(), latest);
      if (!entry.isLast()) {
        watch.skip(entry.id());
        return;
      }
      Result result = entry.result();
      if (result.type() == Result.Type.SUCCESSFUL) {
        end(watch).complete(result.returnValue());
      } else {
        Reply answer = redis.call(StoredOutcome.question(watch.jobId()));
        end(watch).complete(StoredOutcome.read(watch.jobId(), answer).value(result));
      }
    } catch (RedisUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      end(watch).fail(e);
    }
  }

  private ResultWatch end(ResultWatch watch) {
    watches.remove(watch.jobId());
    return watch;
  }

  /** Looks at hashes where it is time to. */
  void lookAtHashes(RedisConnection redis) {
    if (System.nanoTime() - nextLook < 0) {
      return;
    }
    List<ResultWatch> next = watches.values().stream().limit(HASHES_PER_LOOK).toList();
    List<Command> questions = new ArrayList<>();
    for (ResultWatch watch : next) {
      // The status first: an entry that comes with it is then seen, too.
      questions.add(StoredOutcome.question(watch.jobId()));
      questions.add(JobResults.latestQuestion(watch.jobId()));
    }
    List<Reply> replies = next.isEmpty() ? List.of() : redis.pipeline(questions);
    for (int i = 0; i < next.size(); i++) {
      ResultWatch watch = next.get(i);
      watches.remove(watch.jobId());
      watches.put(watch.jobId(), watch);
      look(watch, replies.get(2 * i), replies.get(2 * i + 1).asList());
    }
    nextLook = System.nanoTime() + LOOK_NANOS;
  }

  private void look(ResultWatch watch, Reply hash, List<Reply> entries) {
    try {
      if (!entries.isEmpty()) {
        ResultEntry entry = ResultEntry.read(watch.reader(), watch.jobId(), entries.get(0));
        if (entry.isLast()) {
          // Left to the next round, which reads it from the stream.
          return;
        }
      }
      StoredOutcome stored = StoredOutcome.read(watch.jobId(), hash);
      watch.show(stored.status());
      if (stored.status().isFinal()) {
        end(watch).complete(stored.value(watch.reader()));
      }
    } catch (RuntimeException e) {
      end(watch).fail(e);
    }
  }
}
