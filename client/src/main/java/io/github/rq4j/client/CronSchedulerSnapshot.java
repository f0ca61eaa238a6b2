package io.github.rq4j.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process of {@code rq cron}, at one moment (RQ 2.6 on). Immutable.
 *
 * @param name its name
 * @param hostname the machine
 * @param pid its process
 * @param configFile what it was started with
 * @param createdAt when it was started
 * @param lastHeartbeat when it was last heard of; RQ forgets it two minutes later
 * @param jobs what it enqueues (RQ 2.7 on)
 */
public record CronSchedulerSnapshot(
    String name,
    @Nullable String hostname,
    @Nullable Long pid,
    @Nullable String configFile,
    @Nullable Instant createdAt,
    @Nullable Instant lastHeartbeat,
    List<CronJobSnapshot> jobs) {}
