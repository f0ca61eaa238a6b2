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
   * @throws IllegalArgumentException if the key is empty, has half of a surrogate pair or ends like
   *     what belongs to another key ({@code :allowed}, {@code :rate_limited}), or the concurrency
   *     is below 1
   */
  public RateLimit {
    Names.unlike("the key of a rate limit", key, ":allowed", ":rate_limited");
    if (concurrency < 1) {
      throw new IllegalArgumentException(
          "the concurrency of a rate limit must be at least 1, not " + concurrency);
    }
  }
}
