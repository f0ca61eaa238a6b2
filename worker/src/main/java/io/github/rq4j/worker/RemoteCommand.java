package io.github.rq4j.worker;

import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.json.JsonSerializer;
import java.util.Map;
import java.util.Optional;

/**
 * A command that RQ's clients publish on a worker's channel. Immutable.
 *
 * @param name {@code shutdown}, {@code kill-horse}, {@code stop-job}, {@code stop-execution} or
 *     what a later RQ may know
 * @param jobId the job to stop; empty where none is named
 * @param executionId the execution to stop; empty where none is named
 */
record RemoteCommand(String name, String jobId, String executionId) {

  /** Empty where the payload is no command. */
  static Optional<RemoteCommand> parse(byte[] payload) {
    try {
      if (JsonSerializer.defaults().deserialize(payload) instanceof Map<?, ?> fields
          && fields.get("command") instanceof String name) {
        return Optional.of(
            new RemoteCommand(name, text(fields, "job_id"), text(fields, "execution_id")));
      }
      return Optional.empty();
    } catch (CodecException e) {
      return Optional.empty();
    }
  }

  private static String text(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof String text ? text : "";
  }
}
