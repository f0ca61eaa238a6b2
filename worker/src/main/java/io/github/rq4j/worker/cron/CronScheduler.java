package io.github.rq4j.worker.cron;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.pickle.PickleSerializer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enqueues jobs at intervals and at the times of cron expressions, as RQ's {@code CronScheduler}
 * does, and is seen by RQ's readers as one of those. It runs no jobs: workers do.
 *
 * <p>Jobs with an interval are enqueued at the start and then after each interval; jobs with a cron
 * expression at its times. Nothing is made up for: times that passed while the scheduler did not
 * run are not caught up, and however late it is, a job is enqueued once. Two schedulers with the
 * same jobs enqueue everything twice, as in RQ.
 *
 * <p>A scheduler runs once: {@link #start} or {@link #runUntilShutdown}, then {@link #close}. Its
 * methods may be called from any thread.
 */
public final class CronScheduler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CronScheduler.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration END_WAIT = Duration.ofSeconds(5);

  private final String name;
  private final RqClient client;
  private final RedisServer server;
  private final CronRecords records;
  private final CronTimetable timetable;
  private final Thread thread;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private CronScheduler(Builder builder) {
    RedisSettings settings = builder.redis;
    String hostname = hostname();
    String ownName =
        hostname
            + ":"
            + ProcessHandle.current().pid()
            + ":"
            + UUID.randomUUID().toString().substring(0, 6);
    name = builder.name == null ? ownName : builder.name;
    client = RqClient.builder(settings).serializer(builder.serializer).clock(builder.clock).build();
    server = new RedisServer(settings);
    records = new CronRecords(server, builder.clock, name, hostname, builder.configFile);
    timetable =
        new CronTimetable(
            name, builder.jobs, builder.zone, builder.clock, client, records, this::isStopping);
    thread = new Thread(this::run, "rq-cron-" + name);
    thread.setDaemon(true);
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  /**
   * Starts a scheduler's settings.
   *
   * @param url in a form that {@link RedisSettings} lists
   * @throws IllegalArgumentException if the URL is malformed or has an unknown option
   */
  public static Builder builder(String url) {
    return builder(RedisSettings.parse(url));
  }

  /**
   * Starts a scheduler's settings.
   *
   * @param redis where the server is and how to treat its connections
   */
  public static Builder builder(RedisSettings redis) {
    return new Builder(redis);
  }

  /** The name under which RQ knows it: host, process id and a random part, unless one was given. */
  public String name() {
    return name;
  }

  /**
   * Registers the scheduler and begins to enqueue in a thread of its own, which does not keep the
   * JVM alive.
   *
   * @throws RedisUnavailableException if Redis cannot be reached
   * @throws RedisCommandException if Redis refuses the login or a command
   * @throws IllegalStateException if the scheduler was started before
   */
  public void start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("cron scheduler " + name + " was started before");
    }
    try {
      begin();
    } catch (RqException e) {
      ended.countDown();
      throw e;
    }
    log.info("CronScheduler {}: started, {} jobs", name, timetable.size());
    thread.start();
  }

  /** Registers; what comes before the first turn. */
  void begin() {
    timetable.begin();
  }

  /**
   * Starts, unless it was done before, and waits until the scheduler has ended: by {@link
   * #shutdown}, or because the JVM is asked to end, as by SIGTERM.
   *
   * @throws RedisUnavailableException if Redis cannot be reached at the start
   * @throws InterruptedException if the waiting thread is interrupted; the scheduler goes on
   */
  public void runUntilShutdown() throws InterruptedException {
    Thread hook = new Thread(this::close, "rq-cron-" + name + "-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      if (!started.get()) {
        start();
      }
      awaitEnd();
    } finally {
      removeHook(hook);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      log.debug("the JVM is already ending", e);
    }
  }

  private boolean isStopping() {
    return stopRequested.getCount() == 0;
  }

  /** Waits until the scheduler has ended. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Asks for the end; nothing is enqueued any more. */
  public void shutdown() {
    stopRequested.countDown();
  }

  /**
   * Ends the scheduler, takes its name off the list, and waits a few seconds for that. Idempotent.
   */
  @Override
  public void close() {
    shutdown();
    if (!started.getAndSet(true)) {
      ended.countDown();
    }
    try {
      if (!ended.await(END_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.error("CronScheduler {}: did not end, its thread is left behind", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.close();
      client.close();
    }
  }

  private void run() {
    Duration retry = FIRST_RETRY;
    try {
      boolean again = true;
      while (again) {
        Duration pause;
        try {
          pause = turn();
          retry = FIRST_RETRY;
        } catch (RqException e) {
          pause = retry;
          log.error(
              "CronScheduler {}: {} retrying in {} seconds...",
              name,
              e.getMessage(),
              pause.toSeconds());
          retry = shorter(retry.multipliedBy(2), CronTimetable.LONGEST_PAUSE);
        }
        // Rounded up, so that it is time when the pause is over.
        again = !stopRequested.await(pause.toMillis() + 1, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("CronScheduler {}: found an unhandled exception, quitting...", name, e);
    } finally {
      end();
    }
  }

  private void end() {
    try {
      records.death();
      log.info("CronScheduler {}: shutdown complete", name);
    } catch (RqException e) {
      log.warn("CronScheduler {}: could not register its end: {}", name, e.getMessage());
    } finally {
      ended.countDown();
    }
  }

  /**
   * Does what is due.
   *
   * @return how long to pause
   * @throws RqException if Redis is in trouble
   */
  Duration turn() {
    return timetable.turn();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Collects a scheduler's settings; each is checked where it is set. Not safe for many threads.
   */
  public static final class Builder {
    private final RedisSettings redis;
    private final List<CronJob> jobs = new ArrayList<>();
    private @Nullable String name;
    private String configFile = "";
    private ZoneId zone = ZoneOffset.UTC;
    private Serializer serializer = PickleSerializer.defaults();
    private Clock clock = Clock.systemUTC();

    private Builder(RedisSettings redis) {
      this.redis = redis;
    }

    /** Adds a job. */
    public Builder register(CronJob job) {
      jobs.add(job);
      return this;
    }

    /**
     * The name to register under. Default: host, process id and a random part.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public Builder name(String schedulerName) {
      if (schedulerName.isBlank()) {
        throw new IllegalArgumentException("a cron scheduler's name must not be blank");
      }
      this.name = schedulerName;
      return this;
    }

    /**
     * Whose clock the cron expressions are read by. Default: UTC, as in RQ up to 2.10; RQ 3.0 takes
     * the zone of its process.
     */
    public Builder zone(ZoneId timeZone) {
      this.zone = timeZone;
      return this;
    }

    /** What dashboards show as the place of the configuration. Default: nothing. */
    public Builder configFile(String path) {
      this.configFile = path;
      return this;
    }

    /** What turns arguments into bytes; must be the workers'. Default: pickle, as in RQ. */
    public Builder serializer(Serializer jobSerializer) {
      this.serializer = jobSerializer;
      return this;
    }

    /** What time it is. Default: the system's clock. */
    public Builder clock(Clock source) {
      this.clock = source;
      return this;
    }

    /**
     * The scheduler; nothing is sent to Redis yet.
     *
     * @throws IllegalArgumentException if no job was registered
     * @throws UnsupportedValueException if an argument of a job has no Python form
     */
    public CronScheduler build() {
      if (jobs.isEmpty()) {
        throw new IllegalArgumentException("a cron scheduler needs at least one job");
      }
      JobDataFormat format = new JobDataFormat(serializer, CodecLimits.defaults());
      for (CronJob job : jobs) {
        format.encode(new JobData(job.functionName(), null, job.args(), job.kwargs()));
      }
      return new CronScheduler(this);
    }
  }
}
