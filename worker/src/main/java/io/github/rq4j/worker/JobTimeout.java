package io.github.rq4j.worker;

import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import java.util.OptionalLong;

/** How long a job may run, by RQ's rules. */
final class JobTimeout {
  /** RQ's limit for a job that names none. */
  private static final long DEFAULT_SECONDS = 180;

  private JobTimeout() {}

  /** Seconds; empty for a job without limit. */
  static OptionalLong of(StoredJob job) {
    Long seconds = job.number(JobFields.TIMEOUT);
    if (seconds == null) {
      return OptionalLong.of(DEFAULT_SECONDS);
    }
    return seconds > 0 ? OptionalLong.of(seconds) : OptionalLong.empty();
  }
}
