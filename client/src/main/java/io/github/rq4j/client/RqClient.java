package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisUrl;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.binding.ValueBinder;
import io.github.rq4j.codec.pickle.PickleSerializer;
import java.time.Clock;

/**
 * The entrance to RQ's queues and jobs. Holds a pool of connections; make one per Redis server and
 * keep it. Safe for use by many threads. Connects when first used.
 *
 * <pre>{@code
 * try (RqClient client = RqClient.connect("redis://localhost:6379")) {
 *   Job job = client.queue("default").enqueue(Call.of("tasks.add").args(1, 2));
 *   long sum = job.resultAs(Long.class, Duration.ofSeconds(10));
 * }
 * }</pre>
 */
public final class RqClient implements AutoCloseable {
  private final RedisServer server;
  private final Serializer serializer;
  private final CodecLimits limits;
  private final JobDataFormat jobDataFormat;
  private final ValueBinder binder;
  private final Clock clock;

  private RqClient(Builder builder) {
    this.server = new RedisServer(RedisUrl.parse(builder.url));
    this.serializer = builder.serializer;
    this.limits = builder.limits;
    this.jobDataFormat = new JobDataFormat(serializer, limits);
    this.binder = builder.binder;
    this.clock = builder.clock;
  }

  /**
   * A client with RQ's default serializer.
   *
   * @param url {@code redis[s]://[[user]:password@]host[:port][/database]}
   * @throws IllegalArgumentException if the URL is malformed
   */
  public static RqClient connect(String url) {
    return builder(url).build();
  }

  /**
   * Starts a client that differs from {@link #connect}'s.
   *
   * @param url {@code redis[s]://[[user]:password@]host[:port][/database]}
   */
  public static Builder builder(String url) {
    return new Builder(url);
  }

  /** The queue of that name; nothing is sent to Redis. */
  public Queue queue(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a queue needs a name");
    }
    return new Queue(this, name);
  }

  /** The job of that id, whether it exists or not; nothing is sent to Redis. */
  public Job job(String id) {
    return new Job(this, id);
  }

  RedisServer server() {
    return server;
  }

  Reply call(Command command) {
    return server.with(connection -> connection.call(command));
  }

  Serializer serializer() {
    return serializer;
  }

  CodecLimits limits() {
    return limits;
  }

  JobDataFormat jobDataFormat() {
    return jobDataFormat;
  }

  ValueBinder binder() {
    return binder;
  }

  Clock clock() {
    return clock;
  }

  /** Closes the connections. Waits of other threads end with {@link RedisUnavailableException}. */
  @Override
  public void close() {
    server.close();
  }

  /** Collects settings of a client. Not safe for use by many threads. */
  public static final class Builder {
    private final String url;
    private Serializer serializer = PickleSerializer.defaults();
    private CodecLimits limits = CodecLimits.defaults();
    private ValueBinder binder = ValueBinder.withDefaults();
    private Clock clock = Clock.systemUTC();

    private Builder(String url) {
      this.url = url;
    }

    /** What turns arguments and results into bytes; default is pickle, as in RQ. */
    public Builder serializer(Serializer jobSerializer) {
      this.serializer = jobSerializer;
      return this;
    }

    /** Bounds for what is read from Redis; default {@link CodecLimits#defaults}. */
    public Builder limits(CodecLimits codecLimits) {
      this.limits = codecLimits;
      return this;
    }

    /** How results become Java types; default {@link ValueBinder#withDefaults}. */
    public Builder binder(ValueBinder valueBinder) {
      this.binder = valueBinder;
      return this;
    }

    /** What time it is; default the system's clock. */
    public Builder clock(Clock source) {
      this.clock = source;
      return this;
    }

    /**
     * The client; nothing is sent to Redis yet.
     *
     * @throws IllegalArgumentException if the URL is malformed
     */
    public RqClient build() {
      return new RqClient(this);
    }
  }
}
