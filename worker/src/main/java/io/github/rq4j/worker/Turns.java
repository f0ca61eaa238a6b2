package io.github.rq4j.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the {@link Dispatcher} does next: it knows which slots are free, which runs have
 * ended, and what the queues were found to hold. Safe for use by many threads, of which one takes
 * the turns.
 */
final class Turns {
  /** What is to be done next. */
  sealed interface Next {}

  /** Send the outcomes, and claim jobs for these slots. */
  record Send(List<JobExchange.Ended> outcomes, List<Slot> claimants) implements Next {}

  /** Receive the replies to what was sent first. */
  record Receive() implements Next {}

  /** Take these slots out of service. */
  record Retire(List<Slot> slots) implements Next {}

  /** End the loop. */
  record Finish(Dispatcher.End end) implements Next {}

  // RQ's workers, too, look once a second whether a suspension is over.
  private static final Duration SUSPENSION_POLL = Duration.ofSeconds(1);
  private static final Duration HURRIED_PAUSE = Duration.ofSeconds(1);
  // While Redis works on one, the next is written: more would wait there and not here.
  private static final int MOST_UNDER_WAY = 2;

  private final WorkerConfig config;
  private final boolean overlaps;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final BriefSpin spin = new BriefSpin();
  private final Deque<JobExchange.Ended> ended = new ArrayDeque<>();
  private final Deque<Slot> free = new ArrayDeque<>();
  private final Set<Slot> leaving = new HashSet<>();
  private int slots;
  private int underWay;
  private boolean workInSight = true;
  private boolean suspended;
  private boolean blocked;
  private long idleSince = System.nanoTime();
  private boolean stopRequested;
  private boolean abandoned;
  private long claimsUnderWay;
  private long claimedJobs;

  /**
   * Begins with no slots.
   *
   * @param overlaps whether a turn may be sent before the replies to the one before it came
   */
  Turns(WorkerConfig config, boolean overlaps) {
    this.config = config;
    this.overlaps = overlaps;
  }

  /** Adds a slot before the first turn. */
  void add(Slot slot) {
    free.add(slot);
    slots++;
  }

  /** A run has ended. */
  void ended(JobExchange.Ended run) {
    signal(() -> ended.add(run));
  }

  /** A queue may have a job. */
  void workArrived() {
    signal(() -> workInSight = true);
  }

  /** How many jobs were claimed. */
  long claimedJobs() {
    lock.lock();
    try {
      return claimedJobs;
    } finally {
      lock.unlock();
    }
  }

  /** No more claims; the loop is to end when the running jobs have ended. */
  void stop() {
    signal(() -> stopRequested = true);
  }

  /** The loop is to end at once, whatever is still running. */
  void abandon() {
    signal(
        () -> {
          stopRequested = true;
          abandoned = true;
        });
  }

  /** The slot is to leave as soon as it is free. */
  void retire(Slot slot) {
    signal(() -> leaving.add(slot));
  }

  /** The slot is to leave, and there will be no outcome of the job that it has. */
  void retireAbandoned(Slot slot) {
    signal(
        () -> {
          leaving.add(slot);
          free.add(slot);
        });
  }

  private void signal(Runnable change) {
    lock.lock();
    try {
      change.run();
      spin.happen();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to do. */
  Next await() throws InterruptedException {
    boolean spun = false;
    lock.lock();
    try {
      while (true) {
        Next next = next();
        if (next != null) {
          return next;
        }
        if ((suspended || blocked) && !stopRequested) {
          if (!changed.await(SUSPENSION_POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            workInSight = true;
            suspended = false;
            blocked = false;
          }
        } else if (config.maxIdleTime().isPresent() && isIdle()) {
          changed.awaitNanos(idleNanosLeft());
        } else if (!spun && free.size() < slots) {
          spun = true;
          spin();
        } else {
          changed.await();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Next next() {
    if (underWay > 0) {
      boolean mayFollow = overlaps && underWay < MOST_UNDER_WAY && leaving.isEmpty() && !abandoned;
      return mayFollow && !ended.isEmpty() ? nextTurn() : new Receive();
    }
    Dispatcher.End end = end();
    if (end != null) {
      return new Finish(end);
    }
    List<Slot> retired = takeLeaving();
    if (!retired.isEmpty()) {
      return new Retire(retired);
    }
    return hasTurn() ? nextTurn() : null;
  }

  private boolean hasTurn() {
    return !ended.isEmpty() || (canClaim() && !free.isEmpty());
  }

  /** A job that does little has ended before this thread could sleep. */
  private void spin() {
    long mark = spin.mark();
    lock.unlock();
    try {
      spin.await(mark);
    } finally {
      lock.lock();
    }
  }

  private boolean isIdle() {
    return free.size() == slots && ended.isEmpty() && !workInSight && !suspended && !blocked;
  }

  private long idleNanosLeft() {
    Duration limit = config.maxIdleTime().orElse(Duration.ZERO);
    return limit.toNanos() - (System.nanoTime() - idleSince);
  }

  private List<Slot> takeLeaving() {
    List<Slot> retired = free.stream().filter(leaving::contains).toList();
    free.removeAll(retired);
    retired.forEach(leaving::remove);
    slots -= retired.size();
    return retired;
  }

  private Send nextTurn() {
    int most = mostAtOnce();
    List<JobExchange.Ended> outcomes = new ArrayList<>();
    while (!ended.isEmpty() && outcomes.size() < most) {
      outcomes.add(ended.remove());
    }
    if (!outcomes.isEmpty() && config.burst()) {
      // A job may have enqueued others.
      workInSight = true;
    }
    List<Slot> claimants = new ArrayList<>();
    if (canClaim()) {
      long allowed = config.dequeueStrategy() == DequeueStrategy.DEFAULT ? jobsAllowed() : 1;
      while (!free.isEmpty() && claimants.size() < Math.min(allowed, most)) {
        claimants.add(free.remove());
      }
      for (JobExchange.Ended run : outcomes) {
        // One that is to leave has its outcome stored first.
        if (claimants.size() < allowed && !leaving.contains(run.slot())) {
          claimants.add(run.slot());
        }
      }
    }
    underWay++;
    claimsUnderWay += claimants.size();
    return new Send(outcomes, claimants);
  }

  /**
   * How many outcomes, and free slots, one turn has. While one half of the slots runs jobs, Redis
   * works for the other; were all in one turn, they would wait for each other.
   */
  private int mostAtOnce() {
    return overlaps ? (slots + 1) / 2 : slots;
  }

  private boolean canClaim() {
    return workInSight && !stopRequested && !suspended && !blocked && jobsAllowed() > 0;
  }

  private long jobsAllowed() {
    return config.maxJobs().isPresent()
        ? config.maxJobs().getAsLong() - claimedJobs - claimsUnderWay
        : Long.MAX_VALUE;
  }

  private Dispatcher.@Nullable End end() {
    boolean allFree = ended.isEmpty() && free.size() == slots;
    if (abandoned || slots == 0 || (stopRequested && allFree)) {
      return Dispatcher.End.STOPPED;
    }
    if (jobsAllowed() <= 0 && allFree) {
      return Dispatcher.End.MAX_JOBS;
    }
    if (config.burst() && suspended && allFree) {
      return Dispatcher.End.BURST_SUSPENDED;
    }
    if (config.burst() && (!workInSight || blocked) && allFree) {
      return Dispatcher.End.BURST_DONE;
    }
    boolean longIdle = config.maxIdleTime().isPresent() && isIdle() && idleNanosLeft() <= 0;
    return longIdle ? Dispatcher.End.IDLE : null;
  }

  /**
   * The replies to a turn have come.
   *
   * @return whether the queues are empty, as far as is known: somebody has to call {@link
   *     #workArrived} when they no longer are
   */
  boolean settle(Send turn, JobExchange.Claims claims) {
    lock.lock();
    try {
      underWay--;
      claimsUnderWay -= turn.claimants().size();
      claimedJobs += claims.claims().size();
      Set<Slot> unused = new LinkedHashSet<>(turn.claimants());
      turn.outcomes().forEach(outcome -> unused.add(outcome.slot()));
      claims.claims().forEach(claim -> unused.remove(claim.slot()));
      free.addAll(unused);
      if (!turn.claimants().isEmpty()) {
        suspended = claims.state() == JobExchange.State.SUSPENDED;
        blocked = claims.state() == JobExchange.State.BLOCKED;
      }
      if (suspended || blocked || !turn.outcomes().isEmpty() || !claims.claims().isEmpty()) {
        idleSince = System.nanoTime();
      }
      boolean drained = claims.state() == JobExchange.State.DRAINED;
      if (!turn.claimants().isEmpty()) {
        // Whatever those found that were sent before: this one looked last.
        workInSight = !drained;
      }
      return drained;
    } finally {
      lock.unlock();
    }
  }

  /** A turn has failed: what was to be done in it is to be done again. */
  void takeBack(Send turn) {
    lock.lock();
    try {
      underWay--;
      claimsUnderWay -= turn.claimants().size();
      List<Slot> claimants = new ArrayList<>(turn.claimants());
      List<JobExchange.Ended> outcomes = new ArrayList<>(turn.outcomes());
      Collections.reverse(outcomes);
      for (JobExchange.Ended outcome : outcomes) {
        claimants.remove(outcome.slot());
        ended.addFirst(outcome);
      }
      free.addAll(claimants);
      workInSight = true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits before the next attempt; shorter while somebody waits for the end. */
  void pause(Duration wait) throws InterruptedException {
    lock.lock();
    try {
      long end = System.nanoTime() + wait.toNanos();
      boolean hurried = false;
      while (!abandoned && end - System.nanoTime() > 0) {
        if (stopRequested && !hurried) {
          hurried = true;
          end = Math.min(end, System.nanoTime() + HURRIED_PAUSE.toNanos());
        }
        changed.awaitNanos(end - System.nanoTime());
      }
    } finally {
      lock.unlock();
    }
  }
}
