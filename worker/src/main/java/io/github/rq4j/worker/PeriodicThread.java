package io.github.rq4j.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does something over and over with a pause in between, until it is stopped. */
final class PeriodicThread {
  /** What the thread does. */
  interface Duty {
    /** Does it once, and tells how long to pause. */
    Duration perform();

    /** Is called in the thread at its end. */
    default void end() {}
  }

  private static final Logger log = LoggerFactory.getLogger(PeriodicThread.class);

  private final Duty duty;
  private final Duration pauseAfterFailure;
  private final Thread thread;
  private final CountDownLatch stopped;

  /**
   * Prepares the thread.
   *
   * @param stopped ends the thread when it is counted down; a duty that takes long looks at it, too
   */
  PeriodicThread(String name, Duty duty, Duration pauseAfterFailure, CountDownLatch stopped) {
    this.duty = duty;
    this.pauseAfterFailure = pauseAfterFailure;
    this.stopped = stopped;
    this.thread = Threads.daemon(name, this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      boolean again = true;
      while (again) {
        Duration pause = performSafely();
        again = !stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      duty.end();
    }
  }

  private Duration performSafely() {
    try {
      return duty.perform();
    } catch (RuntimeException e) {
      // The next attempt may go better; without the thread there would be none.
      log.error("{} failed", thread.getName(), e);
      return pauseAfterFailure;
    }
  }

  /** Waits until the thread has ended, but not for ever. */
  void join(Duration patience) throws InterruptedException {
    thread.join(patience.toMillis());
  }
}
