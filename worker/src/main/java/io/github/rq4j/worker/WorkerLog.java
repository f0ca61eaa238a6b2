package io.github.rq4j.worker;

import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.RqException;
import io.github.rq4j.client.wire.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What a worker says, worded as {@code rq worker} words it, so that log filters keep working. */
final class WorkerLog {
  private static final Logger log = LoggerFactory.getLogger(RqWorker.class);

  private final WorkerConfig config;
  private boolean suspended;
  private String trouble = "";

  WorkerLog(WorkerConfig config) {
    this.config = config;
  }

  void started() {
    log.info(
        "Worker {}: started with PID {}, {} slot{}",
        config.name(),
        ProcessHandle.current().pid(),
        config.concurrency(),
        config.concurrency() == 1 ? "" : "s");
    log.info("*** Listening on {}...", String.join(", ", config.queues()));
  }

  void claimed(JobExchange.Claim claim) {
    ClaimedJob job = claim.job();
    if (config.logJobDescription()) {
      log.info(
          "Worker {}: {}: {} ({})", claim.slot().name(), job.origin(), job.description(), job.id());
    } else {
      log.info("Worker {}: {}: {}", claim.slot().name(), job.origin(), job.id());
    }
  }

  /** Says once when a suspension begins. For the dispatcher's thread. */
  void suspended(boolean now) {
    if (now && !suspended) {
      log.info("Worker {}: suspended, run `rq resume` to resume", config.name());
    }
    suspended = now;
  }

  void ended(JobExchange.Ended ended) {
    String worker = ended.slot().name();
    ClaimedJob job = ended.job();
    StoredJob hash = job.job();
    Instant now = config.clock().instant();
    if (ended.outcome().outcome() instanceof Outcome.Failed) {
      RetryPlan.of(hash, now)
          .ifPresent(plan -> again(job, plan.dueEpochSeconds(), plan.retriesLeft()));
      return;
    }
    if (ended.outcome().outcome() instanceof Outcome.Killed killed) {
      log.warn("Worker {}: job {} failed ({})", worker, job.id(), killed.text());
      return;
    }
    if (ended.outcome().outcome() instanceof Outcome.Refused) {
      return;
    }
    if (ended.outcome().outcome() instanceof Outcome.Stopped) {
      log.warn("Worker {}: job {} stopped by user, moved to FailedJobRegistry", worker, job.id());
      return;
    }
    if (ended.outcome().outcome() instanceof Outcome.Requeued) {
      log.warn(
          "Worker {}: job {} did not end in time and is back at the front of queue {}",
          worker,
          job.id(),
          job.queue());
      return;
    }
    if (ended.outcome().outcome() instanceof Outcome.Retried retried) {
      int most = retried.retry().max();
      ReturnedRetryPlan.of(hash, retried.retry(), now)
          .ifPresentOrElse(
              plan -> again(job, plan.dueEpochSeconds(), most - plan.retries()),
              () ->
                  log.warn(
                      "Worker {}: job {} has exceeded maximum retry attempts ({})",
                      worker,
                      job.id(),
                      most));
      return;
    }
    RepeatPlan.of(hash, now)
        .ifPresent(
            plan ->
                log.info(
                    "Worker {}: job {} scheduled to repeat ({} left)",
                    worker,
                    job.id(),
                    plan.repeatsBefore()));
    if (config.logJobDescription() && log.isInfoEnabled()) {
      log.info(
          "Successfully completed {} job in {}s on worker {}",
          job.description(),
          clock(ended.outcome().took()),
          worker);
    }
    log.info("Worker {}: {}: Job OK ({})", worker, job.origin(), job.id());
    long ttl = JobTtl.result(job.job(), config.resultTtl());
    if (ttl == 0) {
      log.info("Worker {}: job {} result discarded immediately", worker, job.id());
    } else if (ttl < 0) {
      log.info(
          "Worker {}: job {} result will never expire, clean up result key manually",
          worker,
          job.id());
    } else {
      log.info("Worker {}: job {} result is kept for {} seconds", worker, job.id(), ttl);
    }
  }

  private static void again(ClaimedJob job, long dueEpochSeconds, long left) {
    if (dueEpochSeconds > 0) {
      Instant due = Instant.ofEpochSecond(dueEpochSeconds);
      log.info("Job {}: scheduled for retry at {}, {} remaining", job.id(), due, left);
    } else {
      log.info("Job {}: enqueued for retry, {} remaining", job.id(), left);
    }
  }

  /** Said as soon as a run has failed, whatever follows. */
  static void failed(ExecutedJob job, String traceback) {
    log.error(
        "Worker {}: job {}: exception raised while executing ({})\n{}",
        job.workerName(),
        job.id(),
        job.functionName(),
        traceback.stripTrailing());
  }

  /** {@code 0:00:01.000769}, as Python prints a timedelta. */
  private static String clock(Duration took) {
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d.%06d",
        took.toHours(),
        took.toMinutesPart(),
        took.toSecondsPart(),
        took.toNanosPart() / 1_000);
  }

  /** Says once that Redis is of no use, and again when the reason is another. */
  void redisTrouble(RqException problem, Duration wait) {
    boolean unavailable = problem instanceof RedisUnavailableException;
    String message = String.valueOf(problem.getMessage());
    String kind = unavailable ? "unavailable" : message.split(" ", 2)[0];
    Level level = kind.equals(trouble) ? Level.DEBUG : Level.ERROR;
    trouble = kind;
    log.atLevel(level)
        .log(
            "Worker {}: {}: {} retrying in {} seconds...",
            config.name(),
            unavailable ? "could not connect to Redis instance" : "Redis refused a command",
            message,
            wait.toSeconds());
  }

  /** Says once that Redis is of use again. */
  void redisWorks() {
    if (!trouble.isEmpty()) {
      log.info("Worker {}: Redis is back", config.name());
      trouble = "";
    }
  }

  void mayHaveClaimed(RqException trouble) {
    log.warn(
        "Worker {}: a job may have been claimed without an answer and could not be put back; then it"
            + " will be declared abandoned: {}",
        config.name(),
        trouble.getMessage());
  }

  void warmShutdown() {
    log.info(
        "Worker {} [PID {}]: warm shut down requested",
        config.name(),
        ProcessHandle.current().pid());
  }

  void warmShutdown(String slot) {
    log.info("Worker {}: warm shut down requested, the other slots go on", slot);
  }

  void wornOut(String reason) {
    log.error(
        "Worker {} [PID {}]: {}: it takes no more jobs and ends when the running ones have ended;"
            + " its process has to be replaced by a new one",
        config.name(),
        ProcessHandle.current().pid(),
        reason);
  }

  void coldShutdown() {
    log.info("Worker {} [PID {}]: cold shut down", config.name(), ProcessHandle.current().pid());
  }

  void coldShutdown(String slot) {
    log.info("Worker {}: cold shut down, the other slots go on", slot);
  }

  void retired(String slot) {
    log.info("Worker {}: stopping on request", slot);
  }

  void unfinished(String slot, String jobId) {
    log.warn(
        "Worker {}: job {} did not end in time and is left in the started registry, from where it"
            + " will be declared abandoned",
        slot,
        jobId);
  }

  void quitting(Dispatcher.End end, long jobs) {
    switch (end) {
      case BURST_DONE -> log.info("Worker {}: done, quitting", config.name());
      case BURST_SUSPENDED -> {
        log.info("Worker {}: suspended in burst mode, exiting", config.name());
        log.info(
            "Worker {}: note: there could still be unfinished jobs on the queue", config.name());
      }
      case IDLE ->
          log.info(
              "Worker {}: idle for {} seconds, quitting",
              config.name(),
              config.maxIdleTime().map(Duration::toSeconds).orElse(0L));
      case MAX_JOBS ->
          log.info("Worker {}: finished executing {} jobs, quitting", config.name(), jobs);
      case STOPPED -> log.info("Worker {}: stopping on request", config.name());
    }
  }
}
