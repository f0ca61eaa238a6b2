package io.github.rq4j.client;

import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.codec.CompressedText;
import io.github.rq4j.codec.MalformedPayloadException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry of a job's result stream (RQ 1.12 on). */
record ResultEntry(String id, Result result) {
  private static final String TYPE = "type";
  private static final String RETURN_VALUE = "return_value";
  private static final String EXC_STRING = "exc_string";

  /** Whether the run that it tells of was the job's last: a returned Retry asks for another. */
  boolean isLast() {
    return result.type() != Result.Type.RETRIED;
  }

  static ResultEntry read(RqClient client, String jobId, Reply entry) {
    List<Reply> parts = entry.asList();
    String entryId = String.valueOf(parts.get(0).asText());
    Map<String, byte[]> fields = parts.get(1).asHash();
    StoredHash hash = new StoredHash(fields);
    byte[] value = fields.get(RETURN_VALUE);
    byte[] exc = fields.get(EXC_STRING);
    return new ResultEntry(
        entryId,
        new Result(
            entryId,
            Result.Type.ofCode(String.valueOf(hash.text(TYPE)))
                .orElseThrow(() -> malformed(jobId, TYPE, null)),
            value == null
                ? null
                : client.serializer().deserialize(base64(jobId, RETURN_VALUE, value)),
            exc == null
                ? null
                : CompressedText.expand(base64(jobId, EXC_STRING, exc), client.limits()),
            workerName(fields),
            hash.text("execution_id"),
            Scores.instant(hash.text("execution_started_at")),
            Scores.instant(hash.text("execution_ended_at")),
            createdAt(entryId)));
  }

  private static @Nullable String workerName(Map<String, byte[]> fields) {
    byte[] worker = fields.get(JobFields.WORKER_NAME);
    return worker == null ? null : new String(worker, StandardCharsets.UTF_8);
  }

  private static Instant createdAt(String entryId) {
    return Instant.ofEpochMilli(Long.parseLong(entryId.substring(0, entryId.indexOf('-'))));
  }

  private static byte[] base64(String jobId, String field, byte[] text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw malformed(jobId, field, e);
    }
  }

  private static MalformedPayloadException malformed(
      String jobId, String field, @Nullable Throwable cause) {
    return new MalformedPayloadException(
        "result of job " + jobId + ": field '" + field + "' is not of RQ's form", cause);
  }
}
