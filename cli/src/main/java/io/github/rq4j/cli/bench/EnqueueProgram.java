package io.github.rq4j.cli.bench;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import java.util.concurrent.TimeUnit;

/**
 * Enqueues jobs with rq4j's client and prints how many that were per second; {@code enqueue.py}
 * does the same with RQ's. Where it enqueues them one by one, every other moment is spent on PINGs,
 * whose number per second is printed, too: both meet the same machine in the same state.
 */
public final class EnqueueProgram {
  private static final Call CALL = Call.of("bench_tasks.noop");
  private static final Command PING = Command.of("PING");
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private EnqueueProgram() {}

  /**
   * Enqueues to the Redis of {@code RQ_REDIS_URL}, in rounds of a second, after each of which its
   * database is emptied.
   *
   * @param arguments how many jobs are enqueued at once, how many rounds are for warming up, and
   *     how many count after them
   */
  public static void main(String... arguments) {
    int batch = Integer.parseInt(arguments[0]);
    int warmUp = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    String url = System.getenv("RQ_REDIS_URL");
    try (RqClient client = RqClient.connect(url);
        RedisServer server = new RedisServer(RedisSettings.parse(url));
        RedisConnection connection = server.open()) {
      Queue queue = client.queue("bench-0");
      Way[] ways =
          batch == 1
              ? new Way[] {new Way(() -> queue.enqueue(CALL)), new Way(() -> connection.call(PING))}
              : new Way[] {new Way(() -> Producers.enqueueMany(queue, batch))};
      for (int round = -warmUp; round < rounds; round++) {
        round(round >= 0, ways);
        connection.call(Command.of("FLUSHDB"));
      }
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < ways.length; i++) {
        line.append(i == 0 ? ways[i].perSecond() * batch : " " + ways[i].perSecond());
      }
      System.out.println(line);
    }
  }

  private static void round(boolean counts, Way... ways) {
    long end = System.nanoTime() + ROUND_NANOS;
    while (end - System.nanoTime() > 0) {
      for (Way way : ways) {
        way.run(counts);
      }
    }
  }

  /** Something to do again and again. */
  private static final class Way {
    private final Runnable call;
    private long calls;
    private long nanos;

    Way(Runnable call) {
      this.call = call;
    }

    void run(boolean counts) {
      long begin = System.nanoTime();
      long now = begin;
      int done = 0;
      while (now - begin < MOMENT_NANOS) {
        call.run();
        done++;
        now = System.nanoTime();
      }
      if (counts) {
        calls += done;
        nanos += now - begin;
      }
    }

    double perSecond() {
      return calls * 1e9 / nanos;
    }
  }
}
