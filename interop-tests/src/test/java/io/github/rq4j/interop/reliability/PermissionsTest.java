package io.github.rq4j.interop.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Dependency;
import io.github.rq4j.client.EnqueueData;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobRegistry;
import io.github.rq4j.client.JobSnapshot;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RateLimit;
import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.Repeat;
import io.github.rq4j.client.Retry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.PythonFixtures;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.cron.CronJob;
import io.github.rq4j.worker.cron.CronScheduler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything works under the rights that {@code docs/redis-permissions.md} lists, and no others.
 */
class PermissionsTest {
  @AutoClose private final Scene scene = new Scene();

  @BeforeEach
  void giveRights() throws IOException {
    Path page = PythonFixtures.directory().resolveSibling("docs").resolve("redis-permissions.md");
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("user ")) {
        List<String> words = new ArrayList<>(Arrays.asList(line.split(" ")));
        words.set(0, "SETUSER");
        assertThat(scene.redis.command("ACL", words.toArray(new String[0]))).isEqualTo("OK");
      }
    }
    scene.redis.command("ACL", "LOG", "RESET");
  }

  private String url(String user) {
    URI uri = scene.server.uri();
    return "redis://" + user + ":" + user + "-password@" + uri.getHost() + ":" + uri.getPort();
  }

  /** What was refused, except what is not needed. */
  private List<String> refused() {
    List<String> refused = new ArrayList<>();
    for (Object entry : scene.list("ACL", "LOG")) {
      List<?> fields = (List<?>) entry;
      String what =
          fields.get(fields.indexOf("reason") + 1) + " " + fields.get(fields.indexOf("object") + 1);
      if (!what.startsWith("command client|") && !what.equals("command info")) {
        refused.add(what);
      }
    }
    return refused;
  }

  private static EnqueueOptions.Builder id(String id) {
    return EnqueueOptions.builder().jobId(id);
  }

  private void enqueueOfEveryKind(RqClient client) {
    Queue queue = client.queue("default");
    Call run = Call.of(Scene.RUN);
    Call boom = Call.of(Scene.BOOM);
    Job parent = queue.enqueue(run, id("parent").build());
    queue.enqueue(run, id("child").dependsOn(parent).build());
    queue.enqueue(boom, id("fails").build());
    queue.enqueue(run, id("after").dependsOn(Dependency.on("fails").allowingFailure()).build());
    queue.enqueue(boom, id("retried").retry(Retry.times(1)).build());
    queue.enqueue(boom, id("later").retry(Retry.times(1).after(Duration.ofSeconds(1))).build());
    queue.enqueue(run, id("repeated").repeat(Repeat.times(1)).build());
    queue.enqueue(run, id("limited").rateLimit(new RateLimit("key", 1)).build());
    queue.enqueue(run, id("next").rateLimit(new RateLimit("key", 1)).build());
    queue.enqueue(run, id("unique").unique(true).atFront(true).build());
    queue.enqueue(run, id("grouped").group("g").build());
    queue.enqueue(run, id("gone").resultTtl(Duration.ZERO).build());
    queue.enqueueAt(Instant.now().plusSeconds(1), run, id("scheduled").build());
    queue.enqueueMany(List.of(EnqueueData.of(run, id("many").build()))).jobsOrThrow();
    queue.enqueueJob(queue.create(run, id("created").build()));
  }

  private void leaveAnAbandonedJob() {
    scene.enqueue("lost", Scene.RUN);
    scene.redis.command("LREM", "rq:queue:default", "0", "lost");
    scene.redis.command("HSET", "rq:job:lost", "status", "started");
    scene.redis.command("ZADD", "rq:wip:default", "5", "lost:0123");
    scene.enqueue("stuck", Scene.RUN);
    scene.redis.command(
        "LMOVE", "rq:queue:default", "rq:queue:default:intermediate", "LEFT", "RIGHT");
    scene.redis.command("ZADD", "rq:finished:default", "5", "expired");
    for (String workers : List.of("rq:workers", "rq:workers:default")) {
      scene.redis.command("SADD", workers, "rq:worker:gone");
    }
    scene.redis.command("ZADD", "rq:ready:default", "5", "nothing");
  }

  @Test
  void a_worker_and_a_client_need_no_other_rights_than_the_documented_ones() throws Exception {
    leaveAnAbandonedJob();
    try (RqClient client = RqClient.connect(url("client"));
        RqWorker worker =
            scene
                .workerHere(URI.create(url("worker")))
                .withScheduler(true)
                .monitoringInterval(Duration.ofSeconds(1))
                .concurrency(2)
                .build()) {
      enqueueOfEveryKind(client);
      worker.start();
      for (String id : List.of("child", "after", "repeated", "next", "scheduled", "created")) {
        scene.awaitStatus(id, "finished");
      }
      scene.awaitStatus("later", "failed");
      assertThat(scene.whereabouts("lost")).isEqualTo("failed rq:failed:default");
      assertThat(client.job("parent").result(Duration.ofSeconds(10))).isEqualTo("done");
      Job held = client.queue("default").enqueue(Call.of(Scene.HOLD), id("held").build());
      scene.awaitStart("held");
      assertThat(held.stop()).isTrue();
      scene.awaitStatus("held", "stopped");
      steer(client);
    }
    assertThat(refused()).isEmpty();
    assertThat(scene.list("SMEMBERS", "rq:workers")).isEmpty();
  }

  private static void steer(RqClient client) throws InterruptedException {
    Queue queue = client.queue("other");
    Call run = Call.of(Scene.RUN);
    Job job = queue.enqueue(run, id("steered").build());
    job.saveMeta(java.util.Map.of("a", 1));
    queue.remove("steered");
    job.cancel();
    queue.enqueue(run);
    queue.compact();
    queue.empty();
    queue.registry(JobRegistry.Kind.STARTED).cleanup();
    client.queue("default").registry(JobRegistry.Kind.FAILED).requeueAll();
    client.queue("default").empty();
    job.delete();
    client.job("parent").deleteWithDependents();
    read(client);
    queue.delete();
  }

  private static void read(RqClient client) throws InterruptedException {
    for (Queue queue : client.queues()) {
      assertThat(queue.size()).isNotNegative();
      assertThat(queue.jobs(0, 10)).isNotNull();
      for (JobRegistry.Kind kind : JobRegistry.Kind.values()) {
        assertThat(queue.registry(kind).count()).isNotNegative();
        assertThat(queue.registry(kind).entries(0, 10)).isNotNull();
        assertThat(queue.registry(kind).latestEntries(0, 10)).isNotNull();
      }
      assertThat(queue.schedulerName()).isNotNull();
    }
    Job job = client.job("created");
    JobSnapshot snapshot = job.snapshot();
    assertThat(snapshot.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(job.results()).hasSize(1);
    assertThat(job.result(Duration.ofSeconds(1))).isEqualTo("done");
    assertThat(job.executions()).isEmpty();
    assertThat(job.timeToLive()).isPresent();
    assertThat(job.position()).isEmpty();
    assertThat(client.workers().all()).isNotNull();
    assertThat(client.schedulers().all()).isNotNull();
    assertThat(client.groups()).isNotNull();
    assertThat(client.rateLimits()).isNotNull();
  }

  @Test
  void a_monitor_reads_everything_and_changes_nothing() throws Exception {
    try (RqClient client = RqClient.connect(url("client"));
        RqClient monitor = RqClient.connect(url("monitor"))) {
      enqueueOfEveryKind(client);
      scene.workBurst();
      read(monitor);
      assertThat(refused()).isEmpty();
      assertThatThrownBy(() -> monitor.queue("default").enqueue(Call.of(Scene.RUN)))
          .isInstanceOf(RedisCommandException.class)
          .hasMessageContaining("NOPERM");
      assertThatThrownBy(() -> monitor.job("created").delete())
          .isInstanceOf(RedisCommandException.class);
    }
  }

  @Test
  void cron_needs_no_other_rights_than_the_documented_ones() {
    CronJob job = CronJob.builder(Scene.RUN).name("run").every(Duration.ofSeconds(1)).build();
    try (CronScheduler cron = CronScheduler.builder(url("cron")).register(job).build()) {
      cron.start();
      Scene.await(() -> scene.client.queue("default").size() > 1 || !refused().isEmpty());
    }
    assertThat(refused()).isEmpty();
    assertThat(scene.keys("rq:cron_schedulers")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"worker", "client", "cron", "monitor"})
  void nobody_may_look_at_other_keys_or_touch_the_server(String user) {
    TestRedis own = TestRedis.at(URI.create(url(user)));
    for (String command : List.of("LLEN other", "KEYS *", "FLUSHDB", "CONFIG GET *", "SHUTDOWN")) {
      String[] words = command.split(" ", -1);
      assertThatThrownBy(() -> own.command(words[0], Arrays.copyOfRange(words, 1, words.length)))
          .hasMessageContaining("NOPERM");
    }
  }

  @Test
  void a_worker_without_the_right_to_subscribe_runs_jobs() throws Exception {
    scene.redis.command("ACL", "SETUSER", "worker", "-subscribe", "resetchannels");
    try (RqWorker worker = scene.workerHere(URI.create(url("worker"))).build()) {
      worker.start();
      scene.enqueue("j", Scene.RUN);
      scene.awaitStatus("j", "finished");
    }
  }
}
