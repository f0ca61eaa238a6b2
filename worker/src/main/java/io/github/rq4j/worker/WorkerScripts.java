package io.github.rq4j.worker;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Script;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.Timestamps;
import io.github.rq4j.codec.CompressedText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds the calls of the worker's scripts; each script's header says what the arguments mean. */
final class WorkerScripts {
  private static final Script CLAIM =
      Script.load(RqClient.class, "enqueue.lua", "dependents.lua")
          .followedBy(WorkerScripts.class, "quarantine.lua", "claim.lua");
  private static final Script LOOK = Script.load(WorkerScripts.class, "look.lua");
  private static final Script FORWARD = Script.load(WorkerScripts.class, "forward.lua");
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
  private final WorkerConfig config;

  WorkerScripts(WorkerConfig config) {
    this.config = config;
  }

  /** Makes the server know the scripts that find and claim jobs. */
  List<Command> load() {
    return Stream.of(CLAIM, LOOK, FORWARD).map(Script::load).toList();
  }

  /**
   * A slot that is free.
   *
   * @param executionId the id of the execution that it would start
   * @param worked how long it has worked in all, if it has just ended a job and its hash still
   *     shows that; else null
   * @param aliveUntil until when its hash lives at least, in Unix seconds; 0 where that is not
   *     known
   */
  record FreeSlot(String name, String executionId, @Nullable Duration worked, long aliveUntil) {}

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
            .add(config.dialect().timestamp(now))
            .add(now.getEpochSecond())
            .add(Timestamps.epochSeconds(now))
            .add(slots.size())
            .add(named == null ? "0" : "1")
            .add(CANNOT_START)
            .add(config.hashTtl());
    for (FreeSlot slot : slots) {
      Duration worked = slot.worked();
      command
          .add(slot.name())
          .add(slot.executionId())
          .add(worked == null ? "" : RunTime.seconds(worked))
          .add(slot.aliveUntil());
    }
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
        .add(RunTime.seconds(execution.elapsed()));
  }
}
