package io.github.rq4j.cli.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes what was set up, the newest first: when closed, or when the JVM is told to end before.
 * Safe for use by many threads.
 */
final class Cleanup implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Cleanup.class);

  private final Deque<AutoCloseable> toUndo = new ArrayDeque<>();
  private final Object undoing = new Object();
  private final Thread hook;
  private boolean closed;

  /** Begins to watch the JVM's end; {@code interrupted} runs first when that comes early. */
  Cleanup(Runnable interrupted) {
    hook =
        new Thread(
            () -> {
              interrupted.run();
              undoAll();
            },
            "rq4j-demo-cleanup");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Remembers something to undo; undoes it at once if all else was undone already. */
  <T extends AutoCloseable> T add(T resource) {
    synchronized (this) {
      if (!closed) {
        toUndo.push(resource);
        return resource;
      }
    }
    undo(resource);
    return resource;
  }

  /**
   * Whoever comes second waits for the first: the JVM ends when its hooks have returned, whatever
   * the main thread is still undoing.
   */
  private void undoAll() {
    synchronized (undoing) {
      for (AutoCloseable next = takeNext(); next != null; next = takeNext()) {
        undo(next);
      }
    }
  }

  private synchronized @Nullable AutoCloseable takeNext() {
    closed = true;
    return toUndo.poll();
  }

  private static void undo(AutoCloseable resource) {
    try {
      resource.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      log.warn("could not clean up: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    undoAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      log.trace("the JVM is ending; its hook finds nothing left to do", e);
    }
  }
}
