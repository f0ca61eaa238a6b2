package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.Timestamps;
import io.github.rq4j.codec.CallDescription;
import io.github.rq4j.codec.JobData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job on its way to Redis: its id and the fields that RQ would store for the same call. */
record NewJob(String id, Map<String, byte[]> fields) {

  static NewJob create(RqClient client, String queue, Call call, EnqueueOptions options) {
    Instant now = client.clock().instant();
    JobData data = call.data();
    Fields fields = new Fields();
    fields.put(JobFields.CREATED_AT, Timestamps.text(now));
    fields.put(JobFields.DATA, client.jobDataFormat().encode(data));
    fields.put(JobFields.SUCCESS_CALLBACK_NAME, "");
    fields.put(JobFields.FAILURE_CALLBACK_NAME, "");
    fields.put(JobFields.STOPPED_CALLBACK_NAME, "");
    fields.put(JobFields.STARTED_AT, "");
    fields.put(JobFields.ENDED_AT, "");
    fields.put(JobFields.LAST_HEARTBEAT, "");
    fields.put(JobFields.WORKER_NAME, "");
    fields.put(JobFields.GROUP_ID, "");
    fields.put(JobFields.ORIGIN, queue);
    String description = options.description();
    fields.put(JobFields.DESCRIPTION, description != null ? description : CallDescription.of(data));
    fields.put(JobFields.ENQUEUED_AT, Timestamps.text(now));
    fields.put(JobFields.TIMEOUT, options.timeout());
    fields.put(JobFields.RESULT_TTL, options.resultTtl());
    fields.put(JobFields.FAILURE_TTL, options.failureTtl());
    fields.put(JobFields.TTL, options.ttl());
    fields.put(JobFields.STATUS, JobStatus.QUEUED.text());
    if (!options.meta().isEmpty()) {
      fields.put(JobFields.META, client.serializer().serialize(options.meta()));
    }
    String id = options.jobId();
    return new NewJob(id != null ? id : UUID.randomUUID().toString(), fields.values);
  }

  Command store() {
    Command command = Command.of("HSET", Keys.job(id));
    fields.forEach((field, value) -> command.add(field).add(value));
    return command;
  }

  private static final class Fields {
    private final Map<String, byte[]> values = new LinkedHashMap<>();

    void put(String field, byte[] value) {
      values.put(field, value);
    }

    void put(String field, String value) {
      put(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void put(String field, @Nullable Duration seconds) {
      if (seconds != null) {
        put(field, Long.toString(seconds.toSeconds()));
      }
    }
  }
}
