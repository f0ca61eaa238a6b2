package io.github.rq4j.worker;

import io.github.rq4j.client.UnreadableJobException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one job at a time, as one worker of RQ does, in a thread of its own. The thread lives as
 * long as the slot, unless a job that ignores its interruption keeps it: then another takes its
 * place.
 */
final class Slot {
  /** What the slots of a worker share. */
  record Shared(
      Threads.Maker threads,
      JobRunner runner,
      JobContexts contexts,
      Watchdog watchdog,
      Listener listener) {}

  /** Makes the horse of a slot, which interrupts executions of the slot by what it is given. */
  interface HorseMaker {
    SlotHorse make(String slot, BiConsumer<Execution, Interruption> interrupt);
  }

  /** Is told how each run ended, and how long the slot has worked in all, this run included. */
  interface Listener {
    void ended(Slot slot, Execution execution, Outcome.Timed outcome, Duration worked);
  }

  private final String name;
  private final String threadName;
  private final Shared shared;
  private final LimitedCalls calls;
  private final @Nullable SlotHorse horse;
  private final Object lock = new Object();
  private BlockingQueue<Execution> inbox = new LinkedBlockingQueue<>();
  private Thread thread;
  private volatile @Nullable Execution current;
  private @Nullable UnfinishedJobs shutDown;
  private Duration worked = Duration.ZERO;
  private boolean hasThread;
  private volatile boolean stopped;

  /** A slot that runs its jobs in this process. */
  Slot(String name, String threadName, Shared shared) {
    this(name, threadName, shared, null);
  }

  /** A slot that runs its jobs in another process, unless {@code horses} is null. */
  Slot(String name, String threadName, Shared shared, @Nullable HorseMaker horses) {
    this.name = name;
    this.threadName = threadName;
    this.shared = shared;
    this.calls = new LimitedCalls(shared.watchdog(), this::goOnInAnotherThread);
    this.horse =
        horses == null
            ? null
            : horses.make(
                name,
                (execution, cause) -> {
                  boolean unused = interrupt(execution, cause);
                });
    BlockingQueue<Execution> jobs = inbox;
    this.thread = newThread(() -> work(jobs));
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
      hasThread = true;
      thread.start();
    }
  }

  /**
   * Hands over a job. The slot must be idle. One that was not started runs the job in the calling
   * thread.
   */
  void run(ClaimedJob claimed) {
    Execution execution = new Execution(claimed, System.nanoTime());
    synchronized (lock) {
      current = execution;
      if (shutDown != null) {
        // Claimed while the shutdown came: its function is not called.
        boolean unused = shutDown(execution, shutDown);
      }
      if (hasThread) {
        inbox.add(execution);
        return;
      }
    }
    boolean unused = runToEnd(execution);
  }

  /**
   * Interrupts a job that this slot is running; if it does not come back within the grace period,
   * its thread is given up.
   *
   * @return false where the run has ended or was interrupted before
   */
  boolean interrupt(Execution execution, Interruption cause) {
    return shared.watchdog().interrupt(execution, cause, this::givenUp);
  }

  /**
   * Interrupts the job that it is running, and any that is handed over from now on.
   *
   * @return whether it was running one that had not ended
   */
  boolean shutDown(UnfinishedJobs policy) {
    Execution running;
    synchronized (lock) {
      shutDown = policy;
      running = current;
    }
    return running != null && shutDown(running, policy);
  }

  private boolean shutDown(Execution execution, UnfinishedJobs policy) {
    Interruption cause = Interruption.shutdown(name, policy);
    return policy == UnfinishedJobs.LEAVE_STARTED
        ? execution.abandon(cause)
        : interrupt(execution, cause);
  }

  /** Ends the thread once it is idle. */
  void stop() {
    stopped = true;
    synchronized (lock) {
      thread.interrupt();
    }
  }

  private Thread newThread(Runnable duty) {
    return shared.threads().thread(threadName, duty);
  }

  private void work(BlockingQueue<Execution> jobs) {
    try {
      while (!stopped) {
        if (!runSurely(jobs.take())) {
          return;
        }
        // What a function or a callback left behind says nothing to the slot.
        boolean unused = Thread.interrupted();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (horse != null) {
      horse.dismiss();
    }
  }

  /** An end whatever happens: a slot without its thread would hold its job for ever. */
  private boolean runSurely(Execution execution) {
    try {
      return runToEnd(execution);
    } catch (RuntimeException | Error e) {
      // Such as a library that is missing and that the worker itself needs for the job.
      if (current != execution) {
        throw e;
      }
      return report(execution, new Outcome.Failed(FailureText.of(e)), execution.elapsed());
    }
  }

  /** Returns false where the run was taken out of this thread's hands. */
  private boolean runToEnd(Execution execution) {
    return horse == null ? runHere(execution) : runIn(horse, execution);
  }

  private boolean runIn(SlotHorse ours, Execution execution) {
    Outcome.Timed own = ours.run(execution);
    Outcome outcome = execution.end(own == null ? null : own.outcome());
    boolean unused = Thread.interrupted();
    if (outcome == null) {
      return false;
    }
    ours.dismissIfUsedUp();
    if (own != null && outcome.equals(own.outcome())) {
      // What follows it the horse has done.
      return report(execution, outcome, own.took());
    }
    // The horse was killed: of a failure it can tell nobody.
    return conclude(
        execution,
        outcome instanceof Outcome.Failed failed ? new Outcome.Killed(failed.text()) : outcome);
  }

  private boolean runHere(Execution execution) {
    Outcome outcome = execution.end(execution.begin() ? called(execution) : null);
    // The interruption may have come just before the end: the next job must not be hit by it.
    boolean unused = Thread.interrupted();
    if (outcome == null) {
      return false;
    }
    return conclude(execution, outcome);
  }

  private Outcome called(Execution execution) {
    OptionalLong limit;
    try {
      limit = execution.limit();
    } catch (UnreadableJobException e) {
      return new Outcome.Failed(FailureText.of(e));
    }
    Runnable returned = shared.watchdog().watch(execution, limit, this::givenUp);
    try {
      return runInContext(execution);
    } finally {
      returned.run();
    }
  }

  private Outcome runInContext(Execution execution) {
    Runnable leave = shared.contexts().of(name, execution).enter();
    try {
      return shared.runner().run(execution.claimed());
    } finally {
      leave.run();
    }
  }

  /** Lets another thread take over the slot; the report may take time, so it begins with that. */
  private void givenUp(Execution execution, Outcome outcome) {
    goOnInAnotherThread(() -> conclude(execution, outcome));
  }

  /** Replaces the thread, which is lost to code that does not come back. */
  private void goOnInAnotherThread(BooleanSupplier rest) {
    synchronized (lock) {
      BlockingQueue<Execution> jobs = new LinkedBlockingQueue<>();
      inbox = jobs;
      thread =
          newThread(
              () -> {
                if (rest.getAsBoolean()) {
                  work(jobs);
                }
              });
      thread.start();
    }
  }

  /** Returns false where what followed the run was taken out of this thread's hands. */
  private boolean conclude(Execution execution, Outcome outcome) {
    Duration took = execution.elapsed();
    return shared
        .runner()
        .follow(name, execution.claimed(), outcome, calls, last -> report(execution, last, took));
  }

  private boolean report(Execution execution, Outcome outcome, Duration took) {
    current = null;
    if (!(outcome instanceof Outcome.Requeued)) {
      worked = worked.plus(took);
    }
    shared.listener().ended(this, execution, new Outcome.Timed(outcome, took), worked);
    return true;
  }
}
