package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the results of many jobs with one thread and one connection.
 *
 * <p>RQ tells of a result by appending to the job's stream and in no other way. A round therefore
 * reads all streams in batches, and blocks on one batch: with up to a thousand jobs that is all of
 * them, and a result is there at once; with more, the pause grows with the time that a round takes,
 * so that the server spends a small part of its time on it. Hashes are looked at in turn, so many
 * in half a second, for workers that write no stream and for jobs that are gone.
 */
final class ResultWatcher implements AutoCloseable {
  private static final int BATCH = 1_000;
  private static final int HASHES_PER_LOOK = 500;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final Duration SHORTEST_BLOCK = Duration.ofMillis(100);
  private static final Duration LONGEST_BLOCK = Duration.ofSeconds(1);
  private static final int PAUSE_PER_ROUND = 5;
  private static final long RECONNECT_MILLIS = 200;

  private final RedisServer server;
  private final BlockingQueue<Watch> arrivals = new LinkedBlockingQueue<>();
  // Only for the thread. In the order in which the hashes were last looked at.
  private final Map<String, Watch> watches = new LinkedHashMap<>();
  private long nextLook = System.nanoTime();
  private @Nullable RedisUnavailableException lost;
  // Guarded by this.
  private @Nullable Thread thread;
  private @Nullable RedisConnection connection;
  private boolean closed;

  ResultWatcher(RedisServer server) {
    this.server = server;
  }

  CompletableFuture<@Nullable Object> watch(RqClient reader, String jobId, Duration wait) {
    return watch(reader, jobId, wait, value -> value);
  }

  <T> CompletableFuture<@Nullable T> watch(
      RqClient reader,
      String jobId,
      Duration wait,
      Function<@Nullable Object, @Nullable T> conversion) {
    CompletableFuture<@Nullable T> future = new CompletableFuture<>();
    Waiter waiter = Waiter.of(jobId, wait, conversion, future);
    synchronized (this) {
      if (closed) {
        waiter.fail(closedException());
        return future;
      }
      arrivals.add(new Watch(reader, jobId, waiter));
      if (thread == null) {
        thread = new Thread(this::run, "rq-results");
        thread.setDaemon(true);
        thread.start();
      }
    }
    return future;
  }

  private static RedisUnavailableException closedException() {
    return new RedisUnavailableException("the client was closed", null);
  }

  private void run() {
    try {
      while (!isClosed()) {
        takeArrivals();
        dropEnded();
        if (!watches.isEmpty()) {
          round();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      disconnect();
      failAll(closedException());
      synchronized (this) {
        thread = null;
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void takeArrivals() throws InterruptedException {
    if (watches.isEmpty()) {
      Watch first = arrivals.poll(LONGEST_BLOCK.toMillis(), TimeUnit.MILLISECONDS);
      if (first == null) {
        disconnect();
        return;
      }
      add(first);
    }
    for (Watch next = arrivals.poll(); next != null; next = arrivals.poll()) {
      add(next);
    }
  }

  private void add(Watch arrival) {
    Watch present = watches.putIfAbsent(arrival.jobId, arrival);
    if (present != null) {
      present.waiters.addAll(arrival.waiters);
      // The newcomer also wants what the others have seen and did not take for the end.
      present.after = Watch.START;
    }
  }

  private void dropEnded() {
    long now = System.nanoTime();
    Iterator<Watch> all = watches.values().iterator();
    while (all.hasNext()) {
      Watch watch = all.next();
      watch.dropEnded(now, lost);
      if (watch.waiters.isEmpty()) {
        all.remove();
      }
    }
  }

  private void round() throws InterruptedException {
    try {
      RedisConnection redis = connect();
      readStreams(redis);
      lost = null;
      if (System.nanoTime() - nextLook >= 0) {
        lookAtHashes(redis);
        nextLook = System.nanoTime() + LOOK_NANOS;
      }
    } catch (RedisUnavailableException e) {
      disconnect();
      if (!isClosed()) {
        lost = e;
        Thread.sleep(RECONNECT_MILLIS);
      }
    } catch (RuntimeException e) {
      // Redis refuses what is asked: asking again will not help.
      disconnect();
      failAll(e);
    }
  }

  private void readStreams(RedisConnection redis) {
    List<List<Watch>> batches = Paging.chunks(watches.values(), BATCH);
    long start = System.nanoTime();
    for (List<Watch> batch : batches.subList(1, batches.size())) {
      take(redis, redis.call(read(batch, null)));
    }
    long spent = System.nanoTime() - start;
    Duration pause = Duration.ofNanos(spent * PAUSE_PER_ROUND);
    Duration block = pause.compareTo(SHORTEST_BLOCK) < 0 ? SHORTEST_BLOCK : pause;
    block = block.compareTo(LONGEST_BLOCK) > 0 ? LONGEST_BLOCK : block;
    take(redis, redis.callBlocking(read(batches.get(0), block), block));
  }

  private static Command read(List<Watch> batch, @Nullable Duration block) {
    Command command = Command.of("XREAD");
    if (block != null) {
      command.add("BLOCK").add(block.toMillis());
    }
    command.add("STREAMS");
    batch.forEach(watch -> command.add(Keys.results(watch.jobId)));
    batch.forEach(watch -> command.add(watch.after));
    return command;
  }

  private void take(RedisConnection redis, Reply streams) {
    int prefix = Keys.results("").length();
    for (Reply stream : streams.asList()) {
      List<Reply> parts = stream.asList();
      String jobId = String.valueOf(parts.get(0).asText()).substring(prefix);
      Watch watch = watches.get(jobId);
      List<Reply> entries = parts.get(1).asList();
      if (watch != null && !entries.isEmpty()) {
        takeEntry(redis, watch, entries.get(entries.size() - 1));
      }
    }
  }

  private void takeEntry(RedisConnection redis, Watch watch, Reply latest) {
    try {
      ResultEntry entry = ResultEntry.read(watch.reader, watch.jobId, latest);
      if (!entry.isLast()) {
        watch.after = entry.id();
        return;
      }
      Result result = entry.result();
      if (result.type() == Result.Type.SUCCESSFUL) {
        end(watch).complete(result.returnValue());
      } else {
        Reply answer = redis.call(StoredOutcome.question(watch.jobId));
        end(watch).complete(StoredOutcome.read(watch.jobId, answer).value(result));
      }
    } catch (RedisUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      end(watch).fail(e);
    }
  }

  private Watch end(Watch watch) {
    watches.remove(watch.jobId);
    return watch;
  }

  private void lookAtHashes(RedisConnection redis) {
    List<Watch> next = watches.values().stream().limit(HASHES_PER_LOOK).toList();
    if (next.isEmpty()) {
      return;
    }
    List<Command> questions = new ArrayList<>();
    for (Watch watch : next) {
      // The status first: an entry that comes with it is then seen, too.
      questions.add(StoredOutcome.question(watch.jobId));
      questions.add(JobResults.latestQuestion(watch.jobId));
    }
    List<Reply> replies = redis.pipeline(questions);
    for (int i = 0; i < next.size(); i++) {
      Watch watch = next.get(i);
      watches.remove(watch.jobId);
      watches.put(watch.jobId, watch);
      look(watch, replies.get(2 * i), replies.get(2 * i + 1).asList());
    }
  }

  private void look(Watch watch, Reply hash, List<Reply> entries) {
    try {
      if (!entries.isEmpty()) {
        ResultEntry entry = ResultEntry.read(watch.reader, watch.jobId, entries.get(0));
        if (entry.isLast()) {
          // Left to the next round, which reads it from the stream.
          return;
        }
      }
      StoredOutcome stored = StoredOutcome.read(watch.jobId, hash);
      watch.status = stored.status();
      if (stored.status().isFinal()) {
        end(watch).complete(stored.value(watch.reader));
      }
    } catch (RuntimeException e) {
      end(watch).fail(e);
    }
  }

  private RedisConnection connect() {
    RedisConnection present;
    synchronized (this) {
      present = connection;
    }
    if (present != null) {
      return present;
    }
    RedisConnection opened = server.open();
    synchronized (this) {
      connection = opened;
      if (closed) {
        opened.abort();
      }
    }
    return opened;
  }

  private void disconnect() {
    RedisConnection present;
    synchronized (this) {
      present = connection;
      connection = null;
    }
    if (present != null) {
      present.close();
    }
  }

  private void failAll(RuntimeException failure) {
    for (Watch arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
      add(arrival);
    }
    List<Watch> all = List.copyOf(watches.values());
    watches.clear();
    all.forEach(watch -> watch.fail(failure));
  }

  /** Fails all that still wait. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (connection != null) {
        connection.abort();
      }
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  /** A job and who waits for it. Only for the thread, once it has arrived there. */
  private static final class Watch {
    private static final String START = "0-0";

    private final RqClient reader;
    private final String jobId;
    private final List<Waiter> waiters = new ArrayList<>();
    private String after = START;
    private JobStatus status = JobStatus.QUEUED;

    Watch(RqClient reader, String jobId, Waiter first) {
      this.reader = reader;
      this.jobId = jobId;
      waiters.add(first);
    }

    void dropEnded(long now, @Nullable RedisUnavailableException lost) {
      waiters.removeIf(
          waiter -> {
            if (!waiter.isOver(now)) {
              return waiter.isDone();
            }
            waiter.fail(lost != null ? lost : waiter.timeout(status));
            return true;
          });
    }

    void complete(@Nullable Object value) {
      waiters.forEach(waiter -> waiter.complete(value));
    }

    void fail(RuntimeException failure) {
      waiters.forEach(waiter -> waiter.fail(failure));
    }
  }

  /** Somebody who waits. */
  private record Waiter(
      String jobId,
      Duration limit,
      long deadline,
      Conversion conversion,
      CompletableFuture<?> future) {

    static <T> Waiter of(
        String jobId,
        Duration limit,
        Function<@Nullable Object, @Nullable T> conversion,
        CompletableFuture<@Nullable T> future) {
      return new Waiter(
          jobId,
          limit,
          System.nanoTime() + limit.toNanos(),
          value -> future.complete(conversion.apply(value)),
          future);
    }

    boolean isDone() {
      return future.isDone();
    }

    boolean isOver(long now) {
      return !future.isDone() && now - deadline >= 0;
    }

    ResultTimeoutException timeout(JobStatus status) {
      return new ResultTimeoutException(jobId, limit, status);
    }

    void complete(@Nullable Object value) {
      try {
        conversion.complete(value);
      } catch (RuntimeException e) {
        fail(e);
      }
    }

    void fail(RuntimeException failure) {
      future.completeExceptionally(failure);
    }
  }

  @FunctionalInterface
  private interface Conversion {
    void complete(@Nullable Object value);
  }
}
