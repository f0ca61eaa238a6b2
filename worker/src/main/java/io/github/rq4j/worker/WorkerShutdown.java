package io.github.rq4j.worker;

import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a worker, or one of its slots, to its end: warm, where running jobs come to theirs, or
 * cold, where they are interrupted.
 */
final class WorkerShutdown {
  private static final Logger log = LoggerFactory.getLogger(WorkerShutdown.class);

  // How long storing the ends of interrupted jobs may take beyond their grace.
  private static final Duration STORING = Duration.ofSeconds(5);

  private final WorkerConfig config;
  private final RedisServer server;
  private final Registration registration;
  private final WorkerLog workerLog;
  private final Upkeep upkeep;
  private final Dispatcher dispatcher;
  private final Watchdog watchdog;
  private final List<Slot> slots;
  private final AtomicBoolean warm = new AtomicBoolean();
  private final AtomicBoolean cold = new AtomicBoolean();

  WorkerShutdown(
      WorkerConfig config,
      RedisServer server,
      Registration registration,
      WorkerLog workerLog,
      Upkeep upkeep,
      Dispatcher dispatcher,
      Watchdog watchdog,
      List<Slot> slots) {
    this.config = config;
    this.server = server;
    this.registration = registration;
    this.workerLog = workerLog;
    this.upkeep = upkeep;
    this.dispatcher = dispatcher;
    this.watchdog = watchdog;
    this.slots = slots;
  }

  /** Takes no more jobs and ends when the running ones have ended. */
  void warm() {
    if (warm.compareAndSet(false, true)) {
      workerLog.warmShutdown();
      upkeep.stop();
      dispatcher.stop();
      note(slots);
    }
  }

  /** The same for one slot; the others go on. */
  void warm(Slot slot) {
    List<Slot> working = List.copyOf(slots);
    if (working.equals(List.of(slot))) {
      warm();
    } else if (working.contains(slot)) {
      workerLog.warmShutdown(slot.name());
      dispatcher.retire(slot);
      note(List.of(slot));
    }
  }

  /** Shows to RQ that busy slots are asked to end. */
  private void note(List<Slot> asked) {
    List<String> busy =
        asked.stream().filter(slot -> slot.current() != null).map(Slot::name).toList();
    if (busy.isEmpty()) {
      return;
    }
    try (RedisConnection redis = server.borrow()) {
      registration.requestedShutdown(redis, busy);
    } catch (RqException e) {
      log.debug("the shutdown request could not be noted", e);
    }
  }

  /** Interrupts what is running and ends. */
  void cold() {
    if (!cold.compareAndSet(false, true)) {
      return;
    }
    warm.set(true);
    workerLog.coldShutdown();
    upkeep.stop();
    slots.forEach(this::interrupt);
    if (leavesStarted()) {
      dispatcher.abandon();
    } else {
      dispatcher.stop();
      var unused = watchdog.later(patience(), this::giveUpStoring);
    }
  }

  private void giveUpStoring() {
    log.error(
        "Worker {}: the ends of interrupted jobs could not be stored in time: they are left in the"
            + " started registry, from where they will be declared abandoned",
        config.name());
    dispatcher.abandon();
  }

  /** Whether running jobs were interrupted. */
  boolean isCold() {
    return cold.get();
  }

  private boolean leavesStarted() {
    return config.unfinishedJobs() == UnfinishedJobs.LEAVE_STARTED;
  }

  /** How long a cold shutdown may take: until functions came back or not, and that is stored. */
  Duration patience() {
    return leavesStarted() ? STORING : config.timeoutGrace().plus(STORING);
  }

  /** The same for one slot; the others go on. */
  void cold(Slot slot) {
    List<Slot> working = List.copyOf(slots);
    if (working.equals(List.of(slot))) {
      cold();
    } else if (working.contains(slot)) {
      workerLog.coldShutdown(slot.name());
      if (interrupt(slot) && leavesStarted()) {
        dispatcher.retireAbandoned(slot);
      } else {
        dispatcher.retire(slot);
      }
    }
  }

  private boolean interrupt(Slot slot) {
    Execution running = slot.current();
    if (!slot.shutDown(config.unfinishedJobs())) {
      return false;
    }
    if (leavesStarted() && running != null) {
      workerLog.unfinished(slot.name(), running.claimed().id());
    }
    return true;
  }
}
