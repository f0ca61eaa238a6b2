package io.github.rq4j.worker;

import io.github.rq4j.worker.horse.Frame;
import io.github.rq4j.worker.horse.HorseChannel;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The horse that runs a slot's jobs in turn, until it is used up or ends. What the horse does not
 * end in time, this ends with the horse.
 */
final class SlotHorse {
  private static final Logger log = LoggerFactory.getLogger(SlotHorse.class);
  // What a horse may take to tell of a timeout, beyond its grace, before it is taken for stuck.
  private static final Duration MARGIN = Duration.ofSeconds(5);
  private static final int MOST_ATTEMPTS = 3;
  // Jobs may name any number; timers take no more than some.
  private static final long LONGEST_SECONDS = Duration.ofDays(3650).toSeconds();

  private final String slot;
  private final Horses horses;
  private final Watchdog watchdog;
  private final Duration grace;
  private final BiConsumer<Execution, Interruption> interrupt;
  private final Consumer<String> onNoHorse;
  private @Nullable Horse horse;
  private Runnable alarm = () -> {};

  /**
   * Prepares; takes no horse before the first job.
   *
   * @param grace how long a function may take to come back after its timeout
   * @param interrupt ends an execution that its horse does not end
   * @param onNoHorse told why no horse can be had
   */
  SlotHorse(
      String slot,
      Horses horses,
      Watchdog watchdog,
      Duration grace,
      BiConsumer<Execution, Interruption> interrupt,
      Consumer<String> onNoHorse) {
    this.slot = slot;
    this.horses = horses;
    this.watchdog = watchdog;
    this.grace = grace;
    this.interrupt = interrupt;
    this.onNoHorse = onNoHorse;
  }

  /**
   * Runs a job, and what follows it.
   *
   * @return null where it was interrupted before a horse had it
   */
  Outcome.@Nullable Timed run(Execution execution) {
    if (!execution.beginElsewhere(Thread.currentThread()::interrupt)) {
      return null;
    }
    try {
      Frame frame = JobFrames.run(slot, execution.claimed());
      return frame.body().length > HorseChannel.MAXIMUM_BODY
          ? timed(execution, new Outcome.Failed(FailureText.of(tooLarge(frame))))
          : run(execution, frame);
    } catch (InterruptedException e) {
      return execution.cancellation() == null ? timed(execution, new Outcome.Requeued()) : null;
    } catch (HorseStartException e) {
      log.error("Job {} was not begun and goes back to its queue", execution.claimed().id(), e);
      onNoHorse.accept(String.valueOf(e.getMessage()));
      return timed(execution, new Outcome.Requeued());
    } finally {
      setAlarm(() -> {});
    }
  }

  private static PythonError tooLarge(Frame frame) {
    return new PythonError("ValueError", "the job cannot be handed to a work horse: " + frame);
  }

  private static Outcome.Timed timed(Execution execution, Outcome outcome) {
    return new Outcome.Timed(outcome, execution.elapsed());
  }

  private Outcome.@Nullable Timed run(Execution execution, Frame frame)
      throws InterruptedException {
    for (int attempt = 1; true; attempt++) {
      Horse present = fit();
      if (!execution.beginElsewhere(present::kill)) {
        return null;
      }
      Horse.Report report = present.run(frame, seconds -> limit(execution, seconds));
      if (report instanceof Horse.Ran ran) {
        return ran.ended().outcome();
      }
      Horse.Died died = (Horse.Died) report;
      if (died.begun() || attempt == MOST_ATTEMPTS) {
        return timed(execution, new Outcome.Killed(died.status().text()));
      }
      log.debug("Job {}: {} ended before it had begun", execution.claimed().id(), present);
    }
  }

  private Horse fit() throws InterruptedException {
    Horse present = horse;
    if (present == null || !present.isFit()) {
      dismiss();
      present = horses.take();
      horse = present;
    }
    return present;
  }

  /** Application code begins in the horse that should be over in so many seconds. */
  private void limit(Execution execution, long seconds) {
    Runnable next =
        seconds <= 0
            ? () -> {}
            : watchdog.later(
                Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS)).plus(grace).plus(MARGIN),
                () -> interrupt.accept(execution, Interruption.overrun(seconds)));
    setAlarm(next);
  }

  private synchronized void setAlarm(Runnable cancelOfNext) {
    alarm.run();
    alarm = cancelOfNext;
  }

  /** Lets go of the horse where it can have no more jobs: the next job will have another. */
  void dismissIfUsedUp() {
    Horse present = horse;
    if (present != null && !present.isFit()) {
      dismiss();
    }
  }

  /** Lets go of the horse; it ends by itself, or is killed where it has a thread that does not. */
  void dismiss() {
    Horse present = horse;
    horse = null;
    if (present == null) {
      return;
    }
    if (present.isWornOut()) {
      present.kill();
    } else {
      present.sendAway();
      var unused = watchdog.later(grace, present::kill);
    }
  }
}
