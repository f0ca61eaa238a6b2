package io.github.rq4j.client;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.binding.ValueBinder;
import io.github.rq4j.codec.pickle.PickleSerializer;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
  private static final int CHUNK = 500;

  private final RedisServer server;
  private final Serializer serializer;
  private final CodecLimits limits;
  private final JobDataFormat jobDataFormat;
  private final ValueBinder binder;
  private final Clock clock;
  private final Dialect dialect;
  private final ResultWatcher watcher;

  private RqClient(Builder builder) {
    this.server = new RedisServer(builder.settings);
    this.watcher = new ResultWatcher(server);
    this.dialect = builder.dialect;
    this.serializer = builder.serializer == null ? builder.usual() : builder.serializer;
    this.limits = builder.limits;
    this.jobDataFormat = new JobDataFormat(serializer, limits);
    this.binder = builder.binder;
    this.clock = builder.clock;
  }

  private RqClient(RqClient other, Serializer serializer) {
    this.server = other.server;
    this.watcher = other.watcher;
    this.serializer = serializer;
    this.limits = other.limits;
    this.jobDataFormat = new JobDataFormat(serializer, limits);
    this.binder = other.binder;
    this.clock = other.clock;
    this.dialect = other.dialect;
  }

  /**
   * A client with RQ's default serializer.
   *
   * @param url see {@link RedisSettings}
   * @throws IllegalArgumentException if the URL is malformed or has an unknown option
   */
  public static RqClient connect(String url) {
    return builder(url).build();
  }

  /**
   * Starts a client that differs from {@link #connect}'s.
   *
   * @param url see {@link RedisSettings}
   * @throws IllegalArgumentException if the URL is malformed or has an unknown option
   */
  public static Builder builder(String url) {
    return new Builder(RedisSettings.parse(url));
  }

  /** Starts a client whose connections need more than a URL says. */
  public static Builder builder(RedisSettings settings) {
    return new Builder(settings);
  }

  /** The queue of that name; nothing is sent to Redis. */
  public Queue queue(String name) {
    return new Queue(this, name);
  }

  /**
   * An object whose methods enqueue to the queue of that name; see {@link Queue#proxy}.
   *
   * @throws IllegalArgumentException if the type is no interface, or a method cannot enqueue
   */
  public <P> P proxy(Class<P> type, String queue) {
    return queue(queue).proxy(type);
  }

  /** The job of that id, whether it exists or not; nothing is sent to Redis. */
  public Job job(String id) {
    return new Job(this, id);
  }

  /** The queues that something was ever enqueued to and that were not deleted, by name. */
  public List<Queue> queues() {
    String prefix = Keys.queue("");
    return call(Command.of("SMEMBERS", Keys.QUEUES)).asTexts().stream()
        .filter(key -> key.startsWith(prefix) && key.length() > prefix.length())
        .map(key -> key.substring(prefix.length()))
        .sorted()
        .map(this::queue)
        .toList();
  }

  /**
   * The jobs of these ids as they stand now, those that exist, in the order of the ids; five
   * hundred in a round trip.
   */
  public Map<String, JobSnapshot> jobs(Collection<String> ids) {
    Map<String, JobSnapshot> jobs = new LinkedHashMap<>();
    for (List<String> chunk : Paging.chunks(new LinkedHashSet<>(ids), CHUNK)) {
      List<Command> questions =
          chunk.stream().map(id -> Command.of("HGETALL", Keys.job(id))).toList();
      List<Reply> replies = server.with(connection -> connection.pipeline(questions));
      for (int i = 0; i < chunk.size(); i++) {
        Map<String, byte[]> fields = replies.get(i).asHash();
        if (!fields.isEmpty()) {
          StoredJob job = new StoredJob(chunk.get(i), fields);
          jobs.put(job.id(), new JobSnapshot(this, job));
        }
      }
    }
    return Collections.unmodifiableMap(jobs);
  }

  /** The workers, and what can be asked of them. */
  public Workers workers() {
    return new Workers(this);
  }

  /** What enqueues jobs at a time: schedulers, {@code rq cron}. */
  public Schedulers schedulers() {
    return new Schedulers(this);
  }

  /** The group of that name, whether it exists or not; nothing is sent to Redis. */
  public Group group(String name) {
    return new Group(this, name);
  }

  /** The groups that are known, by name; one may have lost its jobs meanwhile. */
  public List<Group> groups() {
    return call(Command.of("SMEMBERS", Keys.GROUPS)).asTexts().stream()
        .sorted()
        .map(this::group)
        .toList();
  }

  /** The rate limit of that key, whether it exists or not; nothing is sent to Redis. */
  public RateLimitRegistry rateLimit(String key) {
    return new RateLimitRegistry(this, key);
  }

  /** The rate limits that jobs are or were under, by key. */
  public List<RateLimitRegistry> rateLimits() {
    return call(Command.of("SMEMBERS", Keys.RATE_LIMITS)).asTexts().stream()
        .sorted()
        .map(this::rateLimit)
        .toList();
  }

  /** The same client, on the same connections, that reads and writes another form. */
  RqClient withSerializer(Serializer other) {
    return new RqClient(this, other);
  }

  RedisServer server() {
    return server;
  }

  ResultWatcher watcher() {
    return watcher;
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

  Dialect dialect() {
    return dialect;
  }

  /** Closes the connections. Waits of other threads end with {@link RedisUnavailableException}. */
  @Override
  public void close() {
    watcher.close();
    server.close();
  }

  /** Collects settings of a client. Not safe for use by many threads. */
  public static final class Builder {
    private final RedisSettings settings;
    private @Nullable Serializer serializer;
    private CodecLimits limits = CodecLimits.defaults();
    private ValueBinder binder = ValueBinder.withDefaults();
    private Clock clock = Clock.systemUTC();
    private Dialect dialect = Dialect.SINCE_1_0;

    private Builder(RedisSettings settings) {
      this.settings = settings;
    }

    /** What nobody chose: Python 2 and the Pythons of old releases read no newer pickles. */
    private Serializer usual() {
      return dialect == Dialect.SINCE_1_0
          ? PickleSerializer.defaults()
          : PickleSerializer.builder().protocol(2).build();
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
     * Which releases of RQ are to read what the client writes; default {@link Dialect#SINCE_1_0}.
     * With {@link Dialect#BEFORE_1_0} pickles are of protocol 2 unless a serializer was chosen.
     */
    public Builder dialect(Dialect chosen) {
      this.dialect = chosen;
      return this;
    }

    /** The client; nothing is sent to Redis yet. */
    public RqClient build() {
      return new RqClient(this);
    }
  }
}
