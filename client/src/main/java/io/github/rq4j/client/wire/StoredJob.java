package io.github.rq4j.client.wire;

import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.UnreadableJobException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job hash as it stood in Redis, each field read when it is asked for. Immutable; safe for use by
 * many threads. Absent and empty fields read alike, as in RQ 1.4 and later.
 */
public final class StoredJob {
  private final String id;
  private final Map<String, byte[]> fields;

  /**
   * Wraps a hash.
   *
   * @param id the job's id
   * @param fields the hash as Redis gave it; must not change afterwards
   */
  public StoredJob(String id, Map<String, byte[]> fields) {
    this.id = id;
    this.fields = fields;
  }

  /** The job's id. */
  public String id() {
    return id;
  }

  /** A field's bytes; null where it is absent or empty. */
  public byte @Nullable [] bytes(String field) {
    byte[] value = fields.get(field);
    return value == null || value.length == 0 ? null : value;
  }

  /** A field's text; null where it is absent or empty. */
  public @Nullable String text(String field) {
    byte[] value = bytes(field);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  /**
   * A field as a decimal integer; null where it is absent or empty.
   *
   * @throws UnreadableJobException if it is something else, such as {@code 3m} or {@code 180.5}
   */
  public @Nullable Long number(String field) {
    String value = text(field);
    if (value == null) {
      return null;
    }
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw new UnreadableJobException(id, field, "a plain integer");
    }
  }

  /**
   * A field that RQ writes as 0 or 1; false where it is absent or empty.
   *
   * @throws UnreadableJobException if it is something else
   */
  public boolean flag(String field) {
    Long value = number(field);
    return value != null && value != 0;
  }

  /**
   * A field as a point in time; null where it is absent or empty.
   *
   * @throws UnreadableJobException if it is not a timestamp
   */
  public @Nullable Instant instant(String field) {
    String value = text(field);
    if (value == null) {
      return null;
    }
    try {
      return Timestamps.parse(value);
    } catch (DateTimeException e) {
      throw new UnreadableJobException(id, field, "a timestamp");
    }
  }

  /**
   * Where the job stands; {@code CREATED} where the field is absent, as RQ 2.4.1 and later read it.
   *
   * @throws UnreadableJobException if the status is none of RQ's
   */
  public JobStatus status() {
    String value = text(JobFields.STATUS);
    if (value == null) {
      return JobStatus.CREATED;
    }
    return JobStatus.ofText(value)
        .orElseThrow(() -> new UnreadableJobException(id, JobFields.STATUS, "a status of RQ"));
  }
}
