package io.github.rq4j.worker;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a worker that are lost to code which does not come back. One that comes back after
 * all, and has ended, no longer counts. Safe for use by many threads.
 */
final class AbandonedThreads {
  private static final Logger log = LoggerFactory.getLogger(AbandonedThreads.class);

  private final int most;
  private final Runnable onTooMany;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Begins with none.
   *
   * @param most how many there may be at a time
   * @param onTooMany called each time that one more is given up while there are too many
   */
  AbandonedThreads(int most, Runnable onTooMany) {
    this.most = most;
    this.onTooMany = onTooMany;
  }

  /**
   * Takes note of a thread, and logs where it stands.
   *
   * @param why what it was running and why that was to end
   */
  void add(Thread thread, String why) {
    int running;
    synchronized (this) {
      threads.removeIf(known -> !known.isAlive());
      threads.add(thread);
      running = threads.size();
    }
    StringBuilder stack = new StringBuilder();
    for (StackTraceElement frame : thread.getStackTrace()) {
      stack.append("\n\tat ").append(frame);
    }
    log.error(
        "{}: thread {} is given up and runs on, one of {} now; it stands{}",
        why,
        thread.getName(),
        running,
        stack);
    if (running > most) {
      onTooMany.run();
    }
  }

  /** How many still run. */
  synchronized int running() {
    threads.removeIf(known -> !known.isAlive());
    return threads.size();
  }
}
