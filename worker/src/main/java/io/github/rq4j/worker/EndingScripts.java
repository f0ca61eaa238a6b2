package io.github.rq4j.worker;

import io.github.rq4j.client.Dialect;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Script;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.client.wire.Timestamps;
import io.github.rq4j.codec.CompressedText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the calls of the scripts that store how runs ended; each script's header says what the
 * arguments mean.
 */
final class EndingScripts {
  /** What the slot does after a run, as far as the worker's hash is to show it. */
  enum Then {
    /** Nothing. */
    IDLE,
    /** Claims another job, in the same round trip, which then writes the hash. */
    CLAIMS_AGAIN,
    /** It is busy already. */
    HAS_ANOTHER_JOB
  }

  private static final Script COMMON =
      Script.load(RqClient.class, "enqueue.lua", "dependents.lua")
          .followedBy(
              EndingScripts.class,
              "delete_job.lua",
              "execution.lua",
              "hand_over.lua",
              "follow_up.lua");
  private static final Script FINISH = ending("success.lua", "finish.lua");
  private static final Script REPEAT = ending("success.lua", "again.lua", "repeat.lua");
  private static final Script FAIL = ending("fail.lua");
  private static final Script RETRY = ending("again.lua", "retry.lua");
  private static final Script RETURNED_RETRY = ending("again.lua", "returned_retry.lua");
  private static final Script STOP = ending("stop.lua");
  private static final Script REQUEUE = ending("requeue.lua");
  // What a claim writes into the job's hash, apart from the status.
  static final List<String> CLAIMED_FIELDS =
      List.of(JobFields.STARTED_AT, JobFields.LAST_HEARTBEAT, JobFields.WORKER_NAME);

  private final WorkerConfig config;

  EndingScripts(WorkerConfig config) {
    this.config = config;
  }

  private static Script ending(String... parts) {
    return COMMON.followedBy(EndingScripts.class, parts);
  }

  /** Makes the server know the scripts. */
  List<Command> load() {
    return Stream.of(FINISH, REPEAT, FAIL, RETRY, RETURNED_RETRY, STOP, REQUEUE)
        .map(Script::load)
        .toList();
  }

  /** Stores how a run ended. */
  Command end(JobExchange.Ended ended, Then then, Instant now) {
    Outcome.Timed timed = ended.outcome();
    ClaimedJob claimed = ended.job();
    Run run = new Run(ended.slot().name(), claimed, ended.worked(), then, now);
    if (timed.outcome() instanceof Outcome.Refused refused) {
      return fail(run, refused.text(), null);
    }
    if (timed.outcome() instanceof Outcome.Finished finished) {
      return RepeatPlan.of(claimed.job(), now)
          .map(plan -> repeat(run, finished, plan))
          .orElseGet(() -> finish(run, finished));
    }
    if (timed.outcome() instanceof Outcome.Retried retried) {
      return ReturnedRetryPlan.of(claimed.job(), retried.retry(), now)
          .map(plan -> returnedRetry(run, retried, plan))
          .orElseGet(() -> retriedTooOften(run, retried));
    }
    if (timed.outcome() instanceof Outcome.Stopped stopped) {
      return stop(run, stopped);
    }
    if (timed.outcome() instanceof Outcome.Requeued) {
      return requeue(run);
    }
    String text;
    CallbackJob callback;
    if (timed.outcome() instanceof Outcome.Killed killed) {
      text = killed.text();
      callback = null;
    } else {
      Outcome.Failed failed = (Outcome.Failed) timed.outcome();
      text = failed.text();
      callback = failed.callback();
    }
    return RetryPlan.of(claimed.job(), now)
        .map(plan -> retry(run, callback, plan))
        .orElseGet(() -> fail(run, text, callback));
  }

  /** What every end of a run tells. */
  private record Run(
      String worker, ClaimedJob claimed, @Nullable Duration worked, Then then, Instant now) {
    StoredJob job() {
      return claimed.job();
    }
  }

  private Command finish(Run run, Outcome.Finished finished) {
    return followUp(succeeded(FINISH, run, finished), run, true, finished.callback());
  }

  private Command repeat(Run run, Outcome.Finished finished, RepeatPlan plan) {
    Command command =
        succeeded(REPEAT, run, finished)
            .add(plan.repeatsLeft())
            .add(plan.intervals())
            .add(plan.dueEpochSeconds())
            .add(JobTtl.waiting(run.job()));
    return followUp(command, run, plan.dueEpochSeconds() > 0, finished.callback());
  }

  private Command succeeded(Script script, Run run, Outcome.Finished finished) {
    byte[] value = finished.value() == null ? new byte[0] : finished.value();
    String voidFields = finished.value() == null ? JobFields.RESULT : "";
    Command command =
        ending(script, run, voidFields, JobFields.EXC_INFO)
            .add(resultTtl(run.job()))
            .add(finished.value() == null ? "0" : "1")
            .add(value)
            .add(Base64.getEncoder().encode(value));
    return addTimes(command, run);
  }

  private Command fail(Run run, String traceback, @Nullable CallbackJob callback) {
    Dialect dialect = config.dialect().of(run.job());
    Command command = ending(FAIL, run, JobFields.RESULT);
    if (config.disableDefaultExceptionHandler()) {
      command.add("");
    } else {
      command.add(JobTtl.failure(run.job()));
    }
    command
        .add(dialect.traceback(traceback))
        .add(Base64.getEncoder().encode(CompressedText.compress(traceback)));
    addTimes(command, run).add(dialect.hasFailedQueue() ? "1" : "0");
    return followUp(command, run, true, callback);
  }

  private Command stop(Run run, Outcome.Stopped stopped) {
    byte[] text = CompressedText.compress(stopped.text());
    Command command =
        ending(STOP, run, JobFields.RESULT)
            .add(JobTtl.failure(run.job()))
            .add(text)
            .add(Base64.getEncoder().encode(text));
    return followUp(addTimes(command, run), run, true, null);
  }

  private Command retriedTooOften(Run run, Outcome.Retried retried) {
    Command command =
        ending(FAIL, run, JobFields.RESULT, JobFields.EXC_INFO)
            .add(JobTtl.failure(run.job()))
            .add("")
            .add(Base64.getEncoder().encode(retried.value()));
    addTimes(command, run).add("0");
    return followUp(command, run, true, null);
  }

  private Command retry(Run run, @Nullable CallbackJob callback, RetryPlan plan) {
    Command command =
        ending(RETRY, run, JobFields.RESULT)
            .add(plan.retriesLeft())
            .add(plan.dueEpochSeconds())
            .add(plan.atFront() ? "1" : "0")
            .add(JobTtl.waiting(run.job()));
    return followUp(command, run, plan.dueEpochSeconds() > 0, callback);
  }

  private Command returnedRetry(Run run, Outcome.Retried retried, ReturnedRetryPlan plan) {
    Command command =
        ending(RETURNED_RETRY, run, JobFields.EXC_INFO)
            .add(JobTtl.failure(run.job()))
            .add(retried.value())
            .add(Base64.getEncoder().encode(retried.value()));
    addTimes(command, run)
        .add(plan.retries())
        .add(plan.dueEpochSeconds())
        .add(plan.atFront() ? "1" : "0")
        .add(JobTtl.waiting(run.job()));
    return followUp(command, run, plan.dueEpochSeconds() > 0, null);
  }

  private static Command addTimes(Command command, Run run) {
    return command
        .add(Timestamps.epochSeconds(run.claimed().claimedAt()))
        .add(Timestamps.epochSeconds(run.now()));
  }

  /**
   * Appends what few jobs need, and for all others nothing.
   *
   * @param releases whether the job gives up its place under a rate limit; one that is queued again
   *     keeps it
   */
  private static Command followUp(
      Command command, Run run, boolean releases, @Nullable CallbackJob callback) {
    String limit = releases ? rateLimit(run.job()) : null;
    if (limit != null || callback != null) {
      command.add(limit == null ? "" : limit);
    }
    if (callback != null) {
      callback.addTo(command);
    }
    return command;
  }

  /** The key of the job's rate limit; null where it has none. RQ asks for both fields. */
  private static @Nullable String rateLimit(StoredJob job) {
    return job.bytes(JobFields.RATE_LIMIT_CONCURRENCY) == null
        ? null
        : job.text(JobFields.RATE_LIMIT_KEY);
  }

  /** Puts a job back whose claim nobody heard of: its function was not called. */
  Command giveBack(String worker, ClaimedJob claimed, Instant now) {
    return requeue(new Run(worker, claimed, null, Then.IDLE, now));
  }

  /** Gives back what the claim has overwritten; empty, as RQ writes it, what was not there. */
  private Command requeue(Run run) {
    ClaimedJob claimed = run.claimed();
    Command command = ending(REQUEUE, run).add(claimed.queue());
    for (String field : CLAIMED_FIELDS) {
      byte[] before = claimed.job().bytes(field);
      command.add(field).add(before == null ? new byte[0] : before);
    }
    return command;
  }

  private String hashTtl(Then then) {
    return switch (then) {
      case IDLE -> Long.toString(config.hashTtl());
      case CLAIMS_AGAIN -> "";
      case HAS_ANOTHER_JOB -> "0";
    };
  }

  private long resultTtl(StoredJob job) {
    return JobTtl.result(job, config.resultTtl());
  }

  private Command ending(Script script, Run run, String... voidFields) {
    ClaimedJob claimed = run.claimed();
    List<String> present = new ArrayList<>();
    for (String field : voidFields) {
      if (!field.isEmpty() && claimed.job().bytes(field) != null) {
        present.add(field);
      }
    }
    if (claimed.job().bytes(JobFields.CRASHES) != null) {
      present.add(JobFields.CRASHES);
    }
    Duration worked = run.worked();
    return script
        .call(endingKeys(claimed))
        .add(claimed.id())
        .add(claimed.executionId())
        .add(claimed.origin())
        .add(run.worker())
        .add(config.dialect().of(run.job()).timestamp(run.now()))
        .add(run.now().getEpochSecond())
        .add(hashTtl(run.then()))
        .add(worked == null ? "" : RunTime.seconds(worked))
        .add(String.join(",", present));
  }

  private static List<String> endingKeys(ClaimedJob claimed) {
    StoredJob job = claimed.job();
    boolean hasWaited =
        job.bytes(JobFields.DEPENDENCY_IDS) != null || job.bytes(JobFields.DEPENDENCY_ID) != null;
    return hasWaited
        ? List.of(Keys.job(claimed.id()), Keys.dependencies(claimed.id()))
        : List.of(Keys.job(claimed.id()));
  }
}
