package io.github.rq4j.interop.reliability;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.worker.Argument;
import io.github.rq4j.worker.JobContext;
import java.time.Duration;

/**
 * Functions that keep a record of each run in a database of its own, so that lost and repeated runs
 * can be seen. The Python half has the same under the same names.
 */
public final class LedgerTasks implements AutoCloseable {
  private static final Duration HOLD_LIMIT = Duration.ofSeconds(60);

  private final RedisServer ledger;

  /** Finds the database in the environment of the process. */
  public LedgerTasks() {
    this(System.getenv(Ledger.VARIABLE));
  }

  LedgerTasks(String url) {
    ledger = new RedisServer(RedisSettings.parse(url));
  }

  private void note(String what) {
    JobContext job = JobContext.current();
    Command push = Command.of("RPUSH", Ledger.key(job.jobId()), what + " " + job.workerName());
    ledger.with(redis -> redis.call(push));
  }

  /** Runs for a while. */
  @RqFunction("rq4j_fixtures.ledger.run")
  String run(@Argument(defaultJson = "0") long millis) throws InterruptedException {
    note("start");
    Thread.sleep(millis);
    note("end");
    return "done";
  }

  /** Runs until the test says so. */
  @RqFunction("rq4j_fixtures.ledger.hold")
  String hold() throws InterruptedException {
    note("start");
    Command question = Command.of("EXISTS", Ledger.RELEASE);
    long end = System.nanoTime() + HOLD_LIMIT.toNanos();
    while (ledger.with(redis -> redis.call(question)).asLong() == 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("never released");
      }
      Thread.sleep(10);
    }
    note("end");
    return "held";
  }

  /** Fails. */
  @RqFunction("rq4j_fixtures.ledger.boom")
  void boom() {
    note("start");
    throw new IllegalArgumentException("boom");
  }

  /** Ends the thread as an error of the JVM does. */
  @RqFunction("rq4j_fixtures.ledger.overflow")
  void overflow() {
    note("start");
    throw new StackOverflowError();
  }

  /** Fails in the first run and succeeds in later ones. */
  @RqFunction("rq4j_fixtures.ledger.second_time_lucky")
  String secondTimeLucky() {
    note("start");
    Command length = Command.of("LLEN", Ledger.key(JobContext.current().jobId()));
    if (ledger.with(redis -> redis.call(length)).asLong() < 2) {
      throw new IllegalArgumentException("the first time");
    }
    note("end");
    return "done";
  }

  @Override
  public void close() {
    ledger.close();
  }
}
