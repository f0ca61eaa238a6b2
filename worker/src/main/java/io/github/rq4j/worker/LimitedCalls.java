package io.github.rq4j.worker;

import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls application code in the current thread, but not for longer than a limit. Code that does not
 * come back keeps the thread; what was to follow the call then happens in another.
 */
final class LimitedCalls {
  /** Application code. */
  interface Body {
    void run() throws Exception;
  }

  /** What follows a call. */
  interface Continuation {
    /**
     * Goes on.
     *
     * @param problem what the call threw, or that it took too long; null where it returned in time
     * @return whether the thread that goes on may still be used
     */
    boolean proceed(@Nullable Throwable problem);
  }

  private static final Logger log = LoggerFactory.getLogger(LimitedCalls.class);

  private final Watchdog watchdog;
  private final Consumer<BooleanSupplier> successor;

  /**
   * Prepares calls for one kind of thread.
   *
   * @param successor given what is left to be done, runs it in a new thread, which takes the place
   *     of the one that is lost
   */
  LimitedCalls(Watchdog watchdog, Consumer<BooleanSupplier> successor) {
    this.watchdog = watchdog;
    this.successor = successor;
  }

  /**
   * Calls, and goes on in this thread or another.
   *
   * @param seconds how long the call may take; not positive: without end, as in RQ
   * @return whether the current thread may still be used
   */
  boolean call(Body body, long seconds, Continuation then) {
    Call call = new Call(Thread.currentThread(), seconds);
    Runnable returned;
    try {
      returned =
          watchdog.watch(
              call,
              seconds > 0 ? OptionalLong.of(seconds) : OptionalLong.empty(),
              () -> successor.accept(() -> then.proceed(call.timeout())));
    } catch (RejectedExecutionException e) {
      log.debug("the worker has ended", e);
      return false;
    }
    Throwable problem = null;
    try {
      body.run();
    } catch (Throwable e) {
      problem = e;
    }
    returned.run();
    if (!call.end()) {
      return false;
    }
    return then.proceed(call.isTimedOut() ? call.timeout() : problem);
  }

  /** One call, and the race between it and its limit. */
  private static final class Call implements Watchdog.Limited {
    private final Thread thread;
    private final long seconds;
    private StackTraceElement @Nullable [] timedOutAt;
    private boolean ended;

    Call(Thread thread, long seconds) {
      this.thread = thread;
      this.seconds = seconds;
    }

    @Override
    public synchronized boolean interrupt() {
      if (ended) {
        return false;
      }
      timedOutAt = thread.getStackTrace();
      thread.interrupt();
      return true;
    }

    @Override
    public synchronized boolean giveUp() {
      boolean pending = !ended;
      ended = true;
      return pending;
    }

    @Override
    public Thread thread() {
      return thread;
    }

    /** Ends the call where it returned. False where it was given up before. */
    synchronized boolean end() {
      boolean ours = giveUp();
      if (ours && isTimedOut()) {
        // The interruption was the call's alone.
        boolean unused = Thread.interrupted();
      }
      return ours;
    }

    synchronized boolean isTimedOut() {
      return timedOutAt != null;
    }

    synchronized PythonError timeout() {
      StackTraceElement[] frames = timedOutAt;
      return PythonError.timeout(seconds, frames == null ? new StackTraceElement[0] : frames);
    }
  }
}
