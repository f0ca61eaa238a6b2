package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.local.CommandResult;
import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Java workers and unmodified Python workers on the same queues. */
@WithPythonRq
class SharedQueueTest {
  private static final int PAIRS = 500;
  private static final String ANYWHERE = "rq4j_fixtures.tasks.record_anywhere";
  private static final String PYTHON_ONLY = "rq4j_fixtures.tasks.record";

  /** What Java has a function for as well. */
  public static final class Recorder {
    final List<Integer> items = Collections.synchronizedList(new ArrayList<>());

    @RqFunction(ANYWHERE)
    void record(String key, int item) {
      items.add(item);
    }
  }

  private static RqWorkerBuilder java(TestRedis redis, Object functions) {
    Handlers handlers = Handlers.builder().registerAnnotated(functions).build();
    return RqWorker.builder(redis.uri().toString(), handlers).name("java");
  }

  private static void burst(RqWorkerBuilder builder) throws InterruptedException {
    try (RqWorker worker = builder.burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  @EveryRqRelease
  void each_of_many_jobs_runs_once_on_a_side_that_has_it_and_in_order(
      PythonRq python, TestRedis redis) {
    Recorder recorder = new Recorder();
    python.eval(
        "[queue().enqueue(name, 'ran', i) for i in range(%d) for name in ('%s', '%s')] and None"
            .formatted(PAIRS, PYTHON_ONLY, ANYWHERE));
    List<Integer> ranInPython;
    try (RqWorker worker = java(redis, recorder).onlyRegistered(true).build()) {
      worker.start();
      CompletableFuture<CommandResult> second =
          CompletableFuture.supplyAsync(
              () -> python.rq("worker", "--burst", "-q", "-w", "rq.worker.SimpleWorker"));
      python.workBurst("default");
      CommandResult ended = second.join();
      assertThat(ended.exitCode()).as(ended.stderr()).isZero();
      Waiting.until(() -> redisLength(redis) == 0 && !isBusy(redis));
      ranInPython = ranInPython(redis);
    }
    List<Integer> inJava = List.copyOf(recorder.items);
    List<Integer> all = new ArrayList<>(inJava);
    all.addAll(ranInPython);
    List<Integer> twiceEach = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      twiceEach.add(i);
      twiceEach.add(i);
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(twiceEach);
    assertThat(inJava).as("Java took part").isNotEmpty().doesNotHaveDuplicates().isSorted();
    assertThat(python.registries("default").get("failed")).isEmpty();
    assertThat(python.registries("default").get("started")).isEmpty();
  }

  private static long redisLength(TestRedis redis) {
    return (Long) Objects.requireNonNull(redis.command("LLEN", "rq:queue:default"));
  }

  private static boolean isBusy(TestRedis redis) {
    return "busy".equals(redis.command("HGET", "rq:worker:java", "state"));
  }

  /** What each Python process ran, each in its order. */
  private static List<Integer> ranInPython(TestRedis redis) {
    List<Integer> ran = new ArrayList<>();
    List<?> keys = (List<?>) Objects.requireNonNull(redis.command("KEYS", "ran:*"));
    for (Object key : keys) {
      List<Integer> ofOne =
          ((List<?>) Objects.requireNonNull(redis.command("LRANGE", key.toString(), "0", "-1")))
              .stream().map(item -> Integer.valueOf(item.toString())).toList();
      assertThat(ofOne).isSorted();
      ran.addAll(ofOne);
      redis.command("DEL", key.toString());
    }
    return ran;
  }

  @EveryRqRelease
  void a_job_that_java_left_alone_runs_in_python_as_if_nobody_had_looked(
      PythonRq python, TestRedis redis) throws InterruptedException {
    String first = python.enqueue("rq4j_fixtures.tasks.add", "1, y=2");
    String method = python.enqueueCallable("tasks.Counter(3).increment", "2", "");
    burst(java(redis, new Recorder()).onlyRegistered(true));
    assertThat(python.registries("default").get("queued")).containsExactly(first, method);
    python.workBurst("default");
    assertThat(python.resultDifference(first, "3")).isEmpty();
    assertThat(python.resultDifference(method, "5")).isEmpty();
  }

  @EveryRqRelease
  void a_job_that_was_handed_over_runs_and_is_filed_in_its_new_queue(
      PythonRq python, TestRedis redis) throws InterruptedException {
    String good = python.enqueue("rq4j_fixtures.tasks.add", "1, y=2");
    String bad = python.enqueue("rq4j_fixtures.tasks.boom", "");
    burst(java(redis, new Recorder()).unknownTo("python"));
    assertThat(python.registries("default").get("queued")).isEmpty();
    assertThat(python.registries("python").get("queued")).containsExactly(good, bad);
    assertThat(python.job(good).status()).isEqualTo("queued");
    python.workBurst("python");
    assertThat(python.resultDifference(good, "3")).isEmpty();
    assertThat(python.registries("python").get("finished")).containsExactly(good);
    assertThat(python.registries("python").get("failed")).containsExactly(bad);
    python.requeue(bad);
    assertThat(python.registries("python").get("queued")).containsExactly(bad);
    assertThat(python.rq("info", "--raw", "--only-queues").stdout()).contains("queue python 1");
  }

  @EveryRqRelease
  void jobs_of_the_json_serializer_are_shared_as_well(PythonRq python, TestRedis redis)
      throws InterruptedException {
    Recorder recorder = new Recorder();
    String theirs = python.enqueueAsJson("default", "rq4j_fixtures.tasks.add", "1, y=2", "");
    String ours = python.enqueueAsJson("default", ANYWHERE, "'ran', 7", "");
    burst(java(redis, recorder).serializer(JsonSerializer.defaults()).onlyRegistered(true));
    assertThat(python.jobAsJson(ours).status()).isEqualTo("finished");
    assertThat(recorder.items).containsExactly(7);
    assertThat(python.registries("default").get("queued")).containsExactly(theirs);
  }
}
