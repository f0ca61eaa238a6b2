package io.github.rq4j.worker;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a function can do to its job at Redis while it runs. All methods throw {@link
 * RedisUnavailableException} where Redis cannot be reached and {@link RedisCommandException} where
 * it refuses.
 */
interface RunningJobs {
  /** A job's serialized meta; null where it has none. */
  byte @Nullable [] readMeta(String id);

  /** Replaces a job's serialized meta; false where the job is gone. */
  boolean writeMeta(String id, byte[] meta);

  /** Lets a claim expire that much later; false where the job is no longer this run's. */
  boolean extend(RunId run, Duration ttl);

  /**
   * One run of a job.
   *
   * @param jobId the job
   * @param executionId the run
   * @param origin the queue under which it is registered
   */
  record RunId(String jobId, String executionId, String origin) {}
}
