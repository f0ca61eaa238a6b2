package io.github.rq4j.client;

import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.UnsupportedValueException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes jobs out of calls. What follows from the options is kept for the next job, which mostly has
 * the same. For one thread.
 */
final class NewJobs {
  private final RqClient client;
  private final String queue;
  private final Duration queueTimeout;
  private @Nullable EnqueueOptions lastOptions;
  private @Nullable OptionFields common;
  private byte @Nullable [] meta;

  /**
   * Begins.
   *
   * @throws IllegalArgumentException if RQ keeps something else under the queue's name
   */
  NewJobs(RqClient client, String queue, Duration queueTimeout) {
    this.client = client;
    this.queue = Names.queueToFill(queue);
    this.queueTimeout = queueTimeout;
  }

  /**
   * The job of a call.
   *
   * @throws UnsupportedValueException if an argument or the meta has no Python form
   */
  NewJob of(Call call, EnqueueOptions options) {
    JobData data = call.data();
    CallData encoded = CallData.of(client, data);
    OptionFields fields = commonOf(options);
    String id = options.jobId();
    String description = options.description();
    return new NewJob(
        id != null ? id : UUID.randomUUID().toString(),
        options,
        fields,
        encoded,
        description != null ? description : client.dialect().description(data),
        meta);
  }

  private OptionFields commonOf(EnqueueOptions options) {
    OptionFields fields = common;
    if (fields == null || options != lastOptions) {
      meta = options.meta().isEmpty() ? null : client.serializer().serialize(options.meta());
      OptionFields made = new OptionFields(queue, queueTimeout, options);
      fields = fields != null && fields.isSame(made) ? fields : made;
      common = fields;
      lastOptions = options;
    }
    return fields;
  }
}
