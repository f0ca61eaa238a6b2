package io.github.rq4j.client;

import io.github.rq4j.client.JobRegistry.Kind;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Reply;
import java.util.List;
import java.util.function.Function;

/**
 * What is done to all entries of a registry, so many in a step that Redis is not kept busy for
 * long. Immutable.
 */
record RegistryUpkeep(RqClient client, String queue, Kind kind) {
  private static final int CHUNK = 200;

  /**
   * Puts the jobs of the first entries back into their queues.
   *
   * @param entries how many to look at
   * @return how many were requeued
   */
  long requeueAll(long entries) {
    JobRegistry registry = new JobRegistry(client, queue, kind);
    long left = entries;
    long skipped = 0;
    long requeued = 0;
    while (left > 0) {
      List<String> ids = registry.jobIds(skipped, (int) Math.min(left, CHUNK));
      if (ids.isEmpty()) {
        break;
      }
      long moved = count(ids, id -> new Steering(client).requeue(id, kind, queue, false));
      requeued += moved;
      skipped += ids.size() - moved;
      left -= ids.size();
    }
    return requeued;
  }

  /** Sends a call for each id and counts the replies that tell of success. */
  private long count(List<String> ids, Function<String, Command> call) {
    List<Command> calls = ids.stream().map(call).toList();
    List<Reply> replies = client.server().with(connection -> connection.pipeline(calls));
    return replies.stream().filter(RegistryUpkeep::isSuccess).count();
  }

  private static boolean isSuccess(Reply reply) {
    return reply.orThrow().value() instanceof Long number
        ? number == 1
        : "requeued".equals(reply.asText());
  }

  /** Does what RQ does when it maintains the registry; returns how many entries it concerned. */
  long cleanup() {
    return switch (kind) {
      case FINISHED, FAILED -> expire();
      case STARTED -> takeOverAbandoned();
      case READY -> enqueueReady();
      case DEFERRED, SCHEDULED, CANCELED -> 0;
    };
  }

  private long now() {
    return client.clock().instant().getEpochSecond();
  }

  private long expire() {
    long expired = 0;
    while (true) {
      long removed = client.call(Steering.expire(kind.key(queue), now(), CHUNK)).asLong();
      expired += removed;
      if (removed < CHUNK) {
        return expired;
      }
    }
  }

  private long takeOverAbandoned() {
    long concerned = 0;
    while (true) {
      Command over = Command.of("ZRANGEBYSCORE", kind.key(queue), "0").add(now());
      List<String> members = client.call(over.add("LIMIT").add(0).add(CHUNK)).asTexts();
      // Each call removes its entry, unless the worker was heard of meanwhile.
      concerned += count(members, this::takeOver);
      if (members.size() < CHUNK) {
        return concerned;
      }
    }
  }

  private Command takeOver(String member) {
    String id = RegistryEntry.of(member, "0").jobId();
    return new Steering(client).abandoned(id, queue, member);
  }

  private long enqueueReady() {
    long enqueued = 0;
    while (true) {
      List<Reply> reply = client.call(new Steering(client).enqueueReady(queue, CHUNK)).asList();
      enqueued += reply.get(1).asLong();
      if (reply.get(0).asLong() < CHUNK) {
        return enqueued;
      }
    }
  }
}
