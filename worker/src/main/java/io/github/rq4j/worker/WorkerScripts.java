package io.github.rq4j.worker;

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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Builds the calls of the worker's scripts; each script's header says what the arguments mean. */
final class WorkerScripts {
  private static final Script CLAIM = Script.load(WorkerScripts.class, "claim.lua");
  private static final Script LOOK = Script.load(WorkerScripts.class, "look.lua");
  private static final Script FORWARD = Script.load(WorkerScripts.class, "forward.lua");
  private static final Script FINISH =
      Script.load(
          WorkerScripts.class, "enqueue.lua", "execution.lua", "dependents.lua", "finish.lua");
  private static final Script FAIL =
      Script.load(
          WorkerScripts.class, "enqueue.lua", "execution.lua", "dependents.lua", "fail.lua");
  private static final Script RETRY =
      Script.load(WorkerScripts.class, "execution.lua", "retry.lua");
  private static final Script STOP = Script.load(WorkerScripts.class, "execution.lua", "stop.lua");
  private static final Script REQUEUE =
      Script.load(WorkerScripts.class, "execution.lua", "requeue.lua");
  private static final Script HEARTBEAT = Script.load(WorkerScripts.class, "heartbeat.lua");
  private static final long MAXIMUM_EXECUTION_TTL = 90;
  // What one look at waiting jobs brings over the network at most, unless a single job is larger.
  private static final long LOOK_BYTES = 1 << 20;
  private static final byte[] CANNOT_START =
      Base64.getEncoder()
          .encode(
              CompressedText.compress(
                  "The job could not be started: its id, its origin, or one of the keys that RQ"
                      + " keeps for it is not what RQ writes. The field 'exc_info' of the job's"
                      + " hash says which.\n"));
  // What a claim writes into the job's hash, apart from the status.
  private static final List<String> CLAIMED_FIELDS =
      List.of(JobFields.STARTED_AT, JobFields.LAST_HEARTBEAT, JobFields.WORKER_NAME);

  private final WorkerConfig config;

  WorkerScripts(WorkerConfig config) {
    this.config = config;
  }

  /** Makes the server know the scripts that belong together in one round trip. */
  List<Command> load() {
    return List.of(
        CLAIM.load(),
        LOOK.load(),
        FORWARD.load(),
        FINISH.load(),
        FAIL.load(),
        RETRY.load(),
        STOP.load(),
        REQUEUE.load());
  }

  /** A slot that is free and the id of the execution that it would start. */
  record FreeSlot(String name, String executionId) {}

  /**
   * Claims a job for each slot.
   *
   * @param named the only jobs to take; null to take whatever comes first
   */
  Command claim(
      List<FreeSlot> slots,
      List<String> queues,
      @Nullable List<JobFinder.Found> named,
      Instant now) {
    List<String> keys = new ArrayList<>();
    keys.add(Keys.SUSPENDED);
    queues.forEach(queue -> keys.add(Keys.queue(queue)));
    Command command =
        CLAIM
            .call(keys)
            .add(queues.size())
            .add(Timestamps.text(now))
            .add(now.getEpochSecond())
            .add(Timestamps.epochSeconds(now))
            .add(slots.size())
            .add(named == null ? "0" : "1")
            .add(CANNOT_START);
    slots.forEach(slot -> command.add(slot.name()).add(slot.executionId()));
    if (named != null) {
      named.forEach(
          job -> command.add(queues.indexOf(job.queue())).add(job.id()).add(job.digest()));
    }
    return command;
  }

  /** Asks for the data of waiting jobs. */
  Command look(List<String> ids) {
    Command command = LOOK.call(List.of()).add(LOOK_BYTES);
    ids.forEach(command::add);
    return command;
  }

  /** Hands waiting jobs over to another queue. */
  Command forward(String queue, String target, List<JobFinder.Found> jobs) {
    List<String> keys = List.of(Keys.SUSPENDED, Keys.queue(queue), Keys.queue(target), Keys.QUEUES);
    Command command = FORWARD.call(keys).add(target);
    jobs.forEach(job -> command.add(job.id()).add(job.digest()));
    return command;
  }

  Command end(String worker, ClaimedJob claimed, Outcome.Timed timed, Instant now) {
    if (timed.outcome() instanceof Outcome.Finished finished) {
      return finish(worker, claimed, finished, timed.took(), now);
    }
    if (timed.outcome() instanceof Outcome.Stopped stopped) {
      return failure(STOP, worker, claimed, stopped.text(), timed.took(), now);
    }
    if (timed.outcome() instanceof Outcome.Requeued) {
      return requeue(worker, claimed, timed.took(), now);
    }
    String text =
        timed.outcome() instanceof Outcome.Killed killed
            ? killed.text()
            : ((Outcome.Failed) timed.outcome()).text();
    return RetryPlan.of(claimed.job(), now)
        .map(plan -> retry(worker, claimed, plan, timed.took(), now))
        .orElseGet(() -> failure(FAIL, worker, claimed, text, timed.took(), now));
  }

  private Command finish(
      String worker, ClaimedJob claimed, Outcome.Finished finished, Duration took, Instant now) {
    byte[] value = finished.value() == null ? new byte[0] : finished.value();
    String voidFields = finished.value() == null ? JobFields.RESULT : "";
    return ending(FINISH, worker, claimed, took, now, voidFields, JobFields.EXC_INFO)
        .add(resultTtl(claimed.job()))
        .add(finished.value() == null ? "0" : "1")
        .add(value)
        .add(Base64.getEncoder().encode(value))
        .add(Timestamps.epochSeconds(claimed.claimedAt()))
        .add(Timestamps.epochSeconds(now));
  }

  private Command failure(
      Script script, String worker, ClaimedJob claimed, String text, Duration took, Instant now) {
    byte[] compressed = CompressedText.compress(text);
    return ending(script, worker, claimed, took, now, JobFields.RESULT)
        .add(JobTtl.failure(claimed.job()))
        .add(compressed)
        .add(Base64.getEncoder().encode(compressed))
        .add(Timestamps.epochSeconds(claimed.claimedAt()))
        .add(Timestamps.epochSeconds(now));
  }

  private Command retry(
      String worker, ClaimedJob claimed, RetryPlan plan, Duration took, Instant now) {
    return ending(RETRY, worker, claimed, took, now, JobFields.RESULT)
        .add(plan.retriesLeft())
        .add(plan.dueEpochSeconds())
        .add(plan.atFront() ? "1" : "0");
  }

  /** Gives back what the claim has overwritten; empty, as RQ writes it, what was not there. */
  private Command requeue(String worker, ClaimedJob claimed, Duration took, Instant now) {
    Command command = ending(REQUEUE, worker, claimed, took, now).add(claimed.queue());
    for (String field : CLAIMED_FIELDS) {
      byte[] before = claimed.job().bytes(field);
      command.add(field).add(before == null ? new byte[0] : before);
    }
    return command;
  }

  long resultTtl(StoredJob job) {
    return JobTtl.result(job, config.resultTtl());
  }

  private Command ending(
      Script script,
      String worker,
      ClaimedJob claimed,
      Duration took,
      Instant now,
      String... voidFields) {
    List<String> present = new ArrayList<>();
    for (String field : voidFields) {
      if (!field.isEmpty() && claimed.job().bytes(field) != null) {
        present.add(field);
      }
    }
    return script
        .call(List.of(Keys.job(claimed.id())))
        .add(claimed.id())
        .add(claimed.executionId())
        .add(claimed.origin())
        .add(worker)
        .add(Timestamps.text(now))
        .add(now.getEpochSecond())
        .add(config.hashTtl())
        .add(seconds(took))
        .add(String.join(",", present));
  }

  Command heartbeat(String worker, Execution execution, Instant now) {
    ClaimedJob claimed = execution.claimed();
    long limit = execution.limit().orElse(MAXIMUM_EXECUTION_TTL);
    long monitoring = config.monitoringInterval().toSeconds();
    return HEARTBEAT
        .call(List.of(Keys.job(claimed.id())))
        .add(claimed.id())
        .add(claimed.executionId())
        .add(claimed.origin())
        .add(worker)
        .add(Timestamps.text(now))
        .add(now.getEpochSecond())
        .add(Timestamps.epochSeconds(now))
        .add(Math.min(limit, monitoring) + 60)
        .add(seconds(execution.elapsed()));
  }

  private static String seconds(Duration duration) {
    return String.format(
        Locale.ROOT, "%d.%06d", duration.toSeconds(), duration.toNanosPart() / 1_000);
  }
}
