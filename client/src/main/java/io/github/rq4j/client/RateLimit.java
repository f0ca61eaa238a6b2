package io.github.rq4j.client;

/**
 * How many jobs of a kind may be queued or running at the same time; RQ's {@code RateLimit} (RQ 3.0
 * on). Immutable. Further jobs of that key wait in the status {@code rate_limited}. The concurrency
 * of the job that was enqueued last counts for all of its key.
 *
 * @param key what the jobs have in common
 * @param concurrency how many, at least 1
 */
public record RateLimit(String key, int concurrency) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the key is empty or the concurrency below 1
   */
  public RateLimit {
    Names.filled("the key of a rate limit", key);
    if (concurrency < 1) {
      throw new IllegalArgumentException(
          "the concurrency of a rate limit must be at least 1, not " + concurrency);
    }
  }
}
