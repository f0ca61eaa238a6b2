package io.github.rq4j.worker;

import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.json.JsonSerializer;
import java.util.ArrayList;
import java.util.List;

/** The lists of intervals that RQ keeps as JSON in fields of a job. */
final class JsonSeconds {
  private JsonSeconds() {}

  /**
   * Reads a list; empty where the field is absent.
   *
   * @throws UnreadableJobException if the field holds something else
   */
  static List<Long> of(StoredJob job, String field) {
    byte[] json = job.bytes(field);
    if (json == null) {
      return List.of();
    }
    List<Long> intervals = new ArrayList<>();
    try {
      if (JsonSerializer.defaults().deserialize(json) instanceof List<?> elements) {
        for (Object element : elements) {
          intervals.add(element instanceof Number number ? number.longValue() : 0L);
        }
      }
      return intervals;
    } catch (CodecException e) {
      throw new UnreadableJobException(job.id(), field, "a JSON array");
    }
  }
}
