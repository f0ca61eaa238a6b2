package io.github.rq4j.client.redis;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Stays awake for a moment where it has to wait: a reply from a server nearby comes sooner than a
 * sleeping thread wakes up. Where replies take longer, or nobody knows when they come, it sleeps at
 * once, and tries only now and then whether that has changed. For one thread.
 */
final class AwakeInputStream extends FilterInputStream {
  // About what it takes to wake the server, and to have it answer.
  private static final long AWAKE_NANOS = Duration.ofNanos(100_000).toNanos();
  private static final int MOST_CREDIT = 8;
  static final int READS_ASLEEP = 256;

  private final LongSupplier nanoTime;
  // How many waits may still be in vain; below zero, how many reads are to sleep at once.
  private int credit = 1;

  /**
   * Wraps a connection's stream.
   *
   * @param nanoTime what {@link System#nanoTime} tells
   */
  AwakeInputStream(InputStream input, LongSupplier nanoTime) {
    super(input);
    this.nanoTime = nanoTime;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (credit < 0) {
      credit++;
    } else if (isReadySoon()) {
      credit = Math.min(credit + 1, MOST_CREDIT);
    } else {
      credit = credit == 0 ? -READS_ASLEEP : credit - 1;
    }
    return in.read(bytes, offset, length);
  }

  // Nothing relies on what yields: without it this thread would only keep others waiting.
  @SuppressWarnings("ThreadPriorityCheck")
  private boolean isReadySoon() throws IOException {
    long begin = nanoTime.getAsLong();
    while (in.available() == 0) {
      if (nanoTime.getAsLong() - begin > AWAKE_NANOS) {
        return false;
      }
      // Whoever has something to do goes first, such as the server.
      Thread.yield();
    }
    return true;
  }
}
