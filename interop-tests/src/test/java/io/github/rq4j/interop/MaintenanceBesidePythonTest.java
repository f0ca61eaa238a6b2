package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonJob;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Java cleans up what Python's workers and clients leave; Python reads the outcome. */
@WithPythonRq
class MaintenanceBesidePythonTest {
  private static final String ABANDONED =
      "Moved to FailedJobRegistry, due to AbandonedJobError, at "
          + "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?\\+00:00";

  private static List<?> list(TestRedis redis, String command, String... arguments) {
    return (List<?>) Objects.requireNonNull(redis.command(command, arguments));
  }

  /** Lets a Python worker take the job and kills it; its heartbeats then end in the past. */
  private static void abandon(PythonRq python, TestRedis redis, String id)
      throws IOException, InterruptedException {
    Process worker =
        python
            .rqCommand("worker", "-w", "rq.SimpleWorker", "default")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Waiting.until(() -> "started".equals(python.job(id).status()));
    } finally {
      worker.destroyForcibly().waitFor();
    }
    expire(redis);
  }

  private static void expire(TestRedis redis) {
    for (Object member : list(redis, "ZRANGE", "rq:wip:default", "0", "-1")) {
      redis.command("ZADD", "rq:wip:default", "5", member.toString());
    }
  }

  @EveryRqRelease
  void a_job_whose_python_worker_was_killed_fails_as_abandoned(PythonRq python, TestRedis redis)
      throws Exception {
    String id = python.enqueue("rq4j_fixtures.tasks.sleep", "60");
    abandon(python, redis, id);
    JavaWorker.burst(redis);
    PythonJob job = python.job(id);
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.latestResult().orElseThrow().excString()).matches(ABANDONED);
    assertThat(job.excInfo()).matches(ABANDONED);
    assertThat(python.registries("default").get("failed")).containsExactly(id);
    assertThat(python.registries("default").get("started")).isEmpty();
  }

  @EveryRqRelease
  void the_failure_callback_of_an_abandoned_job_is_called_in_java_or_python(
      PythonRq python, TestRedis redis) throws Exception {
    String name = "rq4j_fixtures.tasks.note_failure";
    String options = "on_failure=Callback('" + name + "')";
    String inPython = python.enqueue("rq4j_fixtures.tasks.sleep", "60", options);
    abandon(python, redis, inPython);
    Handlers none = Handlers.builder().register("java.none", () -> "").build();
    burst(RqWorker.builder(redis.uri().toString(), none).callbackQueue("callbacks"));
    python.workBurst("callbacks");
    assertThat(redis.command("GET", "rq4j:failure:" + inPython)).isEqualTo("AbandonedJobError: ");

    String inJava = python.enqueue("rq4j_fixtures.tasks.sleep", "60", options);
    abandon(python, redis, inJava);
    List<String> seen = new ArrayList<>();
    Handlers handlers =
        Handlers.builder()
            .onFailure(name, (job, failure) -> seen.add(job.id() + " " + failure.type()))
            .build();
    burst(RqWorker.builder(redis.uri().toString(), handlers).callbackQueue("callbacks"));
    assertThat(seen).containsExactly(inJava + " rq.exceptions.AbandonedJobError");
    assertThat(python.registries("callbacks").get("queued")).isEmpty();
    assertThat(python.registries("default").get("failed")).contains(inPython, inJava);
  }

  private static void burst(RqWorkerBuilder builder) throws InterruptedException {
    try (RqWorker worker = builder.burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  @EveryRqRelease
  void a_job_with_retries_whose_python_worker_was_killed_is_run_by_java(
      PythonRq python, TestRedis redis) throws Exception {
    String id =
        python.enqueue("rq4j_fixtures.tasks.sleep", "60", "retry=Retry(max=2, interval=30)");
    String now = python.enqueue("java.add", "1, y=2", "retry=Retry(max=1)");
    redis.command("LREM", "rq:queue:default", "0", now);
    abandon(python, redis, id);
    redis.command("HSET", "rq:job:" + now, "status", "started");
    redis.command("ZADD", "rq:wip:default", "5", now + ":0123");
    JavaWorker.burst(redis);
    assertThat(python.job(id).status()).isEqualTo("scheduled");
    assertThat(python.job(id).attribute("retries_left")).isEqualTo("1");
    assertThat(python.registries("default").get("scheduled")).containsExactly(id);
    assertThat(python.resultDifference(now, "3")).isEmpty();
  }

  @EveryRqRelease
  void a_finished_job_with_a_leftover_entry_stays_finished(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("rq4j_fixtures.tasks.add", "1, y=2", "retry=Retry(max=3)");
    python.workBurst();
    redis.command("ZADD", "rq:wip:default", "5", id + ":0123");
    JavaWorker.burst(redis);
    assertThat(python.job(id).status()).isEqualTo("finished");
    assertThat(python.registries("default").get("queued")).isEmpty();
    assertThat(python.registries("default").get("started")).isEmpty();
  }

  @EveryRqRelease
  void a_job_that_no_python_worker_started_fails_as_stuck(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.add", "1");
    String list = "rq:queue:default:intermediate";
    redis.command("LMOVE", "rq:queue:default", list, "LEFT", "RIGHT");
    JavaWorker.burst(redis);
    assertThat(python.job(id).status()).isEqualTo("queued");
    String firstSeen = list + ":first_seen:" + id;
    long seen = (long) Double.parseDouble(String.valueOf(redis.command("GET", firstSeen)));
    assertThat(seen).isBetween(System.currentTimeMillis() / 1000 - 60, Long.MAX_VALUE);
    redis.command("HSET", "rq:job:" + id, "enqueued_at", "2024-02-29T12:30:00.000000Z");
    redis.command("SET", firstSeen, Long.toString(seen - 61), "XX");
    JavaWorker.burst(redis);
    assertThat(python.job(id).status()).isEqualTo("failed");
    assertThat(python.job(id).latestResult().orElseThrow().excString())
        .isEqualTo("Job was stuck in intermediate queue.");
    assertThat(redis.command("EXISTS", list, firstSeen)).isEqualTo(0L);
  }

  @EveryRqRelease
  void workers_of_both_sides_that_clean_at_once_act_on_each_job_once(
      PythonRq python, TestRedis redis) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String id = python.enqueue("java.add", "1");
      ids.add(id);
      redis.command("HSET", "rq:job:" + id, "status", "started");
      // As the release's own workers write it: plain up to 1.x.
      boolean plain = python.release().version().startsWith("1.");
      redis.command("ZADD", "rq:wip:default", "5", plain ? id : id + ":0123");
    }
    redis.command("DEL", "rq:queue:default");
    Thread pythonSide = new Thread(python::workBurst, "python-burst");
    pythonSide.start();
    JavaWorker.burst(redis);
    pythonSide.join();
    for (String id : ids) {
      assertThat(python.job(id).status()).isEqualTo("failed");
      assertThat((Long) redis.command("XLEN", "rq:results:" + id)).isLessThanOrEqualTo(1L);
    }
    assertThat(redis.command("EXISTS", "rq:clean_registries:default")).isEqualTo(0L);
  }

  @EveryRqRelease
  void while_a_python_worker_holds_the_lock_java_leaves_the_queue_to_it(
      PythonRq python, TestRedis redis) throws InterruptedException {
    assertThat(python.eval("bool(queue().acquire_maintenance_lock())").repr()).isEqualTo("True");
    redis.command("ZADD", "rq:failed:default", "5", "old");
    JavaWorker.burst(redis);
    assertThat(redis.command("EXISTS", "rq:failed:default")).isEqualTo(1L);
    redis.command("DEL", "rq:clean_registries:default");
    JavaWorker.burst(redis);
    assertThat(redis.command("EXISTS", "rq:failed:default")).isEqualTo(0L);
    assertThat(python.eval("bool(queue().acquire_maintenance_lock())").repr()).isEqualTo("True");
  }

  @EveryRqRelease
  void a_child_that_python_left_ready_is_run(PythonRq python, TestRedis redis)
      throws InterruptedException {
    assumeThat(python.release().version()).startsWith("3.");
    String parent = python.enqueue("rq4j_fixtures.tasks.add", "1");
    String child = python.enqueue("java.add", "1, y=2", "depends_on=job('" + parent + "')");
    redis.command("HSET", "rq:job:" + parent, "status", "finished");
    redis.command("DEL", "rq:queue:default");
    python.eval("queue().move_dependents_to_ready(job('" + parent + "'))");
    assertThat(python.job(child).status()).isEqualTo("ready_to_enqueue");
    JavaWorker.burst(redis);
    assertThat(python.resultDifference(child, "3")).isEmpty();
  }

  @EveryRqRelease
  void jobs_under_a_rate_limit_of_python_are_let_through_one_after_the_other(
      PythonRq python, TestRedis redis) throws InterruptedException {
    assumeThat(python.release().version()).startsWith("3.");
    String limit = "rate_limit=import_module('rq.rate_limit').RateLimit('api', 1)";
    String first = python.enqueue("java.add", "1", limit);
    String second = python.enqueue("java.add", "2", limit);
    assertThat(python.job(second).status()).isEqualTo("rate_limited");
    JavaWorker.burst(redis);
    JavaWorker.burst(redis);
    assertThat(python.resultDifference(first, "1")).isEmpty();
    assertThat(python.resultDifference(second, "2")).isEmpty();
    JavaWorker.burst(redis);
    assertThat(redis.command("EXISTS", "rq:rl-keys", "rq:rl:api")).isEqualTo(0L);
  }

  @EveryRqRelease
  void groups_lose_the_jobs_that_are_gone(PythonRq python, TestRedis redis)
      throws InterruptedException {
    assumeThat(python.release().version()).doesNotStartWith("1.");
    String jobs = "[Queue.prepare_data('java.add', (1,)), Queue.prepare_data('java.add', (2,))]";
    python.eval(
        "import_module('rq.group').Group.create(connection, 'g').enqueue_many(queue(), "
            + jobs
            + ")");
    String gone = list(redis, "LRANGE", "rq:queue:default", "0", "0").get(0).toString();
    redis.command("DEL", "rq:job:" + gone);
    JavaWorker.burst(redis);
    assertThat(redis.command("SCARD", "rq:group:g")).isEqualTo(1L);
    assertThat(
            python.eval("[g.name for g in import_module('rq.group').Group.all(connection)]").repr())
        .isEqualTo("['g']");
  }
}
