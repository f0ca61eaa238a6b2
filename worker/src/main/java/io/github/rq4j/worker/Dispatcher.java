package io.github.rq4j.worker;

import io.github.rq4j.client.RqException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The worker's main loop, in one thread: stores the outcomes of the runs that ended and claims jobs
 * for the slots that are free, all in one round trip. Sleeps while there is neither an outcome nor
 * a free slot with work in sight.
 */
final class Dispatcher implements Slot.Listener {
  /** How the loop came to its end. */
  enum End {
    BURST_DONE,
    BURST_SUSPENDED,
    MAX_JOBS,
    IDLE,
    STOPPED
  }

  // RQ's workers, too, look once a second whether a suspension is over.
  private static final Duration SUSPENSION_POLL = Duration.ofSeconds(1);
  private static final Duration HURRIED_PAUSE = Duration.ofSeconds(1);
  // How long to try to put back at the end what a lost claim may have taken.
  private static final Duration GIVE_BACK = Duration.ofSeconds(3);
  private static final Duration GIVE_BACK_PAUSE = Duration.ofMillis(100);

  private final WorkerConfig config;
  private final JobExchange exchange;
  private final Runnable onDrained;
  private final Consumer<Slot> onRetired;
  private final WorkerLog workerLog;
  private final Backoff backoff = new Backoff();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final BriefSpin spin = new BriefSpin();
  private final Deque<JobExchange.Ended> ended = new ArrayDeque<>();
  private final Deque<Slot> free = new ArrayDeque<>();
  private final Set<Slot> leaving = new HashSet<>();
  private int slots;
  private boolean workInSight = true;
  private boolean suspended;
  private boolean blocked;
  private long idleSince = System.nanoTime();
  private boolean stopRequested;
  private boolean abandoned;
  private long claimedJobs;

  /**
   * Prepares the loop.
   *
   * @param onDrained called when the queues were found empty: from then on somebody has to call
   *     {@link #workArrived} when they no longer are
   * @param onRetired told of each slot that was taken out of service
   */
  Dispatcher(
      WorkerConfig config,
      JobExchange exchange,
      WorkerLog workerLog,
      Runnable onDrained,
      Consumer<Slot> onRetired) {
    this.config = config;
    this.exchange = exchange;
    this.workerLog = workerLog;
    this.onDrained = onDrained;
    this.onRetired = onRetired;
    this.slots = config.concurrency();
  }

  /** Adds a slot before the loop starts. */
  void add(Slot slot) {
    free.add(slot);
  }

  /** Tells that a queue may have a job. */
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

  /** Asks the loop to end when the running jobs have ended. */
  void stop() {
    signal(() -> stopRequested = true);
  }

  /** Asks the loop to end at once, whatever is still running. */
  void abandon() {
    signal(
        () -> {
          stopRequested = true;
          abandoned = true;
        });
  }

  /** Takes a slot out of service as soon as it is free; the loop ends with the last one. */
  void retire(Slot slot) {
    signal(() -> leaving.add(slot));
  }

  /** Takes a slot out of service whose job was abandoned: no outcome will come. */
  void retireAbandoned(Slot slot) {
    signal(
        () -> {
          leaving.add(slot);
          free.add(slot);
        });
  }

  @Override
  public void ended(Slot slot, Execution execution, Outcome.Timed outcome, Duration worked) {
    signal(() -> ended.add(new JobExchange.Ended(slot, execution.claimed(), outcome, worked)));
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

  /** Runs the loop until it is asked to end or has nothing more to do. */
  End run() throws InterruptedException {
    while (true) {
      Turn turn = awaitTurn();
      End end = turn.end();
      if (end != null || !turn.retired().isEmpty()) {
        giveBackUnanswered();
      }
      if (end != null) {
        return end;
      }
      if (!turn.retired().isEmpty()) {
        turn.retired().forEach(onRetired);
        continue;
      }
      try {
        carryOut(turn);
        backoff.reset();
        workerLog.redisWorks();
      } catch (RqException e) {
        takeBack(turn);
        Duration wait = backoff.next();
        workerLog.redisTrouble(e, wait);
        exchange.reconnect();
        pause(wait);
      }
    }
  }

  /** What one round trip is to do, or why there is none any more. */
  private record Turn(
      List<JobExchange.Ended> outcomes, List<Slot> free, List<Slot> retired, @Nullable End end) {}

  private Turn awaitTurn() throws InterruptedException {
    boolean spun = false;
    lock.lock();
    try {
      while (true) {
        @Nullable End end = end();
        if (end != null) {
          return new Turn(List.of(), List.of(), List.of(), end);
        }
        List<Slot> retired = takeLeaving();
        if (!retired.isEmpty()) {
          return new Turn(List.of(), List.of(), retired, null);
        }
        if (!ended.isEmpty() || (canClaim() && !free.isEmpty())) {
          return nextTurn();
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
    slots -= retired.size();
    return retired;
  }

  private Turn nextTurn() {
    List<JobExchange.Ended> outcomes = new ArrayList<>(ended);
    ended.clear();
    outcomes.forEach(outcome -> free.add(outcome.slot()));
    if (!outcomes.isEmpty() && config.burst()) {
      // A job may have enqueued others.
      workInSight = true;
    }
    List<Slot> claimants = new ArrayList<>();
    long atOnce = config.dequeueStrategy() == DequeueStrategy.DEFAULT ? jobsAllowed() : 1;
    while (canClaim() && !free.isEmpty() && claimants.size() < atOnce) {
      claimants.add(free.remove());
    }
    claimants.removeIf(this::keepBack);
    return new Turn(outcomes, claimants, List.of(), null);
  }

  /** A slot that ended its job in this turn and is to leave: in the next, its outcome is stored. */
  private boolean keepBack(Slot slot) {
    return leaving.contains(slot) && free.add(slot);
  }

  private boolean canClaim() {
    return workInSight && !stopRequested && !suspended && !blocked && jobsAllowed() > 0;
  }

  private long jobsAllowed() {
    return config.maxJobs().isPresent()
        ? config.maxJobs().getAsLong() - claimedJobs
        : Long.MAX_VALUE;
  }

  private @Nullable End end() {
    boolean allFree = ended.isEmpty() && free.size() == slots;
    if (abandoned || slots == 0 || (stopRequested && allFree)) {
      return End.STOPPED;
    }
    if (jobsAllowed() <= 0 && allFree) {
      return End.MAX_JOBS;
    }
    if (config.burst() && suspended && allFree) {
      return End.BURST_SUSPENDED;
    }
    if (config.burst() && (!workInSight || blocked) && allFree) {
      return End.BURST_DONE;
    }
    boolean longIdle = config.maxIdleTime().isPresent() && isIdle() && idleNanosLeft() <= 0;
    return longIdle ? End.IDLE : null;
  }

  /** A claim whose reply was lost may have taken a job that no slot is going to run any more. */
  private void giveBackUnanswered() throws InterruptedException {
    long end = System.nanoTime() + GIVE_BACK.toNanos();
    while (exchange.hasUnansweredClaims()) {
      try {
        exchange.giveBackUnanswered();
      } catch (RqException e) {
        if (System.nanoTime() - end > 0) {
          workerLog.mayHaveClaimed(e);
          return;
        }
        exchange.reconnect();
        Thread.sleep(GIVE_BACK_PAUSE.toMillis());
      }
    }
  }

  private void carryOut(Turn turn) {
    JobExchange.Claims claims = exchange.exchange(turn.outcomes(), turn.free());
    claims.stored().forEach(workerLog::ended);
    for (JobExchange.Claim claim : claims.claims()) {
      workerLog.claimed(claim);
      claim.slot().run(claim.job());
    }
    boolean drained = settle(turn, claims);
    if (drained) {
      onDrained.run();
    }
  }

  private boolean settle(Turn turn, JobExchange.Claims claims) {
    lock.lock();
    try {
      claimedJobs += claims.claims().size();
      List<Slot> unused = new ArrayList<>(turn.free());
      claims.claims().forEach(claim -> unused.remove(claim.slot()));
      free.addAll(unused);
      if (!turn.free().isEmpty()) {
        suspended = claims.state() == JobExchange.State.SUSPENDED;
        blocked = claims.state() == JobExchange.State.BLOCKED;
        workerLog.suspended(suspended && !config.burst());
      }
      if (suspended || blocked || !turn.outcomes().isEmpty() || !claims.claims().isEmpty()) {
        idleSince = System.nanoTime();
      }
      boolean drained = claims.state() == JobExchange.State.DRAINED;
      if (drained) {
        workInSight = false;
      }
      return drained;
    } finally {
      lock.unlock();
    }
  }

  private void takeBack(Turn turn) {
    lock.lock();
    try {
      turn.outcomes().forEach(outcome -> free.remove(outcome.slot()));
      List<Slot> claimants = new ArrayList<>(turn.free());
      for (JobExchange.Ended outcome : turn.outcomes()) {
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
  private void pause(Duration wait) throws InterruptedException {
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
