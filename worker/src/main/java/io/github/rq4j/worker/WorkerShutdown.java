package io.github.rq4j.worker;

import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
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

  private final RedisServer server;
  private final Registration registration;
  private final WorkerLog workerLog;
  private final Dispatcher dispatcher;
  private final List<Slot> slots;
  private final AtomicBoolean warm = new AtomicBoolean();
  private final AtomicBoolean cold = new AtomicBoolean();

  WorkerShutdown(
      RedisServer server,
      Registration registration,
      WorkerLog workerLog,
      Dispatcher dispatcher,
      List<Slot> slots) {
    this.server = server;
    this.registration = registration;
    this.workerLog = workerLog;
    this.dispatcher = dispatcher;
    this.slots = slots;
  }

  /** Takes no more jobs and ends when the running ones have ended. */
  void warm() {
    if (warm.compareAndSet(false, true)) {
      workerLog.warmShutdown();
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
    slots.forEach(this::abandon);
    dispatcher.abandon();
  }

  /** The same for one slot; the others go on. */
  void cold(Slot slot) {
    List<Slot> working = List.copyOf(slots);
    if (working.equals(List.of(slot))) {
      cold();
    } else if (working.contains(slot)) {
      workerLog.coldShutdown(slot.name());
      if (abandon(slot)) {
        dispatcher.retireAbandoned(slot);
      } else {
        dispatcher.retire(slot);
      }
    }
  }

  private boolean abandon(Slot slot) {
    Execution execution = slot.current();
    if (execution == null || !execution.abandon(Interruption.shutdown())) {
      return false;
    }
    workerLog.unfinished(slot.name(), execution.claimed().id());
    return true;
  }
}
