package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.DuplicateJobException;
import io.github.rq4j.client.EnqueueData;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.RateLimit;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.local.CommandResult;
import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java enqueues while Python enqueues and Python's workers run. */
@WithPythonRq
class ContentionTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir Path directory;

  private final List<Process> workers = new ArrayList<>();
  private TestRedis redis;
  private PythonEnvironment python;
  private RqClient client;

  @BeforeEach
  void connect(TestRedis testRedis, PythonRq rq) throws IOException {
    redis = testRedis;
    try (InputStream module =
        Objects.requireNonNull(ContentionTest.class.getResourceAsStream("contention.py"))) {
      Files.write(directory.resolve("contention.py"), module.readAllBytes());
    }
    python =
        rq.environment()
            .withModules(directory)
            .withVariable("RQ_REDIS_URL", redis.uri().toString());
    client = RqClient.connect(redis.uri().toString());
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    for (Process worker : workers) {
      worker.destroy();
      if (!worker.waitFor(10, TimeUnit.SECONDS)) {
        worker.destroyForcibly();
      }
    }
    client.close();
  }

  private void startWorkers(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      workers.add(
          python
              .command("rq", "worker", "-w", "rq.worker.SimpleWorker", "--quiet")
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("worker-" + i + ".log").toFile())
              .start());
    }
  }

  private CompletableFuture<CommandResult> produce(String what, int count) {
    String script = directory.resolve("contention.py").toString();
    return CompletableFuture.supplyAsync(
        () -> python.run(LIMIT, "python", script, what, Integer.toString(count)));
  }

  private static Call run(String name) {
    return Call.of("contention.run").args(name);
  }

  private List<String> list(String key) {
    Object elements = Objects.requireNonNull(redis.command("LRANGE", key, "0", "-1"));
    return ((Collection<?>) elements).stream().map(String::valueOf).toList();
  }

  /** Python's workers share the machine with other tests. */
  private static void awaitLong(Callable<Boolean> condition) {
    Awaitility.await().atMost(LIMIT.multipliedBy(2)).until(condition);
  }

  private void awaitRuns(int count) {
    awaitLong(() -> list("test:ran").size() >= count);
  }

  @Test
  void of_all_who_enqueue_a_unique_job_one_wins() throws Exception {
    int count = 300;
    CompletableFuture<CommandResult> theirs = produce("produce_unique", count);
    // Python needs a moment to begin.
    Waiting.until(() -> client.queue("unique").size() > 0);
    List<CompletableFuture<Integer>> ours =
        IntStream.range(0, 3)
            .mapToObj(thread -> CompletableFuture.supplyAsync(() -> winners(count)))
            .toList();
    int won = Integer.parseInt(theirs.get().stdout().strip());
    for (CompletableFuture<Integer> thread : ours) {
      won += thread.get();
    }
    assertThat(won).isEqualTo(count);
    assertThat(client.queue("unique").jobIds()).hasSize(count).doesNotHaveDuplicates();
  }

  private int winners(int count) {
    int won = 0;
    for (int i = count - 1; i >= 0; i--) {
      EnqueueOptions once = EnqueueOptions.builder().jobId("u" + i).unique(true).build();
      try {
        client.queue("unique").enqueue(run(Integer.toString(i)), once);
        won++;
      } catch (DuplicateJobException e) {
        // Somebody else was first.
      }
    }
    return won;
  }

  @Test
  void no_more_jobs_run_together_than_their_limit_allows() throws Exception {
    startWorkers(3);
    CompletableFuture<CommandResult> theirs = produce("produce_limited", 30);
    EnqueueOptions limited = EnqueueOptions.builder().rateLimit(new RateLimit("k", 2)).build();
    for (int i = 0; i < 30; i++) {
      client.queue("default").enqueue(run("j" + i), limited);
    }
    assertThat(theirs.get().exitCode()).isZero();
    awaitRuns(60);
    assertThat(list("test:ran")).hasSize(60).doesNotHaveDuplicates();
    assertThat(list("test:together")).hasSize(60).isSubsetOf("1", "2");
  }

  @Test
  void each_child_runs_once_however_its_parents_race_with_it(PythonRq rq) throws Exception {
    startWorkers(2);
    for (int i = 0; i < 100; i++) {
      Job first = client.queue("default").enqueue(run("a" + i));
      Job second = client.queue("default").enqueue(run("b" + i));
      client
          .queue("default")
          .enqueue(run("c" + i), EnqueueOptions.builder().dependsOn(first, second).build());
    }
    awaitLong(
        () -> {
          recoverReadyJobs(rq);
          return list("test:ran").size() >= 300;
        });
    List<String> ran = list("test:ran");
    assertThat(ran).hasSize(300).doesNotHaveDuplicates();
    for (int i = 0; i < 100; i++) {
      assertThat(ran.indexOf("c" + i))
          .isGreaterThan(Math.max(ran.indexOf("a" + i), ran.indexOf("b" + i)));
    }
  }

  /** A worker of RQ 3.0 leaves a ready child to maintenance where another one is in its way. */
  private void recoverReadyJobs(PythonRq rq) {
    if (client.queue("default").size() == 0) {
      rq.eval("queue().ready_job_registry.cleanup()");
    }
  }

  @Test
  void thousands_of_jobs_of_both_sides_run_once_each() throws Exception {
    CompletableFuture<CommandResult> theirs = produce("produce_plain", 500);
    List<EnqueueData> jobs =
        IntStream.range(0, 1_500).mapToObj(i -> EnqueueData.of(run("j" + i))).toList();
    startWorkers(3);
    client.queue("default").enqueueMany(jobs).jobsOrThrow();
    assertThat(theirs.get().exitCode()).isZero();
    awaitRuns(2_000);
    assertThat(list("test:ran")).hasSize(2_000).doesNotHaveDuplicates();
  }
}
