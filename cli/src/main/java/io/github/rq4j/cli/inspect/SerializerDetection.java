package io.github.rq4j.cli.inspect;

import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds out which of RQ's serializers wrote a job's data, which RQ does not record. */
public final class SerializerDetection {
  private final Map<String, Serializer> candidates = new LinkedHashMap<>();

  /** Pickle and JSON. */
  public SerializerDetection() {
    candidates.put("pickle", PickleSerializer.defaults());
    candidates.put("json", JsonSerializer.defaults());
  }

  /**
   * One that is known.
   *
   * @param serializer what the user named
   */
  public SerializerDetection(Serializer serializer) {
    candidates.put(serializer instanceof JsonSerializer ? "json" : "pickle", serializer);
  }

  /**
   * What was found.
   *
   * @param name {@code pickle} or {@code json}
   * @param serializer the serializer of that name
   * @param data the call
   */
  public record Detected(String name, Serializer serializer, JobData data) {}

  /**
   * Reads the call.
   *
   * @throws CodecException if none can read it; the text says why
   */
  public Detected read(byte[] data) {
    CodecException first = null;
    for (Map.Entry<String, Serializer> candidate : candidates.entrySet()) {
      try {
        JobDataFormat format = new JobDataFormat(candidate.getValue(), CodecLimits.defaults());
        return new Detected(candidate.getKey(), candidate.getValue(), format.decode(data));
      } catch (CodecException e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? new IllegalStateException("no serializer to try") : first;
  }
}
