package io.github.rq4j.interop.differential;

import io.github.rq4j.client.Retry;
import io.github.rq4j.client.RqFunction;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.worker.Argument;
import io.github.rq4j.worker.Arguments;
import io.github.rq4j.worker.ExecutedJob;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.HandlersFactory;
import io.github.rq4j.worker.JobContext;
import io.github.rq4j.worker.JobFailure;
import io.github.rq4j.worker.ProcessIsolation;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The functions of {@code rq4j_fixtures.tasks} in Java, under the same names. */
public final class TwinTasks {
  private static final String MODULE = "rq4j_fixtures.tasks.";

  // Waited for by what shall be interrupted.
  private final CountDownLatch never = new CountDownLatch(1);
  private final String redis;

  private TwinTasks(String redis) {
    this.redis = redis;
  }

  static Handlers handlers(TestRedis redis) {
    return handlers(redis.uri().toString());
  }

  /** Work horses that run these functions on a test's database. */
  static ProcessIsolation horses(TestRedis redis, String serializer) {
    return ProcessIsolation.of(InHorse.class)
        .spareHorses(0)
        .jvmOptions(
            "-D" + InHorse.REDIS + "=" + redis.uri(),
            "-D" + InHorse.JSON + "=" + serializer.equals("json"),
            "-XX:TieredStopAtLevel=1")
        .output(Redirect.DISCARD, Redirect.DISCARD);
  }

  /** Makes the functions in a work horse. */
  public static final class InHorse implements HandlersFactory {
    private static final String REDIS = "rq4j.twin.redis";
    private static final String JSON = "rq4j.twin.json";

    /** For the horse. */
    public InHorse() {}

    @Override
    public Handlers handlers() {
      return TwinTasks.handlers(System.getProperty(REDIS, ""));
    }

    @Override
    public Serializer serializer() {
      return Boolean.getBoolean(JSON)
          ? JsonSerializer.defaults()
          : HandlersFactory.super.serializer();
    }
  }

  private static Handlers handlers(String redis) {
    TwinTasks tasks = new TwinTasks(redis);
    return Handlers.builder()
        .registerAnnotated(tasks)
        .register(MODULE + "save_meta", TwinTasks::saveMeta)
        .onSuccess(MODULE + "note_success", tasks::noteSuccess)
        .onSuccess(MODULE + "fail_in_callback", (job, result) -> failInCallback())
        .onFailure(MODULE + "note_failure", tasks::noteFailure)
        .onFailure(MODULE + "fail_in_callback", (job, failure) -> failInCallback())
        .mapException(IllegalArgumentException.class, "ValueError")
        .build();
  }

  @RqFunction(MODULE + "add")
  long add(long x, @Argument(defaultJson = "0") long y) {
    return x + y;
  }

  @RqFunction(MODULE + "nothing")
  void nothing() {}

  @RqFunction(MODULE + "boom")
  void boom(@Argument(defaultJson = "\"boom\"") String message) {
    throw new IllegalArgumentException(message);
  }

  @RqFunction(MODULE + "sleep")
  double sleep(double seconds) throws InterruptedException {
    return never.await((long) (seconds * 1_000), TimeUnit.MILLISECONDS) ? 0 : seconds;
  }

  @RqFunction(MODULE + "unserializable")
  Object unserializable() {
    return new Object();
  }

  @RqFunction(MODULE + "stop_me")
  void stopMe() throws InterruptedException {
    JobContext context = JobContext.current();
    String command = "{\"command\": \"stop-job\", \"job_id\": \"" + context.jobId() + "\"}";
    send(Command.of("PUBLISH", "rq:pubsub:" + context.workerName(), command));
    boolean unused = never.await(30, TimeUnit.SECONDS);
  }

  @RqFunction(MODULE + "kill_me")
  void killMe() throws InterruptedException {
    String channel = "rq:pubsub:" + JobContext.current().workerName();
    send(Command.of("PUBLISH", channel, "{\"command\": \"kill-horse\"}"));
    boolean unused = never.await(30, TimeUnit.SECONDS);
  }

  @RqFunction(MODULE + "exit_process")
  void exitProcess(@Argument(defaultJson = "1") int code) {
    Runtime.getRuntime().halt(code);
  }

  @RqFunction(MODULE + "kill_process")
  void killProcess() throws IOException, InterruptedException {
    String pid = Long.toString(ProcessHandle.current().pid());
    int unused = new ProcessBuilder("kill", "-KILL", pid).start().waitFor();
  }

  @RqFunction(MODULE + "again")
  Retry again(int times, @Argument(defaultJson = "0") int interval) {
    return Retry.times(times).after(Duration.ofSeconds(interval));
  }

  @RqFunction(MODULE + "fail_times")
  long failTimes(String key, long times) {
    long calls = send(Command.of("INCR", key)).asLong();
    if (calls <= times) {
      throw new IllegalArgumentException("call " + calls + " of " + times + " that fail");
    }
    return calls;
  }

  private static Object saveMeta(Arguments arguments) {
    JobContext context = JobContext.current();
    Map<Object, @Nullable Object> meta = new LinkedHashMap<>(context.meta());
    meta.putAll(arguments.kwargs());
    context.saveMeta(meta);
    return context.jobId();
  }

  private void noteSuccess(ExecutedJob job, @Nullable Object result) {
    send(Command.of("SET", "rq4j:success:" + job.id(), String.valueOf(result)));
  }

  private void noteFailure(ExecutedJob job, JobFailure failure) {
    String text = failure.type() + ": " + failure.message();
    send(Command.of("SET", "rq4j:failure:" + job.id(), text));
  }

  private static void failInCallback() {
    throw new IllegalArgumentException("in the callback");
  }

  private Reply send(Command command) {
    try (RedisServer server = new RedisServer(RedisSettings.parse(redis))) {
      return server.with(connection -> connection.call(command));
    }
  }
}
