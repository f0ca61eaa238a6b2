package io.github.rq4j.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An exclusive lock on a file, held against other processes and other threads of this one. */
final class FileLockGuard implements AutoCloseable {

  private static final long POLL_MILLIS = 50;

  private final FileChannel channel;

  private FileLockGuard(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @throws LocalToolException if it is not to be had within {@code limit}, or if the thread is
   *     interrupted (the flag is restored)
   */
  static FileLockGuard acquire(Path file, Duration limit) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (tryLock(channel) == null) {
        if (System.nanoTime() >= deadline) {
          throw new LocalToolException(
              "another process has held " + file + " for more than " + limit.toSeconds() + " s");
        }
        Thread.sleep(POLL_MILLIS);
      }
      return new FileLockGuard(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new LocalToolException("interrupted while waiting for " + file, e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** File locks belong to the process: a sibling thread's shows as an exception, not as null. */
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
