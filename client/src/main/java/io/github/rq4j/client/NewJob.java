package io.github.rq4j.client;

import io.github.rq4j.client.wire.JobFields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job on its way to Redis: its id and what its hash is made of, checked. Status and times depend
 * on when it arrives, and on what stands in Redis then.
 *
 * @param id the job's id
 * @param options how it is to be treated
 * @param common the fields that follow from them
 * @param data the call
 * @param description the call as people read it
 * @param meta the serialized meta, null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NewJob(
    String id,
    EnqueueOptions options,
    OptionFields common,
    CallData data,
    String description,
    byte @Nullable [] meta) {

  /** Whether it goes to the end of its queue whatever stands in Redis. */
  boolean isPlain() {
    return !options.unique()
        && !options.atFront()
        && options.ttl() == null
        && options.group() == null
        && options.rateLimit() == null
        && options.dependencyIds().isEmpty();
  }

  /** Whether its hash differs from the other's in nothing but the values of its own fields. */
  boolean isLike(NewJob other) {
    return common == other.common && (meta == null) == (other.meta == null);
  }

  /** The names of the fields that no other job shares. */
  List<String> ownFields() {
    return meta == null
        ? List.of(JobFields.DATA, JobFields.DESCRIPTION)
        : List.of(JobFields.DATA, JobFields.DESCRIPTION, JobFields.META);
  }

  /** The values of these fields in their order. */
  List<byte[]> ownValues() {
    List<byte[]> values = new ArrayList<>(3);
    values.add(data.stored());
    values.add(description.getBytes(StandardCharsets.UTF_8));
    if (meta != null) {
      values.add(meta);
    }
    return values;
  }

  /** All fields that are known before the job is sent. */
  Map<String, byte[]> fields() {
    Map<String, byte[]> fields = new LinkedHashMap<>(common.values());
    List<byte[]> own = ownValues();
    List<String> names = ownFields();
    for (int i = 0; i < names.size(); i++) {
      fields.put(names.get(i), own.get(i));
    }
    return fields;
  }

  /** The same, and when it is sent. */
  Map<String, byte[]> fields(Instant created, Dialect dialect) {
    Map<String, byte[]> fields = fields();
    String text = dialect.timestamp(created);
    fields.put(JobFields.CREATED_AT, text.getBytes(StandardCharsets.US_ASCII));
    return fields;
  }

  /** About how many bytes are its own. */
  long size() {
    return data.size() + description.length() + (meta == null ? 0L : meta.length);
  }
}
