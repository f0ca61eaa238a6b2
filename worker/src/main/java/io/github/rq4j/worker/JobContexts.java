package io.github.rq4j.worker;

import io.github.rq4j.client.UnreadableJobException;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonDict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the contexts of jobs and does for them what needs the serializer. */
final class JobContexts {
  /** RQ's key for what it cannot read. */
  private static final String UNREADABLE = "unserialized";

  private final WorkerConfig config;
  private final RunningJobs jobs;
  private final JobDataFormat format;

  JobContexts(WorkerConfig config, RunningJobs jobs) {
    this.config = config;
    this.jobs = jobs;
    this.format = new JobDataFormat(config.serializer(), config.limits());
  }

  JobContext of(String worker, Execution execution) {
    return new JobContext(this, worker, execution);
  }

  String functionName(StoredJob job) {
    return format
        .decode(Objects.requireNonNullElse(job.bytes(JobFields.DATA), new byte[0]))
        .functionName();
  }

  static List<String> dependencyIds(StoredJob job) {
    byte[] json = job.bytes(JobFields.DEPENDENCY_IDS);
    if (json == null) {
      String only = job.text(JobFields.DEPENDENCY_ID);
      return only == null ? List.of() : List.of(only);
    }
    List<String> ids = new ArrayList<>();
    try {
      if (JsonSerializer.defaults().deserialize(json) instanceof List<?> elements) {
        elements.forEach(element -> ids.add(String.valueOf(element)));
        return List.copyOf(ids);
      }
    } catch (CodecException e) {
      // Told below.
    }
    throw new UnreadableJobException(job.id(), JobFields.DEPENDENCY_IDS, "a JSON array");
  }

  PythonDict decodeMeta(byte @Nullable [] bytes) {
    if (bytes == null) {
      return new PythonDict();
    }
    try {
      if (config.serializer().deserialize(bytes) instanceof Map<?, ?> entries) {
        return new PythonDict(entries);
      }
      return unreadable(bytes);
    } catch (CodecException e) {
      return unreadable(bytes);
    }
  }

  private static PythonDict unreadable(byte[] bytes) {
    PythonDict placeholder = new PythonDict();
    placeholder.put(UNREADABLE, PythonBytes.fromArray(bytes));
    return placeholder;
  }

  byte[] encodeMeta(StoredJob job, Map<?, ?> entries, byte @Nullable [] before) {
    if (before != null && entries.equals(unreadable(before))) {
      return before;
    }
    byte[] data = job.bytes(JobFields.DATA);
    Serializer serializer = data == null ? config.serializer() : format.serializerFor(data);
    return serializer.serialize(entries);
  }

  byte @Nullable [] readMeta(String id) {
    return jobs.readMeta(id);
  }

  boolean writeMeta(String id, byte[] bytes) {
    return jobs.writeMeta(id, bytes);
  }

  boolean extend(ClaimedJob claimed, Duration ttl) {
    RunningJobs.RunId run =
        new RunningJobs.RunId(claimed.id(), claimed.executionId(), claimed.origin());
    return jobs.extend(run, ttl);
  }
}
