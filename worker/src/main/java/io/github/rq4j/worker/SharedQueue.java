package io.github.rq4j.worker;

import java.time.Duration;

/**
 * What the last look at a queue saw that other workers serve as well, and how long to wait before
 * the next one: the more looks found nothing for us, the longer. Safe for use by many threads.
 */
final class SharedQueue {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private QueueMark seen = QueueMark.EMPTY;
  private Duration pause = Duration.ZERO;
  private boolean wokenSinceLook;

  /** A look took place. The mark must be older than what the look has seen. */
  synchronized void looked(QueueMark mark, boolean foundOurs) {
    seen = mark;
    if (foundOurs) {
      pause = Duration.ZERO;
    } else if (wokenSinceLook) {
      pause = longer(pause);
    }
    wokenSinceLook = false;
  }

  /** The queue's watcher is about to ask for a look. */
  synchronized void woken() {
    wokenSinceLook = true;
  }

  synchronized QueueMark seen() {
    return seen;
  }

  /** How long to leave the queue alone before it is asked again; zero after a look that found. */
  synchronized Duration pause() {
    return pause;
  }

  /** The next pause of one who asks again and again. */
  static Duration longer(Duration before) {
    Duration doubled = before.multipliedBy(2);
    if (doubled.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
  }
}
