package io.github.rq4j.cli.tail;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a job.
 *
 * @param time when; where the job does not say, when it was seen
 * @param queue the job's queue
 * @param what such as {@code enqueued} or {@code failed}
 * @param jobId the job
 * @param description the call
 * @param detail who runs it, how long it took, why it failed; null if there is nothing to say
 */
record Event(
    Instant time,
    String queue,
    String what,
    String jobId,
    String description,
    @Nullable String detail) {

  /** For JSON. */
  Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("time", time.toString());
    fields.put("queue", queue);
    fields.put("event", what);
    fields.put("job", jobId);
    fields.put("description", description);
    fields.put("detail", detail);
    return fields;
  }
}
