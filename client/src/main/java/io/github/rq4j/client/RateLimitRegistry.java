package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.wire.Keys;
import java.util.List;
import java.util.OptionalLong;

/**
 * The jobs under one rate limit (RQ 3.0 on). Immutable; safe for use by many threads. Obtained from
 * {@link RqClient#rateLimit}.
 */
public final class RateLimitRegistry {
  private static final int CHUNK = 200;

  private final RqClient client;
  private final String key;

  RateLimitRegistry(RqClient client, String key) {
    this.client = client;
    this.key = key;
  }

  /** The name under which jobs share the limit. */
  public String key() {
    return key;
  }

  /** How many jobs may be queued or run at once; empty if there is no such limit. */
  public OptionalLong concurrency() {
    String text = client.call(Command.of("HGET", Keys.rateLimit(key), "concurrency")).asText();
    try {
      return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** The ids of the jobs that hold a place, the oldest first. */
  public List<String> allowedJobIds() {
    return client.call(Command.of("ZRANGE", Keys.rateLimitAllowed(key), "0", "-1")).asTexts();
  }

  /** The ids of a page of the jobs that wait for a place, the oldest first. */
  public List<String> waitingJobIds(long offset, int limit) {
    Paging.check(offset, limit);
    if (limit == 0) {
      return List.of();
    }
    Command range = Command.of("ZRANGE", Keys.rateLimitWaiting(key));
    return client.call(range.add(offset).add(offset + limit - 1)).asTexts();
  }

  /** How many jobs hold a place. */
  public long allowedCount() {
    return client.call(Command.of("ZCARD", Keys.rateLimitAllowed(key))).asLong();
  }

  /** How many jobs wait for a place. */
  public long waitingCount() {
    return client.call(Command.of("ZCARD", Keys.rateLimitWaiting(key))).asLong();
  }

  /**
   * Gives back the places of jobs that are over or gone, lets waiting jobs through, and forgets the
   * limit if no job is under it. RQ's workers do so from time to time. Redis is given a bounded
   * number of jobs at a time.
   */
  public void cleanup() {
    long needed = 0;
    while (needed >= 0) {
      needed = client.call(new Steering(client).cleanRateLimit(key, needed, CHUNK)).asLong();
    }
  }

  @Override
  public String toString() {
    return "RateLimitRegistry(" + key + ")";
  }
}
