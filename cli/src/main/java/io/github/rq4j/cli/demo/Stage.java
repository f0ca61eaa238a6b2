package io.github.rq4j.cli.demo;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.local.PythonEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All that the story needs: Redis, real Python RQ, a web page, names that nobody else uses. */
final class Stage implements AutoCloseable {
  private static final Duration LOOK_AROUND = Duration.ofMinutes(10);

  private final Narrator narrator;
  private final Cleanup cleanup;
  private final boolean keep;
  private final boolean ownRedis;
  private final String run;
  private final String redis;
  private final PythonSide python;
  private final DemoSite site;
  private final RqClient client;

  private Stage(Narrator narrator, Cleanup cleanup, @Nullable String givenRedis, boolean keep)
      throws IOException {
    this.narrator = narrator;
    this.cleanup = cleanup;
    this.keep = keep;
    this.ownRedis = givenRedis == null;
    this.run = Integer.toString(RandomGenerator.getDefault().nextInt(0x1000, 0x10000), 16);
    narrator.heading("The stage is set");
    PythonEnvironment environment = environment();
    this.redis = givenRedis == null ? startRedis() : givenRedis;
    this.client = cleanup.add(RqClient.connect(redis));
    client.queue(queue("java")).size(); // a Redis that cannot be used is better found here
    narrator.say((ownRedis ? "        at " : "Redis   ") + RedisSettings.parse(redis));
    this.python = cleanup.add(new PythonSide(narrator, cleanup, environment, redis, keep));
    this.site = cleanup.add(DemoSite.open());
    narrator.say("Page    " + site.uri());
    if (!ownRedis && !keep) {
      cleanup.add(this::tidyUp);
    }
  }

  /**
   * Sets the stage.
   *
   * @param redis the Redis to use; null to start one
   * @param keep whether to leave things as they are at the end
   */
  static Stage set(Narrator narrator, @Nullable String redis, boolean keep) throws IOException {
    Cleanup cleanup = new Cleanup(() -> narrator.endWith("Interrupted; cleaning up."));
    try {
      return new Stage(narrator, cleanup, redis, keep);
    } catch (IOException | RuntimeException e) {
      cleanup.close();
      throw e;
    }
  }

  private PythonEnvironment environment() {
    narrator.say("Python  a virtualenv with the newest RQ; made the first time, half a minute ...");
    PythonEnvironment environment = PythonEnvironment.newestRq();
    narrator.say(
        String.format(
            Locale.ROOT,
            "        %s with RQ %s in %s",
            environment.interpreter().version(),
            environment.versionOf("rq"),
            environment.directory()));
    return environment;
  }

  private String startRedis() {
    LocalRedis started = cleanup.add(LocalRedis.start());
    narrator.say("Redis   " + started.describe());
    return started.uri().toString();
  }

  Narrator narrator() {
    return narrator;
  }

  Cleanup cleanup() {
    return cleanup;
  }

  PythonSide python() {
    return python;
  }

  DemoSite site() {
    return site;
  }

  RqClient client() {
    return client;
  }

  String redis() {
    return redis;
  }

  /** What makes this run's names its own. */
  String run() {
    return run;
  }

  /** The name of a queue; in a Redis that others use, one that nobody has. */
  String queue(String name) {
    return ownRedis ? name : "rq4j-demo-" + run + "-" + name;
  }

  /** The id of a job. */
  String jobId(String name) {
    return name + "-" + run;
  }

  /** Gives the user time to look around, if that was asked for. */
  void lookAround() throws InterruptedException {
    if (!keep) {
      return;
    }
    narrator.line("");
    narrator.say("The Python scripts are kept in " + python.scripts());
    if (ownRedis) {
      narrator.say("Redis runs on for 10 minutes, or until Ctrl-C: rq info --url " + redis);
      Thread.sleep(LOOK_AROUND.toMillis());
    } else {
      narrator.say("The queues " + queue("java") + " and " + queue("python") + " are kept.");
    }
  }

  private void tidyUp() {
    List<String> names = List.of(queue("java"), queue("python"));
    List<String> jobs =
        List.of(PythonToJava.JOBS, JavaToPython.JOBS).stream()
            .flatMap(List::stream)
            .map(this::jobId)
            .toList();
    if (!python.tidy(names, jobs)) {
      throw CommandFailure.failure("queues and jobs named like " + jobId("*") + " are left");
    }
  }

  @Override
  public void close() {
    cleanup.close();
  }
}
