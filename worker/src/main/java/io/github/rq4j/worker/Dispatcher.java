package io.github.rq4j.worker;

import io.github.rq4j.client.RqException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The worker's main loop: stores the outcomes of the runs that ended and claims jobs for the slots
 * that are free, all in one round trip. While Redis works on one such turn, the next is already
 * sent. Sleeps while there is neither an outcome nor a free slot with work in sight, and also where
 * the thread that brings the news takes the turn itself, as {@link Turns} decides.
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

  // How long to try to put back at the end what a lost claim may have taken.
  private static final Duration GIVE_BACK = Duration.ofSeconds(3);
  private static final Duration GIVE_BACK_PAUSE = Duration.ofMillis(100);

  private final WorkerConfig config;
  private final JobExchange exchange;
  private final Runnable onDrained;
  private final Consumer<Slot> onRetired;
  private final WorkerLog workerLog;
  private final Backoff backoff = new Backoff();
  private final Turns turns;
  private final Deque<UnderWay> underWay = new ArrayDeque<>();

  private record UnderWay(Turns.Send turn, JobExchange.Sent sent) {}

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
    this.turns = new Turns(config, exchange.mayOverlap());
  }

  /** Adds a slot before the loop starts. */
  void add(Slot slot) {
    turns.add(slot);
  }

  /** Tells that a queue may have a job, and claims it where the loop sleeps. */
  void workArrived() {
    take(turns.workArrived());
  }

  /** How many jobs were claimed. */
  long claimedJobs() {
    return turns.claimedJobs();
  }

  /** Asks the loop to end when the running jobs have ended. */
  void stop() {
    turns.stop();
  }

  /** Asks the loop to end at once, whatever is still running. */
  void abandon() {
    turns.abandon();
  }

  /** Takes a slot out of service as soon as it is free; the loop ends with the last one. */
  void retire(Slot slot) {
    turns.retire(slot);
  }

  /** Takes a slot out of service whose job was abandoned: no outcome will come. */
  void retireAbandoned(Slot slot) {
    turns.retireAbandoned(slot);
  }

  @Override
  public void ended(Slot slot, Execution execution, Outcome.Timed outcome, Duration worked) {
    take(turns.ended(new JobExchange.Ended(slot, execution.claimed(), outcome, worked)));
  }

  /** Takes a turn in the thread that brought the news, if it is to. */
  private void take(Turns.@Nullable Send turn) {
    if (turn == null) {
      return;
    }
    try {
      complete(sent(turn));
      turns.leave();
    } catch (RuntimeException | Error e) {
      turns.leave(turn, e);
    }
  }

  /** Runs the loop until it is asked to end or has nothing more to do. */
  End run() throws InterruptedException {
    while (true) {
      Turns.Next next = turns.await();
      if (next instanceof Turns.Finish finish) {
        giveBackUnanswered();
        return finish.end();
      }
      if (next instanceof Turns.Retire retire) {
        giveBackUnanswered();
        retire.slots().forEach(onRetired);
      } else if (next instanceof Turns.Send turn) {
        send(turn);
      } else if (next instanceof Turns.Recover recover) {
        recover(recover);
      } else {
        receive();
      }
    }
  }

  private void send(Turns.Send turn) throws InterruptedException {
    try {
      underWay.add(sent(turn));
    } catch (RqException e) {
      recover(turn, e);
    }
  }

  private UnderWay sent(Turns.Send turn) {
    return new UnderWay(turn, exchange.send(turn.outcomes(), turn.claimants()));
  }

  private void receive() throws InterruptedException {
    UnderWay first = underWay.remove();
    try {
      complete(first);
    } catch (RqException e) {
      recover(first.turn(), e);
    }
  }

  private void complete(UnderWay first) {
    receive(first);
    backoff.reset();
    workerLog.redisWorks();
  }

  private void receive(UnderWay first) {
    JobExchange.Claims claims = exchange.receive(first.sent());
    claims.stored().forEach(workerLog::ended);
    for (JobExchange.Claim claim : claims.claims()) {
      workerLog.claimed(claim);
      claim.slot().run(claim.job());
    }
    if (!first.turn().claimants().isEmpty()) {
      boolean suspended = claims.state() == JobExchange.State.SUSPENDED;
      workerLog.suspended(suspended && !config.burst());
    }
    if (turns.settle(first.turn(), claims)) {
      onDrained.run();
    }
  }

  private void recover(Turns.Recover another) throws InterruptedException {
    if (another.failure() instanceof RqException e) {
      recover(another.turn(), e);
    } else {
      throw new IllegalStateException("a turn failed", another.failure());
    }
  }

  /** Begins anew with a turn that failed, and with those that were under way beside it. */
  private void recover(Turns.Send failed, RqException failure) throws InterruptedException {
    Deque<Turns.Send> lost = new ArrayDeque<>();
    lost.push(failed);
    while (!underWay.isEmpty()) {
      UnderWay next = underWay.remove();
      try {
        receive(next);
      } catch (RqException e) {
        lost.push(next.turn());
      }
    }
    lost.forEach(turns::takeBack);
    Duration wait = backoff.next();
    workerLog.redisTrouble(failure, wait);
    exchange.reconnect();
    turns.pause(wait);
  }

  /** A claim may have taken a job that no slot is going to run any more. */
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
}
