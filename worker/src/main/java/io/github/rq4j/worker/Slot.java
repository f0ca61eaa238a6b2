package io.github.rq4j.worker;

import io.github.rq4j.client.UnreadableJobException;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs one job at a time, as one worker of RQ does, in a thread of its own. The thread lives as
 * long as the slot, unless a job that ignores its timeout keeps it: then another takes its place.
 */
final class Slot {
  /** Is told how each run ended. */
  interface Listener {
    void ended(Slot slot, Execution execution, Outcome.Timed outcome);
  }

  private final String name;
  private final String threadName;
  private final JobRunner runner;
  private final Watchdog watchdog;
  private final Listener listener;
  private final Object lock = new Object();
  private BlockingQueue<ClaimedJob> inbox = new LinkedBlockingQueue<>();
  private Thread thread;
  private volatile @Nullable Execution current;

  Slot(String name, String threadName, JobRunner runner, Watchdog watchdog, Listener listener) {
    this.name = name;
    this.threadName = threadName;
    this.runner = runner;
    this.watchdog = watchdog;
    this.listener = listener;
    this.thread = newThread(inbox);
  }

  /** The name under which RQ knows the slot as a worker. */
  String name() {
    return name;
  }

  /** What it is running; null while idle. */
  @Nullable Execution current() {
    return current;
  }

  void start() {
    synchronized (lock) {
      thread.start();
    }
  }

  /** Hands over a job. The slot must be idle. */
  void run(ClaimedJob claimed) {
    synchronized (lock) {
      current = new Execution(claimed, thread, System.nanoTime());
      inbox.add(claimed);
    }
  }

  /** Ends the thread once it is idle. */
  void stop() {
    synchronized (lock) {
      thread.interrupt();
    }
  }

  private Thread newThread(BlockingQueue<ClaimedJob> jobs) {
    return Threads.daemon(threadName, () -> work(jobs));
  }

  private void work(BlockingQueue<ClaimedJob> jobs) {
    try {
      while (true) {
        jobs.take();
        Execution execution = current;
        if (execution == null || !runToEnd(execution)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns false where the run was taken out of this thread's hands. */
  private boolean runToEnd(Execution execution) {
    OptionalLong limit;
    Outcome own;
    try {
      limit = execution.limit();
      Future<?> alarm =
          limit.isPresent() ? watchdog.watch(execution, limit.getAsLong(), this::givenUp) : null;
      own = runner.run(execution.claimed());
      if (alarm != null) {
        alarm.cancel(false);
      }
    } catch (UnreadableJobException e) {
      own = new Outcome.Failed(FailureText.of(e));
    }
    Outcome outcome = execution.end(own);
    // The alarm may have gone off just before: the next job must not be hit by it.
    boolean unused = Thread.interrupted();
    if (outcome == null) {
      return false;
    }
    report(execution, outcome);
    return true;
  }

  private void givenUp(Execution execution, Outcome outcome) {
    synchronized (lock) {
      inbox = new LinkedBlockingQueue<>();
      thread = newThread(inbox);
      thread.start();
    }
    report(execution, outcome);
  }

  private void report(Execution execution, Outcome outcome) {
    Outcome.Timed timed = new Outcome.Timed(outcome, execution.elapsed());
    current = null;
    listener.ended(this, execution, timed);
  }
}
