package io.github.rq4j.cli.worker;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * RQ's rule for signals: the first asks for a warm shutdown, the next one for a cold shutdown,
 * unless it comes within a second of the first, as the two do that a terminal and a process manager
 * send together.
 */
public final class ShutdownRequests {
  private static final long SAME_REQUEST_NANOS = Duration.ofSeconds(1).toNanos();

  private final Runnable warm;
  private final Runnable cold;
  private final LongSupplier nanoTime;
  private boolean requested;
  private boolean coldRequested;
  private long requestedAt;

  /**
   * Prepares for signals.
   *
   * @param nanoTime tells how much time has passed, as {@link System#nanoTime}
   */
  public ShutdownRequests(Runnable warm, Runnable cold, LongSupplier nanoTime) {
    this.warm = warm;
    this.cold = cold;
    this.nanoTime = nanoTime;
  }

  /** A signal has come. */
  void received() {
    shutdownFor(nanoTime.getAsLong()).run();
  }

  private synchronized Runnable shutdownFor(long now) {
    if (!requested) {
      requested = true;
      requestedAt = now;
      return warm;
    }
    if (coldRequested || now - requestedAt < SAME_REQUEST_NANOS) {
      return () -> {};
    }
    coldRequested = true;
    return cold;
  }
}
