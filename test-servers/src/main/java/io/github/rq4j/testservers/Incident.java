package io.github.rq4j.testservers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@link Fault} that was ordered once of a {@link RedisProxy}. Thread-safe. */
public final class Incident {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final CountDownLatch happened = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean cut;

  Incident() {}

  /**
   * Waits until the fault has taken place: for {@code CUT_AFTER} and {@code HOLD_REPLY}, Redis has
   * carried out the request then.
   *
   * @throws AssertionError if no such request comes within a minute
   */
  public void await() throws InterruptedException {
    if (!happened.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("no such request came within " + LIMIT);
    }
  }

  /** Whether the fault has taken place. */
  public boolean hasHappened() {
    return happened.getCount() == 0;
  }

  /** Passes on what was held back. */
  public void release() {
    released.countDown();
  }

  /** Cuts the connection; what was held back is never passed on. */
  public void cut() {
    cut = true;
    released.countDown();
  }

  void happen() {
    happened.countDown();
  }

  /** Returns whether to go on, as opposed to cutting the connection. */
  boolean awaitRelease() throws InterruptedException {
    released.await();
    return !cut;
  }
}
