package io.github.rq4j.cli.worker;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs something that SIGTERM and SIGINT end. They are caught before it starts: what Redis knows of
 * must not end without taking its leave.
 */
public final class SignalledRun {
  private static final Logger log = LoggerFactory.getLogger(SignalledRun.class);

  private final String name;
  private final Runnable warm;
  private final Runnable cold;

  /**
   * Prepares a run.
   *
   * @param name what the log calls it
   * @param warm what the first signal does, see {@link ShutdownRequests}
   * @param cold what a later one does
   */
  public SignalledRun(String name, Runnable warm, Runnable cold) {
    this.name = name;
    this.warm = warm;
    this.cold = cold;
  }

  /** Waits for the end. */
  @FunctionalInterface
  public interface Waiting {
    /** Returns when the end has come. */
    void awaitEnd() throws InterruptedException;
  }

  /** Starts and waits for the end; a signal that comes before the start is over waits for that. */
  public void run(Runnable start, Waiting end) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    ShutdownRequests requests =
        new ShutdownRequests(after(started, warm), after(started, cold), System::nanoTime);
    try (ShutdownSignals signals = ShutdownSignals.to(requests)) {
      log.debug("{}: {}", name, signals);
      try {
        start.run();
      } finally {
        started.countDown();
      }
      end.awaitEnd();
    }
  }

  /** Puts a shutdown off until the start is over, which Redis's timeouts bound. */
  private static Runnable after(CountDownLatch started, Runnable shutdown) {
    return () -> {
      try {
        started.await();
        shutdown.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }
}
