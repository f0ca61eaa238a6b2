package io.github.rq4j.interop.enqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.DuplicateJobException;
import io.github.rq4j.client.IncompleteEnqueueException;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.RqMatrix;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Whatever is asked for, it is refused before anything is sent, or what is stored can be read and
 * worked off by real RQ, the newest and an older one.
 */
class NothingInvalidPropertyTest {
  private static final String QUEUES = "Queue.all(connection=connection)";
  private static final String SCHEDULE =
      "(lambda s: (s.acquire_locks(), s.enqueue_scheduled_jobs()))"
          + ("(import_module('rq.scheduler').RQScheduler(" + QUEUES + ", connection))");
  private static final String WORK =
      "SimpleWorker(" + QUEUES + ", connection=connection).work(burst=True, max_jobs=1000)";
  private static final String CLEAN =
      "[import_module('rq.registry').clean_registries(q) for q in " + QUEUES + "]";
  private static final String LEFT = "[q.name for q in " + QUEUES + " if connection.llen(q.key)]";

  private static @Nullable Bench newest;
  private static @Nullable Bench older;

  /** A server with one release of RQ at it. */
  private record Bench(LocalRedis server, PythonRq python, RqClient client, RedisServer watching)
      implements AutoCloseable {

    static Bench of(String version) {
      LocalRedis server = LocalRedis.start();
      URI uri = server.uri();
      return new Bench(
          server,
          PythonRq.start(RqMatrix.ofThisProject().release(version), uri),
          RqClient.connect(uri.toString()),
          new RedisServer(RedisSettings.parse(uri.toString())));
    }

    @Override
    public void close() {
      watching.close();
      client.close();
      python.close();
      server.close();
    }
  }

  private static boolean isWanted() {
    return !"true".equals(System.getenv("RQ4J_SKIP_PYTHON"));
  }

  @BeforeContainer
  static void start() {
    if (isWanted()) {
      newest = Bench.of(RqMatrix.ofThisProject().newest().version());
      older = Bench.of("2.0.0");
    }
  }

  @AfterContainer
  static void stop() {
    for (Bench bench : Arrays.asList(newest, older)) {
      if (bench != null) {
        bench.close();
      }
    }
  }

  @Provide
  Arbitrary<List<OddEnqueue>> batches() {
    return OddEnqueue.any().list().ofMaxSize(80);
  }

  @Property(tries = 15)
  void the_newest_rq_reads_and_works_off_whatever_is_not_refused(
      @ForAll("batches") List<OddEnqueue> batch) {
    Assume.that(isWanted());
    check(batch, newest);
  }

  @Property(tries = 15)
  void an_older_rq_reads_and_works_off_whatever_is_not_refused(
      @ForAll("batches") List<OddEnqueue> batch) {
    Assume.that(isWanted());
    check(batch.stream().filter(odd -> !odd.modern()).toList(), older);
  }

  private static void check(List<OddEnqueue> batch, @Nullable Bench started) {
    Bench bench = Objects.requireNonNull(started);
    try (RedisConnection redis = bench.watching().open()) {
      redis.call(Command.of("FLUSHALL"));
      for (OddEnqueue odd : batch) {
        long before = commands(redis);
        if (!isAccepted(odd, bench.client())) {
          assertThat(commands(redis)).as("commands sent by %s", odd).isEqualTo(before);
        }
      }
      PythonRq python = bench.python();
      assertThat(python.unreadable()).as("unreadable before work").isEmpty();
      python.eval(SCHEDULE);
      python.eval(WORK);
      python.eval(CLEAN);
      assertThat(python.eval(LEFT).repr()).as("queues with work left").isEqualTo("[]");
      assertThat(python.unreadable()).as("unreadable after work").isEmpty();
    }
  }

  private static boolean isAccepted(OddEnqueue odd, RqClient client) {
    try {
      odd.action().accept(client);
      return true;
    } catch (DuplicateJobException | IncompleteEnqueueException e) {
      // Only the server could tell.
      return true;
    } catch (IllegalArgumentException | UnsupportedValueException e) {
      return false;
    }
  }

  /** How many commands the server has been sent that read or write keys. */
  private static long commands(RedisConnection redis) {
    String stats = String.valueOf(redis.call(Command.of("INFO", "commandstats")).asText());
    return stats
        .lines()
        .filter(line -> line.startsWith("cmdstat_eval") || line.startsWith("cmdstat_script"))
        .mapToLong(line -> Long.parseLong(line.replaceFirst(".*:calls=(\\d+),.*", "$1")))
        .sum();
  }
}
