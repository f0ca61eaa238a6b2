package io.github.rq4j.worker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what remote commands ask for. Each is for the one slot that it was sent to, as RQ's is for
 * one worker. Says what RQ says.
 */
final class RemoteControl {
  private static final Logger log = LoggerFactory.getLogger(RqWorker.class);
  // Of two requests that come together RQ heeds one.
  private static final long SAME_REQUEST_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int LOOKS = 5;
  private static final Duration LOOK_PAUSE = Duration.ofMillis(20);

  private final Consumer<Slot> warm;
  private final Consumer<Slot> cold;
  private final LongSupplier nanoTime;
  private final Map<String, Long> firstRequests = new ConcurrentHashMap<>();

  /**
   * Prepares the control.
   *
   * @param warm ends a slot when it is idle
   * @param cold ends a slot and what it is running
   * @param nanoTime as {@link System#nanoTime}
   */
  RemoteControl(Consumer<Slot> warm, Consumer<Slot> cold, LongSupplier nanoTime) {
    this.warm = warm;
    this.cold = cold;
    this.nanoTime = nanoTime;
  }

  /** Obeys a payload that was published on a slot's channel; what it does not know, it leaves. */
  void obey(Slot slot, byte[] payload) {
    RemoteCommand command = RemoteCommand.parse(payload).orElse(null);
    if (command == null) {
      log.warn(
          "Worker {}: {} bytes on its command channel are no command, ignored",
          slot.name(),
          payload.length);
      return;
    }
    switch (command.name()) {
      case "shutdown" -> shutDown(slot);
      case "kill-horse" -> kill(slot);
      case "stop-job" -> stopJob(slot, command.jobId());
      case "stop-execution" -> stopExecution(slot, command.executionId());
      default -> log.debug("Worker {}: command {} is not known", slot.name(), command.name());
    }
  }

  private void shutDown(Slot slot) {
    log.info("Worker {}: Received shutdown command.", slot.name());
    long now = nanoTime.getAsLong();
    Long first = firstRequests.putIfAbsent(slot.name(), now);
    if (first == null) {
      warm.accept(slot);
    } else if (now - first >= SAME_REQUEST_NANOS) {
      cold.accept(slot);
    } else {
      log.debug(
          "Worker {}: shutdown signal ignored, received twice in less than 1 second", slot.name());
    }
  }

  private static void kill(Slot slot) {
    log.info("Worker {}: Received kill horse command.", slot.name());
    if (interrupt(slot, running -> true, Interruption.kill())) {
      log.info("Worker {}: Killing horse...", slot.name());
    } else {
      log.info("Worker {}: Worker is not working, kill horse command ignored", slot.name());
    }
  }

  private static void stopJob(Slot slot, String jobId) {
    if (!interrupt(slot, running -> running.id().equals(jobId), Interruption.stop())) {
      log.warn("Worker {}: Not working on job {}, command ignored.", slot.name(), jobId);
    }
  }

  private static void stopExecution(Slot slot, String id) {
    if (!interrupt(slot, running -> running.executionId().equals(id), Interruption.stop())) {
      log.warn("Worker {}: Not running execution {}, command ignored.", slot.name(), id);
    }
  }

  private static boolean interrupt(Slot slot, Predicate<ClaimedJob> meant, Interruption cause) {
    Execution execution = meantBy(meant, slot);
    return execution != null && slot.interrupt(execution, cause);
  }

  /**
   * What the slot is running, if the command means it. Others see a job as started a moment before
   * the worker hears that it has claimed it: a command may overtake that.
   */
  private static @Nullable Execution meantBy(Predicate<ClaimedJob> meant, Slot slot) {
    for (int look = 0; look < LOOKS; look++) {
      Execution execution = slot.current();
      if (execution != null && meant.test(execution.claimed())) {
        return execution;
      }
      try {
        Thread.sleep(LOOK_PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return null;
  }
}
