package io.github.rq4j.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler, which enqueues scheduled jobs when they are due, at one moment. Immutable.
 *
 * @param name its name; up to RQ 2.9 its process id, and then nothing else is known but its queues
 * @param hostname the machine
 * @param pid its process
 * @param queues the queues that it was started for
 * @param heldQueues the queues whose scheduled jobs it looks after
 * @param createdAt when it was started
 * @param lastHeartbeat when it was last heard of
 */
public record SchedulerSnapshot(
    String name,
    @Nullable String hostname,
    @Nullable Long pid,
    List<String> queues,
    List<String> heldQueues,
    @Nullable Instant createdAt,
    @Nullable Instant lastHeartbeat) {

  static SchedulerSnapshot of(String name, List<String> heldQueues, StoredHash hash) {
    return new SchedulerSnapshot(
        name,
        hash.text("hostname"),
        hash.number("pid"),
        hash.isEmpty() ? heldQueues : hash.names("queues"),
        heldQueues,
        hash.instant("created_at"),
        hash.instant("last_heartbeat"));
  }
}
