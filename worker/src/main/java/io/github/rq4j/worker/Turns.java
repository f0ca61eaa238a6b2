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

  /** Begin anew with this turn, which another thread took and which failed. */
  record Recover(Send turn, Throwable failure) implements Next {}

  /** End the loop. */
  record Finish(Dispatcher.End end) implements Next {}

  // RQ's workers, too, look once a second whether a suspension is over.
  private static final Duration SUSPENSION_POLL = Duration.ofSeconds(1);
  private static final Duration HURRIED_PAUSE = Duration.ofSeconds(1);
  // While Redis works on one, the next is written: more would wait there and not here.
  private static final int MOST_UNDER_WAY = 2;

  private final WorkerConfig config;
  private final boolean overlaps;
  private final boolean mayShare;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final BriefSpin spin = new BriefSpin();
  private final Supply supply;
  private final Deque<JobExchange.Ended> ended = new ArrayDeque<>();
  private final Deque<Slot> free = new ArrayDeque<>();
  private final Set<Slot> leaving = new HashSet<>();
  private int slots;
  private int underWay;
  // Whether a thread takes a turn; the others wait for it, or leave theirs to the loop.
  private boolean atWork = true;
  private @Nullable Recover failed;
  private long idleSince = System.nanoTime();
  private boolean stopRequested;
  private boolean abandoned;

  /**
   * Begins with no slots.
   *
   * @param overlaps whether a turn may be sent before the replies to the one before it came
   */
  Turns(WorkerConfig config, boolean overlaps) {
    this.config = config;
    this.overlaps = overlaps;
    this.supply = new Supply(config.maxJobs());
    // A virtual thread loses the connection that it reads from where it is interrupted.
    this.mayShare = config.threadKind() == JobThreads.PLATFORM;
  }

  /** Adds a slot before the first turn. */
  void add(Slot slot) {
    free.add(slot);
    slots++;
  }

  /**
   * A run has ended.
   *
   * @return the turn that the calling thread is to take, and {@link #leave} then; null where it is
   *     left to the loop
   */
  @Nullable Send ended(JobExchange.Ended run) {
    return news(() -> ended.add(run));
  }

  /**
   * A queue may have a job.
   *
   * @return as for {@link #ended}
   */
  @Nullable Send workArrived() {
    return news(supply::lookAgain);
  }

  /**
   * Where no job is running, whoever knows that there is something to do does it: to wake the loop
   * would take longer than that. Else there will soon be more to do in one turn.
   */
  private @Nullable Send news(Runnable change) {
    lock.lock();
    try {
      change.run();
      if (isOnlyNews() && hasTurn()) {
        atWork = true;
        return nextTurn();
      }
      wake();
      return null;
    } finally {
      lock.unlock();
    }
  }

  private boolean isOnlyNews() {
    return mayShare
        && !atWork
        && underWay == 0
        && ended.size() <= 1
        && free.size() + ended.size() == slots
        && leaving.isEmpty()
        && !stopRequested;
  }

  /** The turn that the calling thread took is settled. */
  void leave() {
    lock.lock();
    try {
      atWork = false;
      if (isLoopNeeded()) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The turn that the calling thread took has failed: the loop sees to it. */
  void leave(Send turn, Throwable failure) {
    lock.lock();
    try {
      failed = new Recover(turn, failure);
      leave();
    } finally {
      lock.unlock();
    }
  }

  private boolean isLoopNeeded() {
    boolean timed = supply.isHeldBack() || (config.maxIdleTime().isPresent() && isIdle());
    return failed != null || timed || hasTurn() || !leaving.isEmpty() || end() != null;
  }

  /** How many jobs were claimed. */
  long claimedJobs() {
    lock.lock();
    try {
      return supply.claimedJobs();
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
      wake();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    spin.happen();
    changed.signalAll();
  }

  /** Waits until there is something to do. */
  Next await() throws InterruptedException {
    boolean spun = false;
    lock.lock();
    try {
      atWork = false;
      while (true) {
        Next next = atWork ? null : next();
        if (next != null) {
          atWork = true;
          return next;
        }
        if (atWork) {
          changed.await();
        } else if (supply.isHeldBack() && !stopRequested) {
          if (!changed.await(SUSPENSION_POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            supply.lookAgainAnyway();
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
    Recover recover = failed;
    if (recover != null) {
      failed = null;
      return recover;
    }
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
    return free.size() == slots && ended.isEmpty() && supply.isEmpty();
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
      supply.lookAgain();
    }
    List<Slot> claimants = new ArrayList<>();
    if (canClaim()) {
      long allowed = config.dequeueStrategy() == DequeueStrategy.DEFAULT ? supply.allowed() : 1;
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
    supply.asked(claimants.size());
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
    return supply.mayHaveMore() && !stopRequested;
  }

  private Dispatcher.@Nullable End end() {
    boolean allFree = ended.isEmpty() && free.size() == slots;
    if (abandoned || slots == 0 || (stopRequested && allFree)) {
      return Dispatcher.End.STOPPED;
    }
    if (supply.allowed() <= 0 && allFree) {
      return Dispatcher.End.MAX_JOBS;
    }
    if (config.burst() && supply.isSuspended() && allFree) {
      return Dispatcher.End.BURST_SUSPENDED;
    }
    if (config.burst() && supply.isOverForBurst() && allFree) {
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
      Set<Slot> unused = new LinkedHashSet<>(turn.claimants());
      turn.outcomes().forEach(outcome -> unused.add(outcome.slot()));
      claims.claims().forEach(claim -> unused.remove(claim.slot()));
      free.addAll(unused);
      supply.answered(turn.claimants().size(), claims.claims().size(), claims.state());
      if (supply.isHeldBack() || !turn.outcomes().isEmpty() || !claims.claims().isEmpty()) {
        idleSince = System.nanoTime();
      }
      return claims.state() == JobExchange.State.DRAINED;
    } finally {
      lock.unlock();
    }
  }

  /** A turn has failed: what was to be done in it is to be done again. */
  void takeBack(Send turn) {
    lock.lock();
    try {
      underWay--;
      supply.unanswered(turn.claimants().size());
      List<Slot> claimants = new ArrayList<>(turn.claimants());
      List<JobExchange.Ended> outcomes = new ArrayList<>(turn.outcomes());
      Collections.reverse(outcomes);
      for (JobExchange.Ended outcome : outcomes) {
        claimants.remove(outcome.slot());
        ended.addFirst(outcome);
      }
      free.addAll(claimants);
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
