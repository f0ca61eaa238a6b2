package io.github.rq4j.cli.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command go on until SIGTERM or SIGINT comes, until closed. */
public final class UntilSignal implements AutoCloseable {
  private final CountDownLatch received = new CountDownLatch(1);
  private final ShutdownSignals signals;

  /**
   * Catches the signals from now on.
   *
   * @throws IllegalStateException if this JVM does not let signals be caught
   */
  public UntilSignal() {
    ShutdownRequests requests =
        new ShutdownRequests(received::countDown, received::countDown, System::nanoTime);
    this.signals = ShutdownSignals.to(requests);
  }

  /** Whether one came; waits for it so long. */
  public boolean await(Duration time) throws InterruptedException {
    return received.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets the JVM treat the signals as before. */
  @Override
  public void close() {
    signals.close();
  }
}
