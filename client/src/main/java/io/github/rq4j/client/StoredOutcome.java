package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.codec.CompressedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job's hash tells of its end: all there is from workers of RQ before 1.12. */
record StoredOutcome(
    String jobId, JobStatus status, byte @Nullable [] result, byte @Nullable [] excInfo) {

  static Command question(String jobId) {
    return Command.of(
        "HMGET", Keys.job(jobId), JobFields.STATUS, JobFields.RESULT, JobFields.EXC_INFO);
  }

  /**
   * Reads the answer.
   *
   * @throws NoSuchJobException if there is no such job
   * @throws UnreadableJobException if the status is none of RQ's
   */
  static StoredOutcome read(String jobId, Reply answer) {
    List<Reply> fields = answer.asList();
    String status = fields.get(0).asText();
    if (status == null) {
      throw new NoSuchJobException(jobId);
    }
    return new StoredOutcome(
        jobId,
        JobStatus.ofText(status)
            .orElseThrow(
                () -> new UnreadableJobException(jobId, JobFields.STATUS, "a status of RQ")),
        fields.get(1).asBytes(),
        fields.get(2).asBytes());
  }

  /**
   * What the function returned.
   *
   * @throws JobFailedException if it did not
   */
  @Nullable Object value(RqClient client) {
    if (status == JobStatus.FINISHED) {
      return result == null ? null : client.serializer().deserialize(result);
    }
    String text = excInfo == null ? "" : CompressedText.expand(excInfo, client.limits());
    throw new JobFailedException(jobId, status, text);
  }

  /**
   * What the function returned, by the stream's last entry.
   *
   * @throws JobFailedException if it did not
   */
  @Nullable Object value(Result last) {
    if (last.type() == Result.Type.SUCCESSFUL) {
      return last.returnValue();
    }
    String excString = last.excString();
    throw new JobFailedException(
        jobId, status.isFinal() ? status : JobStatus.FAILED, excString == null ? "" : excString);
  }
}
