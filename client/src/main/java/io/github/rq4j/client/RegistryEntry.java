package io.github.rq4j.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job in a registry. Immutable.
 *
 * @param jobId the job
 * @param executionId which run of it, in the started registry of RQ 2.0 on; null elsewhere
 * @param time the registry's point in time for the job, see {@link JobRegistry.Kind}; null for
 *     never
 */
public record RegistryEntry(String jobId, @Nullable String executionId, @Nullable Instant time) {

  static RegistryEntry of(String member, String score) {
    int colon = member.indexOf(':');
    return new RegistryEntry(
        colon < 0 ? member : member.substring(0, colon),
        colon < 0 ? null : member.substring(colon + 1),
        Scores.instant(score));
  }
}
