package io.github.rq4j.cli.bench;

import io.github.rq4j.client.RqFunction;
import java.util.concurrent.TimeUnit;

/** The functions of the benchmark; {@code bench_tasks.py} has the same for Python. */
public final class BenchTasks {
  private BenchTasks() {}

  /** Does nothing. */
  @RqFunction("bench_tasks.noop")
  public static void noop() {}

  /** Takes a text and gives back its length. */
  @RqFunction("bench_tasks.length")
  public static long length(String text) {
    return text.length();
  }

  /** Sleeps. */
  @RqFunction("bench_tasks.nap")
  public static void nap(double seconds) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(Math.round(seconds * 1e9));
  }

  /** Keeps a processor busy, for this long by the clock. */
  @RqFunction("bench_tasks.spin")
  public static long spin(double seconds) {
    long end = System.nanoTime() + Math.round(seconds * 1e9);
    long rounds = 0;
    while (System.nanoTime() < end) {
      rounds++;
    }
    return rounds;
  }
}
